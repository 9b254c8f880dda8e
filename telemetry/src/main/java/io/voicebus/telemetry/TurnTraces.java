package io.voicebus.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.voicebus.contract.AnswerReport;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnSummary;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a trace of each turn that has ended: one span for the turn and one for each stage's work,
 * wherever in the cluster it was done, since its owner heard of all of it. No span has a text, a
 * key or a failure's detail, which may quote one. NOT thread safe.
 */
final class TurnTraces implements AutoCloseable {
  private static final String SCOPE = "io.voicebus";
  private static final AttributeKey<String> TURN = AttributeKey.stringKey("voicebus.turn.id");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("voicebus.outcome");
  private static final AttributeKey<String> STAGE =
      AttributeKey.stringKey("voicebus.failure.stage");
  private static final AttributeKey<Long> GENERATION =
      AttributeKey.longKey("voicebus.turn.generation");
  private static final AttributeKey<Double> FIRST_AUDIO =
      AttributeKey.doubleKey("voicebus.time_to_first_audio");
  private static final AttributeKey<Long> CHUNKS = AttributeKey.longKey("voicebus.chunks");
  private static final AttributeKey<Long> TAKEOVERS = AttributeKey.longKey("voicebus.takeovers");
  private static final AttributeKey<Long> TEXT_CHARS = AttributeKey.longKey("voicebus.text.chars");
  private static final AttributeKey<Boolean> FEED = AttributeKey.booleanKey("voicebus.feed");
  private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("voicebus.attempts");
  private static final AttributeKey<Long> CHUNK = AttributeKey.longKey("voicebus.chunk");
  private static final AttributeKey<Long> CHUNK_CHARS =
      AttributeKey.longKey("voicebus.tts.characters");
  private static final AttributeKey<String> ENGINE = AttributeKey.stringKey("voicebus.tts.engine");
  private static final AttributeKey<String> CAUSE = AttributeKey.stringKey("voicebus.cause");
  private static final AttributeKey<Double> SECONDS = AttributeKey.doubleKey("voicebus.seconds");

  private final Function<IdGenerator, OpenTelemetrySdk> maker;
  private final PresetIds ids = new PresetIds();
  private @Nullable OpenTelemetrySdk sdk;

  /**
   * Traces without anything loaded yet.
   *
   * @param maker makes the SDK, whose spans get their ids here
   */
  TurnTraces(Function<IdGenerator, OpenTelemetrySdk> maker) {
    this.maker = maker;
  }

  private Tracer tracer() {
    OpenTelemetrySdk made = sdk;
    if (made == null) {
      made = maker.apply(ids);
      sdk = made;
    }
    return made.getTracer(SCOPE);
  }

  /**
   * Makes the spans of a turn.
   *
   * @param end when it ended
   */
  void ended(TurnSummary turn, Instant end) {
    if (turn.trace().isEmpty()) {
      return;
    }
    Spans spans = new Spans(tracer(), turn, end);
    ids.next(turn.trace());
    Span root = spans.root();
    Context inside = Context.root().with(root);
    spans.text(inside);
    spans.chunker(inside);
    turn.chunks().forEach(chunk -> spans.chunk(inside, chunk));
    spans.playback(inside);
    root.end(spans.at(spans.endNanos()), TimeUnit.NANOSECONDS);
  }

  /** The spans of one turn. */
  private record Spans(Tracer tracer, TurnSummary turn, Instant end) {
    long endNanos() {
      return turn.timings().end();
    }

    /** Nanoseconds of the epoch, of a time from the turn's acceptance. */
    long at(long nanos) {
      long ended = TimeUnit.SECONDS.toNanos(end.getEpochSecond()) + end.getNano();
      return ended - endNanos() + nanos;
    }

    Span root() {
      Span span =
          tracer
              .spanBuilder("turn")
              .setSpanKind(SpanKind.SERVER)
              .setParent(caller())
              .setStartTimestamp(at(0), TimeUnit.NANOSECONDS)
              .setAttribute(TURN, turn.turn().value())
              .setAttribute(OUTCOME, TurnFigures.word(turn.outcome()))
              .setAttribute(FEED, turn.feed())
              .setAttribute(GENERATION, (long) turn.generation())
              .setAttribute(TEXT_CHARS, turn.textChars())
              .setAttribute(CHUNKS, (long) turn.chunkCount())
              .startSpan();
      long firstAudio = turn.timings().firstAudio();
      if (firstAudio >= 0) {
        span.setAttribute(FIRST_AUDIO, seconds(firstAudio));
      }
      int takeovers = turn.takeovers().values().stream().mapToInt(Integer::intValue).sum();
      if (takeovers > 0) {
        span.setAttribute(TAKEOVERS, (long) takeovers);
      }
      if (turn.outcome() == Outcome.FAILED && turn.failure() != null) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(GenAi.ERROR_TYPE, TurnFigures.word(turn.failure().kind()));
        span.setAttribute(STAGE, TurnFigures.word(turn.failure().stage()));
      }
      return span;
    }

    private Context caller() {
      String caller = turn.callersTrace();
      return caller.isEmpty()
          ? Context.root()
          : Context.root()
              .with(
                  Span.wrap(
                      SpanContext.createFromRemoteParent(
                          TraceIds.trace(caller),
                          TraceIds.span(caller),
                          TraceIds.isSampled(caller)
                              ? TraceFlags.getSampled()
                              : TraceFlags.getDefault(),
                          TraceState.getDefault())));
    }

    private SpanBuilder builder(Context inside, String name, long from) {
      return tracer
          .spanBuilder(name)
          .setParent(inside)
          .setStartTimestamp(at(from), TimeUnit.NANOSECONDS);
    }

    private void end(Span span, long nanos) {
      span.end(at(nanos < 0 ? endNanos() : nanos), TimeUnit.NANOSECONDS);
    }

    private void event(Span span, String name, long nanos) {
      if (nanos >= 0) {
        span.addEvent(name, at(nanos), TimeUnit.NANOSECONDS);
      }
    }

    void text(Context inside) {
      AnswerReport answer = turn.answer();
      SpanBuilder builder;
      if (answer == null) {
        builder = builder(inside, "text", 0);
      } else {
        builder =
            builder(inside, (GenAi.CHAT + " " + answer.model()).strip(), 0)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(GenAi.OPERATION, GenAi.CHAT)
                .setAttribute(GenAi.PROVIDER, GenAi.provider(answer.source()))
                .setAttribute(GenAi.RESPONSE_MODEL, answer.model())
                .setAttribute(GenAi.FINISH_REASONS, List.of(GenAi.finishReason(answer.ending())))
                .setAttribute(GenAi.INPUT_TOKENS, (long) answer.promptTokens())
                .setAttribute(
                    GenAi.OUTPUT_TOKENS, (long) answer.answerTokens() + answer.thoughtTokens())
                .setAttribute(ATTEMPTS, (long) answer.attempts());
      }
      Span span = builder.startSpan();
      event(span, "first-delta", turn.timings().firstDelta());
      end(span, turn.textEnd());
    }

    void chunker(Context inside) {
      if (turn.chunks().isEmpty() || turn.timings().firstDelta() < 0) {
        return;
      }
      Span span = builder(inside, "chunker", turn.timings().firstDelta()).startSpan();
      event(span, "first-chunk", turn.timings().firstChunk());
      end(span, turn.chunks().get(turn.chunks().size() - 1).madeAt());
    }

    /** From its making until all of its audio was there. */
    void chunk(Context inside, TurnSummary.Chunk chunk) {
      Span span =
          builder(inside, "speech", chunk.madeAt())
              .setAttribute(CHUNK, (long) chunk.chunk())
              .setAttribute(CHUNK_CHARS, (long) chunk.chars())
              .setAttribute(ENGINE, chunk.engine())
              .setAttribute(ATTEMPTS, (long) chunk.attempts())
              .startSpan();
      if (chunk.waitNanos() >= 0) {
        long taken = chunk.madeAt() + chunk.waitNanos();
        event(span, "taken", taken);
        if (chunk.firstFrameNanos() >= 0) {
          event(span, "first-frame", taken + chunk.firstFrameNanos());
        }
      }
      if (chunk.skipped() != null) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(GenAi.ERROR_TYPE, TurnFigures.word(chunk.skipped()));
      }
      end(span, chunk.spokenAt());
    }

    void playback(Context inside) {
      if (turn.timings().firstFrame() < 0) {
        return;
      }
      Span span = builder(inside, "playback", turn.timings().firstFrame()).startSpan();
      event(span, "first-audio", turn.timings().firstAudio());
      for (TurnSummary.TimedUnderrun one : turn.underruns()) {
        span.addEvent(
            "underrun",
            Attributes.of(
                CAUSE,
                TurnFigures.word(one.underrun().stage()),
                SECONDS,
                one.underrun().ms() / 1e3),
            at(one.at()),
            TimeUnit.NANOSECONDS);
      }
      end(span, -1);
    }

    private static double seconds(long nanos) {
      return nanos / 1e9;
    }
  }

  /** Sends what is left. */
  @Override
  public void close() {
    if (sdk != null) {
      sdk.close();
    }
  }
}
