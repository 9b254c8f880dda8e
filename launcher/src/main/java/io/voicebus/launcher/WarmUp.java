package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.voicebus.gemini.AnswerSource;
import io.voicebus.http.HttpVerticle;
import io.voicebus.tts.elevenlabs.ElevenLabsEngine;
import io.voicebus.tts.embedded.EmbeddedVoice;
import io.voicebus.tts.openai.OpenAiEngine;
import io.voicebus.tts.scripted.ScriptedVoice;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a server that has just started speak a few texts to itself, so that its first clients find
 * loaded classes and compiled code.
 *
 * <p>It does so in a second Vert.x of the same process, on one event loop, where the same stages
 * ask {@link WarmUpServices} in place of the model and the voice that are set: nothing is paid,
 * counted, kept or recorded. It ends early when somebody is there to speak to, which warms the
 * server as well.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private static final String LOOPBACK = "127.0.0.1";

  /** Further rounds make no difference that can be measured ({@code ./bench burst}). */
  private static final int ROUNDS = 5;

  private static final int TURNS_AT_ONCE = 4;

  /** Who waits for the server comes within this time, and is not held up. */
  private static final Duration BEFORE = Duration.ofMillis(500);

  private static final String KEY = "warm-up";

  private final Configuration configuration;
  private final BooleanSupplier enough;

  /**
   * Prepares, and starts nothing.
   *
   * @param configuration of the server: its kinds of model and voice are used
   * @param enough asked at the beginning and before each round; true to end
   */
  WarmUp(Configuration configuration, BooleanSupplier enough) {
    this.configuration = configuration;
    this.enough = enough;
  }

  /**
   * Runs a little later, on a thread that does not keep the process alive.
   *
   * @param server its Vert.x
   */
  void start(Vertx server) {
    Thread thread = new Thread(this::run, "voicebus-warm-up");
    thread.setDaemon(true);
    server.setTimer(BEFORE.toMillis(), now -> thread.start());
  }

  /**
   * Speaks, and returns when nothing of it is left.
   *
   * @return how many turns were whole; a server that cannot warm up serves all the same
   */
  int run() {
    if (enough.getAsBoolean()) {
      return 0; // the second pipeline would take what those who are there need
    }
    Vertx vertx = Vertx.vertx(EventLoops.options().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    int whole = 0;
    try {
      HttpServer services = Waiting.on(WarmUpServices.start(vertx));
      Pipeline pipeline =
          new Pipeline(vertx, Configuration.of(settings(vertx, services.actualPort())));
      HttpVerticle http =
          Waiting.on(pipeline.deployHttp(EnumSet.noneOf(Role.class), pipeline.deployStages()));
      HttpClient client = vertx.createHttpClient();
      for (int round = 0; round < ROUNDS && !enough.getAsBoolean(); round++) {
        Waiting.on(
            Future.all(
                IntStream.range(0, TURNS_AT_ONCE)
                    .mapToObj(each -> turn(client, http.actualPort()))
                    .toList()));
        whole += TURNS_AT_ONCE;
      }
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.debug("the warm-up ended after {} turns", whole, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Waiting.quietly(vertx.close());
    }
    return whole;
  }

  private static Future<Void> turn(HttpClient client, int port) {
    return client
        .request(HttpMethod.POST, port, LOOPBACK, "/v1/speak")
        .compose(
            request ->
                request
                    .putHeader("Content-Type", "text/plain")
                    .putHeader("Accept", "audio/pcm")
                    .send(WarmUpServices.ANSWER))
        .expecting(response -> response.statusCode() == 200)
        .compose(HttpClientResponse::body)
        .mapEmpty();
  }

  /** Only what is named here is set, whatever the server's own settings are. */
  private Map<String, String> settings(Vertx vertx, int port) {
    String url = "http://" + LOOPBACK + ":" + port;
    Map<String, String> set =
        new TreeMap<>(
            Map.of(
                "VOICEBUS_HOST", LOOPBACK,
                "VOICEBUS_PORT", "0",
                "VOICEBUS_HTTP_INSTANCES", "1",
                "VOICEBUS_DRAIN_MS", "0",
                "VOICEBUS_SPOOL_FILES_BYTES", "0",
                // What was said once would not be asked for again.
                "VOICEBUS_CACHE_BYTES", "0"));
    switch (AnswerSource.of(configuration.of(Role.GEMINI.word())).name()) {
      case "gemini" -> {
        set.put("GEMINI_API_KEY", KEY);
        set.put("GEMINI_BASE_URL", url);
      }
      case "openai" -> {
        set.put("OPENAI_BASE_URL", url + "/v1");
        set.put("OPENAI_MODEL", KEY);
      }
      default -> {} // the reader
    }
    String engine = OnlyVoice.chosen(configuration, vertx).get(0).split(":", 2)[0];
    switch (engine) {
      case ElevenLabsEngine.NAME -> {
        set.put("ELEVENLABS_API_KEY", KEY);
        set.put("ELEVENLABS_BASE_URL", url);
      }
      case OpenAiEngine.NAME -> set.put("OPENAI_SPEECH_BASE_URL", url + "/v1");
      case EmbeddedVoice.NAME -> set.put("VOICEBUS_ENGINE", EmbeddedVoice.NAME);
      default -> set.put("VOICEBUS_ENGINE", ScriptedVoice.NAME); // starts no program
    }
    return set;
  }
}
