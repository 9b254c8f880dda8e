package io.voicebus.tts;

import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Frame;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechJob;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.queue.Assignment;
import io.voicebus.queue.JobOffer;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.time.SpeakingPace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one chunk: sends the engine's frames to playback as they arrive. The engine starts
 * at once; audio that arrives before the stream is open waits. The length of a chunk bounds its
 * audio, so there is no other bound: a worker never waits for a listener. Audio that comes before
 * this context runs travels in one frame.
 */
final class BusSpeech {
  private static final Logger LOG = LoggerFactory.getLogger(BusSpeech.class);

  /** A frame of an engine, see {@link SpeechSink#frame}. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Said(byte[] pcm, int spokenChars, int wordSamples) {}

  /** The most sound of one chunk, in bytes: five minutes at 48 kHz. */
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** Number of this attempt, for the owner's ledger. */
  private final int number = NUMBERS.incrementAndGet();

  private final Inbox inbox;
  private final NamedEngines engines;
  private final Assignment assignment;
  private final JobOffer offer;
  private final long timeoutNanos;
  private final SpeakingPace pace;
  private final FrameGather frames = new FrameGather(this::send);

  /** The chunk's text, and how far this attempt has come with it. */
  private String text = "";

  private @Nullable SpeechProgress progress;

  /** Name of the engine that was asked. */
  private String asked = "";

  /** The engine that speaks: the one that was asked, or another in its place. */
  private @Nullable SpeechEngine speaker;

  /** The voice that it speaks with, and the rate of what comes. */
  private String voice = "";

  private int sampleRateHz;
  private boolean announced;
  private @Nullable SpeechJob asks;

  private final SilenceWatch watch;

  /** Characters that engines accepted, and those that came from the cache. */
  private int given;

  private int saved;
  private boolean ended;
  private boolean over;
  private Future<Void> lastFrame = Future.succeededFuture();
  private @Nullable Speech speech;

  BusSpeech(
      Inbox inbox,
      NamedEngines engines,
      Assignment assignment,
      long timeoutNanos,
      SpeakingPace pace) {
    this.inbox = inbox;
    this.engines = engines;
    this.assignment = assignment;
    this.offer = assignment.offer();
    this.timeoutNanos = timeoutNanos;
    this.pace = pace;
    this.watch =
        new SilenceWatch(inbox, timeoutNanos, () -> give(failure(FailureKind.TIMEOUT, silence())));
  }

  void begin() {
    if (!(offer.payload() instanceof SpeechJob job)) {
      assignment.failed(failure(FailureKind.INVALID_REQUEST, "not a speech job"));
      return;
    }
    asks = job;
    assignment.onWithdrawn(this::stop);
    text = job.text();
    SpeechEngine engine;
    try {
      engine = engines.of(job.turn().options().voice());
    } catch (VoicebusException e) {
      assignment.failed(e.failure());
      return;
    }
    asked = engine.name();
    voice = Voice.local(job.turn().options().voice(), engine.name());
    sampleRateHz = engine.traits().sampleRateHz();
    String name = name(engine);
    // Only a deterministic engine that has spoken the chunk from its beginning can skip samples.
    boolean byText =
        !engine.traits().deterministic()
            || (!job.at().equals(ResumePoint.START) && !job.at().engine().equals(name));
    SpeechProgress begun = new SpeechProgress(text, job.at(), byText, speed(job), pace, frames);
    progress = begun;
    speaker = engine;
    try {
      speech =
          engine.ask(
              new Utterance(
                  begun.rest(),
                  voice,
                  (job.previous() + " " + begun.said()).strip(),
                  job.next(),
                  job.language(),
                  place(job, begun.said().isEmpty()),
                  speed(job)),
              new OnContext());
    } catch (RuntimeException e) {
      LOG.error("the engine {} threw at {}", engine.name(), offer.job(), e);
      give(failure(FailureKind.INTERNAL, engine.name() + " failed: " + e));
    }
  }

  private static double speed(SpeechJob job) {
    return job.turn().options().speed() / 1000.0;
  }

  private TurnPlace place(SpeechJob job, boolean fromItsBeginning) {
    int chunk = offer.job().chunk();
    return new TurnPlace(
        job.turn().turn().toString(),
        chunk,
        chunk == 0 && fromItsBeginning,
        job.turn().options().pace(),
        offer.neededInMs(),
        engineOf(job.voice()),
        job.decision());
  }

  /** The engine's own name in what {@link #name} has made. */
  private static String engineOf(String speaker) {
    int slash = speaker.indexOf('/');
    return slash < 0 ? speaker : speaker.substring(0, slash);
  }

  private String name(SpeechEngine who) {
    return who.name() + "/" + voice + "@" + sampleRateHz;
  }

  /** Reports the engine, its voice and the rate, before the first frame. */
  private void announce() {
    if (!announced && !over && speaker != null && progress != null) {
      announced = true;
      EngineTraits traits = speaker.traits();
      double speed = asks == null ? 0 : speed(asks);
      if (traits.speeds().lacks(speed)) {
        notice(SpeechNotice.Kind.SPEED, traits.speeds().fault(speaker.name(), speed));
      }
      String language = asks == null ? "" : asks.language();
      if (traits.lacks(language)) {
        notice(SpeechNotice.Kind.LANGUAGE, traits.fault(speaker.name(), language));
      }
      assignment.out().write(new Speaker(sampleRateHz, progress.byText(), name(speaker)));
    }
  }

  /**
   * Reports that the chunk is not spoken as it was asked for; before its first frame, or between
   * frames.
   */
  private void notice(SpeechNotice.Kind kind, String detail) {
    if (!over) {
      assignment.out().write(new SpeechNotice(offer.job().chunk(), kind, detail));
    }
  }

  private void spokenBy(SpeechEngine who, String itsVoice) {
    if (!over && !announced) {
      speaker = who;
      voice = itsVoice;
      sampleRateHz = who.traits().sampleRateHz();
    }
  }

  /** Only what comes before the first frame can change the rate. */
  private void format(int hz) {
    if (!announced) {
      sampleRateHz = hz;
    }
  }

  private void said(List<Said> pieces) {
    for (Said piece : pieces) {
      if (piece.pcm.length % 2 != 0) {
        throw new IllegalArgumentException(
            "it has " + piece.pcm.length + " bytes, and samples have two: put them together first");
      }
      watch.heard(piece.pcm.length);
    }
    if (over) {
      return;
    }
    announce();
    assignment.piece();
    for (Said piece : pieces) {
      if (progress != null && speaker != null) {
        progress.accept(
            piece.pcm, piece.spokenChars, piece.wordSamples, speaker.name(), sampleRateHz);
      }
    }
    frames.flush();
  }

  private void send(Frame frame) {
    lastFrame = assignment.out().write(frame);
  }

  private void end() {
    ended = true;
    if (progress != null) {
      progress.end();
    }
    if (over) {
      return;
    }
    announce(); // if nothing was to be said
    watch.close();
    // Once the last frame is on its way, the slot is free.
    lastFrame.onSuccess(
        sent -> {
          if (!over) {
            over = true;
            account();
            assignment.finished();
          }
        });
  }

  /** Fails the attempt. */
  private void give(Failure why) {
    if (!over) {
      stop();
      assignment.failed(why);
    }
  }

  private void stop() {
    if (over) {
      return;
    }
    over = true;
    account();
    watch.close();
    if (speech != null) {
      speech.cancel();
    }
  }

  private void waits(String why) {
    watch.waits();
    if (!over && !ended && !why.isEmpty()) {
      assignment.waits(why);
    }
  }

  private String silence() {
    String what = announced ? " fell silent in mid-sentence" : " has not said anything";
    return asked + what + " for " + timeoutNanos / 1_000_000 + " ms: see chunk-timeout-ms";
  }

  /**
   * Reports characters to the owner's ledger, also after the end of the attempt, since they were
   * asked for.
   */
  private void account(int moreAsked, int moreSaved) {
    given += moreAsked;
    saved += moreSaved;
    account();
  }

  private void account() {
    if (given + saved > 0 && asks != null) {
      inbox.send(
          asks.turn().owner(),
          new Asked(
              inbox.address(),
              asks.turn().turn(),
              offer.job().chunk(),
              text.length(),
              given,
              saved,
              number));
    }
  }

  private static Failure failure(FailureKind kind, String detail) {
    return new Failure(Stage.SPEECH, kind, detail);
  }

  /** Moves the engine's calls from any thread to the worker's context, in order. */
  private final class OnContext implements SpeechSink {
    private final List<Said> waiting = new ArrayList<>();

    /** An end or a failure came; later calls of the engine have no effect. */
    private volatile boolean closed;

    private long bytes;

    @Override
    public void spokenBy(SpeechEngine who, String itsVoice) {
      inbox.execute(() -> BusSpeech.this.spokenBy(who, itsVoice));
    }

    @Override
    public void notice(SpeechNotice.Kind kind, String detail) {
      inbox.execute(() -> BusSpeech.this.notice(kind, detail));
    }

    @Override
    public void format(int hz) {
      inbox.execute(() -> BusSpeech.this.format(hz));
    }

    @Override
    public void working() {
      inbox.execute(watch::working);
    }

    @Override
    public void waits(long atLeastMs, String why) {
      inbox.execute(() -> BusSpeech.this.waits(why));
    }

    @Override
    public void asked(int chars) {
      inbox.execute(() -> account(chars, 0));
    }

    @Override
    public void saved() {
      inbox.execute(() -> account(0, progress == null ? 0 : progress.rest().length()));
    }

    @Override
    public void frame(byte[] pcm, int spokenChars, int wordSamples) {
      if (closed) {
        return;
      }
      bytes += pcm.length;
      if (bytes > MOST_BYTES) {
        fail(
            FailureKind.TOO_LARGE,
            asked + " gave more than five minutes of sound for one chunk, and did not end");
        return;
      }
      synchronized (waiting) {
        waiting.add(new Said(pcm, spokenChars, wordSamples));
        if (waiting.size() > 1) {
          return; // it goes with the one before
        }
      }
      inbox.execute(this::take);
    }

    private void take() {
      List<Said> pieces;
      synchronized (waiting) {
        pieces = List.copyOf(waiting);
        waiting.clear();
      }
      try {
        said(pieces);
      } catch (RuntimeException e) { // what is not heard must not pass for spoken
        LOG.error("{} gave {} a frame that nobody can take", asked, offer.job(), e);
        give(failure(FailureKind.INTERNAL, asked + " gave a broken frame: " + e.getMessage()));
      }
    }

    @Override
    public void end() {
      if (!closed) {
        closed = true;
        inbox.execute(BusSpeech.this::end);
      }
    }

    @Override
    public void fail(FailureKind kind, String detail) {
      if (!closed) {
        closed = true;
        inbox.execute(() -> give(failure(kind, detail)));
      }
    }
  }
}
