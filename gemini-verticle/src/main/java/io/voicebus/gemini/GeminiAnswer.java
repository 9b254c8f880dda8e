package io.voicebus.gemini;

import io.voicebus.contract.Bus;
import io.voicebus.contract.Failure;
import io.voicebus.contract.FailureKind;
import io.voicebus.contract.TextDelta;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer: tries again while nothing of it was told, hands its text on piece by piece so that a
 * pause holds at once, and ends once. Lives on one context, that of its bus.
 */
final class GeminiAnswer implements Answer, GeminiAttempt.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(GeminiAnswer.class);

  /** Longer than this nobody waits for a service that wants to be left alone. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration NEXT_WAIT = Duration.ofSeconds(1);

  private final Bus bus;
  private final GeminiSettings.Limits limits;
  private final DoubleSupplier random;
  private final Asker asker;
  private final TextSink sink;
  private final ArrayDeque<String> pieces = new ArrayDeque<>();

  private GeminiRequest request;
  private @Nullable GeminiAttempt attempt;
  private Bus.@Nullable Timer wait;
  private Bus.@Nullable Timer total;
  private long totalLeft;
  private long runningSince;
  private int retries;
  private boolean paused;
  private boolean delivering;
  private boolean anyText;
  private @Nullable GeminiFinish finish;
  private @Nullable Runnable end;
  private boolean over;

  /**
   * An answer that is not begun.
   *
   * @param random 0 to 1, spreads retries
   */
  GeminiAnswer(
      Bus bus,
      GeminiSettings.Limits limits,
      DoubleSupplier random,
      Asker asker,
      GeminiRequest request,
      TextSink sink) {
    this.bus = bus;
    this.limits = limits;
    this.random = random;
    this.asker = asker;
    this.request = request;
    this.sink = sink;
    this.totalLeft = limits.total().toNanos();
  }

  /** How an answer gets at the service. */
  interface Asker {
    /** Begins an attempt. */
    GeminiAttempt ask(GeminiRequest request, GeminiAttempt.Listener listener);

    /** The model does not take the thinking that was asked for: ask without, from now on. */
    void thinkingRefused();

    /** A failure as it may be told. */
    Failure failure(GeminiFault fault);
  }

  void begin() {
    if (!over) {
      startTotal();
      attempt();
    }
  }

  private void attempt() {
    wait = null;
    attempt = asker.ask(request, this);
    if (paused) {
      attempt.pause();
    }
  }

  @Override
  public void chunk(GeminiChunk chunk) {
    if (end != null) {
      return;
    }
    addPieces(chunk.text());
    GeminiFault fault =
        chunk
            .fault()
            .or(() -> chunk.finish().flatMap(why -> why.fault(chunk.finishReason())))
            .orElse(null);
    if (fault != null) {
      stopAttempt();
      failed(fault);
    } else {
      finish = chunk.finish().orElse(finish);
      deliver();
    }
  }

  private void addPieces(String text) {
    for (int at = 0; at < text.length(); ) {
      int stop = Math.min(text.length(), at + TextDelta.MAX_CHARS);
      if (stop < text.length() && Character.isHighSurrogate(text.charAt(stop - 1))) {
        stop--;
      }
      pieces.add(text.substring(at, stop));
      at = stop;
      anyText = true;
    }
  }

  @Override
  public void ended() {
    if (finish == null) {
      failed(
          GeminiFault.of(
              FailureKind.LOST, "Gemini's answer broke off, try again", GeminiFault.PASSES));
    } else if (finish == GeminiFinish.MAX_TOKENS && !anyText) {
      failed(
          GeminiFault.of(
              FailureKind.INVALID_REQUEST,
              "the model used up its tokens before it said anything: raise"
                  + " gemini-max-output-tokens",
              0));
    } else {
      if (finish == GeminiFinish.MAX_TOKENS) {
        LOG.info("an answer was cut off at the model's limit of tokens");
      }
      end(sink::end);
    }
  }

  @Override
  public void failed(GeminiFault fault) {
    if (over || end != null) {
      return;
    }
    if (finish != null && transport(fault)) {
      ended();
    } else if (!anyText && fault.aboutThinking() && request.thinking().isPresent()) {
      asker.thinkingRefused();
      request = request.withoutThinking();
      attempt();
    } else if (!anyText && mayRetry(fault)) {
      finish = null;
      retryLater(fault);
    } else {
      end(() -> sink.fail(asker.failure(fault)));
    }
  }

  /** Whether only the way is to blame: an answer that was complete is not spoilt by it. */
  private static boolean transport(GeminiFault fault) {
    return fault.kind() == FailureKind.LOST || fault.kind() == FailureKind.TIMEOUT;
  }

  private boolean mayRetry(GeminiFault fault) {
    return retries < Math.min(limits.retries(), fault.retries())
        && fault.after().compareTo(PATIENCE) <= 0;
  }

  private void retryLater(GeminiFault fault) {
    Duration usual = retries == 0 ? FIRST_WAIT : NEXT_WAIT;
    long nanos = (long) (usual.toNanos() * (0.75 + random.getAsDouble() / 2));
    retries++;
    LOG.info("attempt {} at an answer failed ({}), trying again", retries, fault.kind());
    wait = bus.after(Math.max(nanos, fault.after().toNanos()), this::attempt);
  }

  private void end(Runnable how) {
    end = how;
    deliver();
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    String piece;
    while (!paused && !over && (piece = pieces.poll()) != null) {
      sink.text(piece);
    }
    delivering = false;
    if (!over && pieces.isEmpty() && end != null) {
      Runnable last = end;
      cancel();
      last.run();
    }
  }

  @Override
  public void pause() {
    if (!paused && !over) {
      paused = true;
      stopTotal();
      if (attempt != null) {
        attempt.pause();
      }
    }
  }

  @Override
  public void resume() {
    if (paused && !over) {
      paused = false;
      startTotal();
      deliver();
      if (!paused && attempt != null) {
        attempt.resume();
      }
    }
  }

  @Override
  public void cancel() {
    over = true;
    pieces.clear();
    stopAttempt();
    stopTotal();
    if (wait != null) {
      wait.cancel();
    }
  }

  private void stopAttempt() {
    if (attempt != null) {
      attempt.cancel();
    }
  }

  private void startTotal() {
    runningSince = bus.nanoTime();
    total = bus.after(Math.max(1, totalLeft), this::tooLong);
  }

  private void stopTotal() {
    if (total != null) {
      total.cancel();
      total = null;
      totalLeft -= bus.nanoTime() - runningSince;
    }
  }

  private void tooLong() {
    stopAttempt();
    if (wait != null) {
      wait.cancel();
    }
    if (!over && end == null) {
      String detail = "Gemini's answer takes longer than " + limits.total().toMillis() + " ms";
      GeminiFault fault = GeminiFault.of(FailureKind.TIMEOUT, detail, 0);
      end(() -> sink.fail(asker.failure(fault)));
    }
  }
}
