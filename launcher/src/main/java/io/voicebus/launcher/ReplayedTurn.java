package io.voicebus.launcher;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Settings;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TurnOptions;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.launcher.replay.Comparison;
import io.voicebus.launcher.replay.RecordedSpeech;
import io.voicebus.launcher.replay.RecordedText;
import io.voicebus.launcher.replay.RecordedVoice;
import io.voicebus.launcher.replay.RecordedWriting;
import io.voicebus.launcher.replay.ReplayLog;
import io.voicebus.launcher.replay.ReplaySpeed;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.TtsConfig;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.tts.time.Delays;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.recording.Recording;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recorded turn, played through a chunker, a work queue and a playback of this version. In the
 * place of the model and the voice is the recording.
 */
final class ReplayedTurn {
  private final Recording recording;
  private final RecordedWriting writing;
  private final RecordedSpeech speech;
  private final ReplaySpeed speed;
  private final ReplayLog log = new ReplayLog(Clock.system());
  private final Configuration configuration;

  ReplayedTurn(Recording recording, ReplaySpeed speed, Configuration configuration) {
    this.recording = recording;
    this.writing = RecordedWriting.of(recording);
    this.speech = RecordedSpeech.of(recording);
    this.speed = speed;
    this.configuration = configuration;
  }

  /** Whether the recording has any sound: without, its text is hummed. */
  boolean isHeard() {
    return speech.isHeard();
  }

  /**
   * Waits until it is over.
   *
   * @param sink where the audio goes
   * @param path the file, for {@link Sink#FILE}; else empty
   * @param events is told what happens
   */
  TurnEvent.Ended run(Sink sink, String path, Consumer<TurnEvent> events, OutputStream out)
      throws Exception {
    Vertx vertx = Vertx.vertx(EventLoops.options());
    Thread stop = new Thread(() -> Waiting.briefly(vertx.close()), "voicebus-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      Waiting.on(
          Future.join(
              new Pipeline(vertx, configuration)
                  .forOneText()
                  .deployStages(EnumSet.complementOf(EnumSet.of(Role.HTTP, Role.GEMINI, Role.TTS))),
              vertx.deployVerticle(
                  new GeminiVerticle(bus -> new RecordedText(writing, speed, bus))),
              vertx.deployVerticle(
                  new TtsVerticle(EngineCatalog.local().with(RecordedVoice.NAME, this::voice)),
                  new DeploymentOptions()
                      .setConfig(
                          new JsonObject().put(TtsConfig.ENGINE.key(), RecordedVoice.NAME)))));
      SayVerticle say =
          new SayVerticle(
              request(sink, path),
              feed(),
              event -> {
                log.accept(event);
                events.accept(event);
              },
              out);
      log.begin();
      Waiting.on(vertx.deployVerticle(say));
      return say.ended().toCompletionStage().toCompletableFuture().get();
    } finally {
      Waiting.forget(stop);
      Waiting.quietly(vertx.close());
    }
  }

  private RecordedVoice voice(Settings settings, int slots) {
    return new RecordedVoice(speech, speed, Clock.system(), Delays.real());
  }

  private TurnRequest request(Sink sink, String path) {
    Recording.Head head = recording.head();
    // The recorded voice has no name here. Faster than it was, nobody waits for the listener.
    TurnOptions options = head.options().withVoice("");
    return new TurnRequest(
        head.prompt(), speed.isOwn() ? options : options.withPace(Pace.ASAP), sink, path);
  }

  private @Nullable TextInput feed() {
    return recording.head().prompt().isEmpty() ? new RecordedFeed(writing, speed) : null;
  }

  /** The replay beside the recording, after {@link #run}. */
  Comparison comparison() {
    return log.against(recording, speech, speed);
  }
}
