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
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.time.SpeakingPace;
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
final class BusSpeech implements ContextSink.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(BusSpeech.class);

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** Number of this attempt, for the owner's ledger. */
  private final int number = NUMBERS.incrementAndGet();

  private final Inbox inbox;
  private final NamedEngines engines;
  private final Assignment assignment;
  private final JobOffer offer;
  private final long timeoutNanos;
  private final SpeakingPace pace;
  private final FrameGather gather = new FrameGather(this::send);

  /** The chunk's text, and how far this attempt has come with it. */
  private String text = "";

  private @Nullable SpeechProgress progress;

  /** Name of the engine that was asked. */
  private String asked = "";

  /** The engine that speaks: the one that was asked, or another in its place. */
  private @Nullable SpeechEngine speaker;

  /** The voice of the engine that speaks; {@code sampleRateHz} is the rate of its frames. */
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
    SpeechProgress begun = new SpeechProgress(text, job.at(), byText, speed(job), pace, gather);
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
              new ContextSink(asked, inbox::execute, this));
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
  @Override
  public void notice(SpeechNotice.Kind kind, String detail) {
    if (!over) {
      assignment.out().write(new SpeechNotice(offer.job().chunk(), kind, detail));
    }
  }

  @Override
  public void spokenBy(SpeechEngine who, String itsVoice) {
    if (!over && !announced) {
      speaker = who;
      voice = itsVoice;
      sampleRateHz = who.traits().sampleRateHz();
    }
  }

  /** Only what comes before the first frame can change the rate. */
  @Override
  public void format(int hz) {
    if (!announced) {
      sampleRateHz = hz;
    }
  }

  @Override
  public void frames(List<ContextSink.Piece> pieces) {
    try {
      said(pieces);
    } catch (RuntimeException e) { // what is not heard must not pass for spoken
      LOG.error("the engine {} gave {} a broken frame", asked, offer.job(), e);
      give(failure(FailureKind.INTERNAL, asked + " gave a broken frame: " + e.getMessage()));
    }
  }

  private void said(List<ContextSink.Piece> pieces) {
    for (ContextSink.Piece piece : pieces) {
      if (piece.pcm().length % 2 != 0) {
        throw new IllegalArgumentException(
            "it has "
                + piece.pcm().length
                + " bytes, and samples have two: put them together first");
      }
      watch.heard(piece.pcm().length);
    }
    if (over) {
      return;
    }
    announce();
    assignment.piece();
    for (ContextSink.Piece piece : pieces) {
      if (progress != null && speaker != null) {
        progress.accept(
            piece.pcm(), piece.spokenChars(), piece.wordSamples(), speaker.name(), sampleRateHz);
      }
    }
    gather.flush();
  }

  private void send(Frame frame) {
    lastFrame = assignment.out().write(frame);
  }

  @Override
  public void end() {
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

  @Override
  public void working() {
    watch.working();
  }

  @Override
  public void fail(FailureKind kind, String detail) {
    give(failure(kind, detail));
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

  @Override
  public void waits(String why) {
    watch.waits();
    if (!over && !ended && !why.isEmpty()) {
      assignment.waits(why);
    }
  }

  private String silence() {
    String what = announced ? " fell silent in mid-sentence" : " has not said anything";
    return asked + what + " for " + timeoutNanos / 1_000_000 + " ms: see chunk-timeout-ms";
  }

  @Override
  public void asked(int chars) {
    given += chars;
    account();
  }

  @Override
  public void saved() {
    saved += progress == null ? 0 : progress.rest().length();
    account();
  }

  /**
   * Reports the characters to the owner's ledger, also after the end of the attempt, since they
   * were asked for.
   */
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
}
