package io.voicebus.http.elevenlabs;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.VoiceAliases;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.wire.ProblemResponse;
import java.util.Map;
import java.util.function.BiConsumer;

/** The paths of ElevenLabs' API that are served. */
public final class ElevenLabsRoutes {
  private static final String SPEECH = "/v1/text-to-speech/:voice";

  private final SpeechEndpoint speech;
  private final InputEndpoint input;
  private final CatalogEndpoint catalog;
  private final AccountEndpoint account;

  /** Creates the endpoints of one instance of the server. */
  public ElevenLabsRoutes(ApiSessions sessions, VoiceAliases aliases) {
    VoiceDirectory voices = new VoiceDirectory(sessions, aliases);
    this.speech = new SpeechEndpoint(sessions, voices);
    this.input = new InputEndpoint(sessions, voices);
    this.catalog = new CatalogEndpoint(voices, sessions.maxPromptBytes());
    this.account = new AccountEndpoint(sessions);
  }

  /**
   * Registers the paths that other endpoints serve, too: a request without {@code xi-api-key} goes
   * on to those. Call it before they are registered.
   */
  public void eachShared(BiConsumer<String, Handler<RoutingContext>> serve) {
    serve.accept("/v1/voices", context -> withKey(context, catalog::voices));
    serve.accept("/v1/models", context -> withKey(context, catalog::models));
  }

  private static void withKey(RoutingContext context, Handler<RoutingContext> handler) {
    if (ProblemResponse.hasElevenLabsKey(context.request())) {
      handler.handle(context);
    } else {
      context.next();
    }
  }

  /** Registers each other path with its methods. */
  public void each(BiConsumer<String, Map<HttpMethod, Handler<RoutingContext>>> serve) {
    serve.accept(SPEECH, Map.of(HttpMethod.POST, speech::audio));
    serve.accept(SPEECH + "/stream", Map.of(HttpMethod.POST, speech::audio));
    serve.accept(SPEECH + "/with-timestamps", Map.of(HttpMethod.POST, speech::timedWhole));
    serve.accept(SPEECH + "/stream/with-timestamps", Map.of(HttpMethod.POST, speech::timedLines));
    serve.accept(SPEECH + "/stream-input", Map.of(HttpMethod.GET, input::one));
    serve.accept(SPEECH + "/multi-stream-input", Map.of(HttpMethod.GET, input::many));
    serve.accept("/v1/voices/settings/default", Map.of(HttpMethod.GET, catalog::usualSettings));
    serve.accept("/v1/voices/:id", Map.of(HttpMethod.GET, catalog::voice));
    serve.accept("/v1/voices/:id/settings", Map.of(HttpMethod.GET, catalog::settings));
    serve.accept("/v1/user", Map.of(HttpMethod.GET, account::user));
    serve.accept("/v1/user/subscription", Map.of(HttpMethod.GET, account::subscription));
    serve.accept("/v2/voices", Map.of(HttpMethod.GET, catalog::search));
  }
}
