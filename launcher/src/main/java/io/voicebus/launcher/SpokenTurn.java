package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.tts.embedded.EmbeddedVoice;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One turn of the command line: with stages of its own, which live as long as it does. */
final class SpokenTurn {
  private final Configuration configuration;
  private final Path directory;
  private final Set<Role> stages;
  private final Transcript transcript;
  private final OutputStream out;

  SpokenTurn(
      Configuration configuration,
      Path directory,
      Set<Role> stages,
      Transcript transcript,
      OutputStream out) {
    this.configuration = configuration;
    this.directory = directory;
    this.stages = stages;
    this.transcript = transcript;
    this.out = out;
  }

  /**
   * Waits until it is over.
   *
   * @param text of a request that is a feed; else null
   * @return the exit code
   */
  int run(TurnRequest request, @Nullable TextInput text)
      throws ExecutionException, InterruptedException, TimeoutException {
    preload();
    Vertx vertx = EarlyVertx.take();
    Logging.leaveReadinessToTheMessage();
    TranscriptWriter shown = new TranscriptWriter(transcript);
    Thread stop =
        new Thread(
            () -> {
              shown.stop("stopped");
              Waiting.briefly(vertx.close());
            },
            "voicebus-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (Recordings recordings = Recordings.install(vertx, configuration, directory)) {
      Future<Void> deployed = new Pipeline(vertx, configuration).forOneText().deployStages(stages);
      // While they start.
      shown.note(Banner.betterVoice(configuration, vertx));
      String language = OnlyVoice.expected(configuration, vertx, System.getenv());
      Waiting.on(deployed);
      SayVerticle say = new SayVerticle(request.expecting(language), text, shown, out);
      Waiting.on(vertx.deployVerticle(say));
      TurnEvent.Ended ended = say.ended().toCompletionStage().toCompletableFuture().get();
      return exitCode(request, ended);
    } finally {
      if (text != null) {
        text.stop();
      }
      shown.close();
      Waiting.forget(stop);
      Waiting.quietly(vertx.close());
    }
  }

  /** A text of which nothing can be spoken is as wrong as an empty one; an answer is shown. */
  private static int exitCode(TurnRequest request, TurnEvent.Ended ended) {
    if (ended.failure() != null) {
      return ExitCodes.of(ended.failure().kind());
    }
    return ended.isSilent() && request.options().mode().isGiven() ? ExitCodes.USAGE : 0;
  }

  /** It takes as long as all else, and need not come after it. */
  private void preload() {
    JsonObject speech = configuration.of(Role.TTS.word());
    if (speech.isEmpty() || EmbeddedVoice.NAME.equals(speech.getString("engine"))) {
      EmbeddedVoice.preload();
    }
  }
}
