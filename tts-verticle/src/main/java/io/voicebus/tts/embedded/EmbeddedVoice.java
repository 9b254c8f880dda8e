package io.voicebus.tts.embedded;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.EngineSpeeches;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.SpeedRange;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedded voice, FreeTTS's kevin16: English, robotic, and available without a key or a
 * program. It synthesises speech about a thousand times faster than real time, on a few daemon
 * threads of its own.
 */
public final class EmbeddedVoice implements SpeechEngine {
  public static final String NAME = "embedded";

  /** Bound of one utterance, in chars: 4 minutes or 8 MB of prose, 5 times that of digits. */
  static final int MAX_CHARS = 4_096;

  /** Bound of the utterances that wait for a thread. */
  static final int MAX_WAITING = 256;

  /** More gain too little for what they take, 0.1 s. */
  private static final int WARMING_SENTENCES = 20;

  /** 20 ms, so that playing can start; synthesis is so fast that later ones need not be small. */
  private static final int FIRST_FRAME_SAMPLES = Kevin.SAMPLE_RATE_HZ / 50;

  /** 80 ms: few enough messages, and little to throw away on a cancel. */
  private static final int FRAME_SAMPLES = Kevin.SAMPLE_RATE_HZ * 8 / 100;

  /**
   * Guards loading for all engines of this JVM: loading two voices at once corrupts FreeTTS's
   * tables.
   */
  private static final Object LOADING = new Object();

  private static final AtomicBoolean PRELOADED = new AtomicBoolean();

  /** The only language that it speaks. */
  public static final String LANGUAGE = "en";

  private static final Voice KEVIN = new Voice("kevin16", "Kevin", LANGUAGE);

  private final Supplier<Kevin> loader;
  private final EngineTraits traits;
  private final ThreadPoolExecutor pool;
  private final ConcurrentLinkedDeque<Kevin> idle = new ConcurrentLinkedDeque<>();

  /** Utterances that wait for a voice. */
  private final AtomicInteger wanted = new AtomicInteger();

  private final EngineSpeeches speeches =
      new EngineSpeeches("the embedded voice", "the embedded voice", MAX_CHARS);
  private final CompletableFuture<@Nullable Void> warm = new CompletableFuture<>();

  /**
   * Starts to load a voice in the background, for the first engine of this process. Call it early
   * in a process that will speak. Further calls have no effect.
   */
  public static void preload() {
    if (!PRELOADED.compareAndSet(false, true)) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              synchronized (LOADING) {
                Kevin.loadEarly();
              }
            },
            "embedded-voice-early");
    thread.setDaemon(true);
    // What goes wrong is told when it goes wrong again, to who speaks.
    thread.setUncaughtExceptionHandler((where, ignored) -> {});
    thread.start();
  }

  /**
   * Starts to load the first voice in the background.
   *
   * @param threads how many utterances are synthesised at once
   */
  public EmbeddedVoice(int threads) {
    this(threads, Kevin::load);
  }

  EmbeddedVoice(int threads, Supplier<Kevin> loader) {
    this.loader = loader;
    traits = new EngineTraits(true, Kevin.SAMPLE_RATE_HZ, Set.of("en"), threads, SpeedRange.ANY);
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "embedded-voice-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.execute(this::load);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineTraits traits() {
    return traits;
  }

  @Override
  public List<Voice> voices() {
    return List.of(KEVIN);
  }

  @Override
  public CompletionStage<Void> warm() {
    return warm.minimalCompletionStage();
  }

  /** Reports to the sink when synthesis begins. */
  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    return speak(utterance, sink);
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    OnceSink once = speeches.begin(utterance, sink);
    if (once.closed()) {
      return once;
    }
    if (!utterance.voice().isEmpty() && !utterance.voice().equals(KEVIN.id())) {
      once.fail(
          FailureKind.NOT_FOUND, "the embedded engine has one voice only, " + KEVIN.id() + ".");
      return once;
    }
    Runnable task = () -> run(utterance, once);
    once.onClosed(() -> pool.remove(task));
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      once.fail(
          FailureKind.RATE_LIMITED,
          MAX_WAITING + " utterances wait for the embedded voice already; try again later");
    }
    return once;
  }

  @Override
  public void close() {
    speeches.close();
    pool.shutdownNow();
    warm.completeExceptionally(new IllegalStateException("the embedded voice was closed"));
    idle.clear();
  }

  /**
   * Synthesises sentences without a listener until the first utterance comes, since the first ones
   * take 50 times as long as later ones.
   */
  private void load() {
    try {
      synchronized (LOADING) {
        Kevin kevin = loader.get();
        OnceSink nobody = new OnceSink(Silence.INSTANCE, () -> {});
        for (int i = 0; i < WARMING_SENTENCES && mayWarmUp(); i++) {
          String text = "Ready when you are: 10% is €" + i + ".";
          kevin.say(EnglishSpeakable.of(text), 1, framer(nobody), nobody);
        }
        if (mayWarmUp()) {
          KevinLexicon.loadRules();
        }
        idle.push(kevin);
      }
      warm.complete(null);
    } catch (RuntimeException | Error e) {
      warm.completeExceptionally(e);
      throwOutOfMemory(e);
    }
  }

  /** Whether no text waits; one that was opened only to list its voices is closed by then. */
  private boolean mayWarmUp() {
    return wanted.get() == 0 && !pool.isShutdown();
  }

  /** The fault is not confined to this text: the thread's handler has to see it. */
  private static void throwOutOfMemory(Throwable e) {
    if (e instanceof OutOfMemoryError error) {
      throw error;
    }
  }

  private Kevin take() {
    wanted.incrementAndGet();
    try {
      Kevin kevin = idle.poll();
      if (kevin == null) {
        synchronized (LOADING) {
          kevin = idle.poll();
          if (kevin == null) {
            kevin = loader.get();
          }
        }
      }
      return kevin;
    } finally {
      wanted.decrementAndGet();
    }
  }

  private static PcmFramer framer(SpeechSink sink) {
    return new PcmFramer(sink, FIRST_FRAME_SAMPLES, FRAME_SAMPLES);
  }

  private void run(Utterance utterance, OnceSink sink) {
    if (sink.closed()) {
      return;
    }
    try {
      sink.working();
      sink.asked(utterance.text().length());
      say(utterance.text(), speed(utterance), sink);
    } catch (RuntimeException | Error e) {
      sink.fail(
          FailureKind.INTERNAL,
          "the embedded voice broke on this text ("
              + cause(e)
              + "); the other sentences are not affected. Report it, or choose another engine");
      throwOutOfMemory(e);
    }
  }

  private double speed(Utterance utterance) {
    return utterance.speed() == 0 ? 1 : traits.speeds().nearest(utterance.speed());
  }

  /** Never a message: it may hold the text. */
  private static String cause(Throwable e) {
    Throwable cause = e.getCause();
    return (cause == null ? e : cause).getClass().getSimpleName();
  }

  private void say(String text, double speed, OnceSink sink) {
    EnglishSpeakable speakable = EnglishSpeakable.of(text);
    if (speakable.foreign()) {
      sink.fail(
          FailureKind.INVALID_REQUEST,
          "the embedded voice speaks English only; for other languages choose another engine: a"
              + " speech service, or a speech program on this machine");
      return;
    }
    if (speakable.hasForeignLetters()) {
      sink.notice(
          SpeechNotice.Kind.SCRIPT,
          "the embedded voice reads Latin letters only: it leaves the others out. For other scripts"
              + " choose another engine: a speech service, or a speech program on this machine");
    }
    if (!speakable.words().isEmpty()) {
      Kevin kevin = take();
      PcmFramer framer = framer(sink);
      kevin.say(speakable, speed, framer, sink); // one that threw is not used again
      idle.push(kevin);
      framer.finish(text.length());
    }
    sink.end();
  }

  private enum Silence implements SpeechSink {
    INSTANCE;

    @Override
    public void frame(byte[] pcm, int spokenChars, int wordSamples) {}

    @Override
    public void end() {}

    @Override
    public void fail(FailureKind kind, String detail) {}
  }
}
