package io.voicebus.http.openai;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.VoiceAliases;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.openai.realtime.RealtimeEndpoint;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;

/** The paths of OpenAI's API that are served. */
public final class OpenAiRoutes {
  /** The subprotocol of the Realtime API's WebSocket. */
  public static final String SUBPROTOCOL = "realtime";

  private final SpeechEndpoint speech;
  private final ModelsEndpoint models;
  private final ChatEndpoint chat;
  private final RealtimeEndpoint realtime;

  /** Creates the endpoints of one instance of the server. */
  public OpenAiRoutes(ApiSessions sessions, VoiceAliases aliases) {
    VoiceDirectory voices = new VoiceDirectory(sessions, aliases);
    this.speech = new SpeechEndpoint(sessions, voices);
    this.models = new ModelsEndpoint(voices);
    this.chat = new ChatEndpoint(sessions, voices, InstantSource.system());
    this.realtime = new RealtimeEndpoint(sessions, voices);
  }

  /** Registers each path with its methods. */
  public void each(BiConsumer<String, Map<HttpMethod, Handler<RoutingContext>>> serve) {
    serve.accept("/v1/audio/speech", Map.of(HttpMethod.POST, speech::post));
    serve.accept("/v1/audio/voices", Map.of(HttpMethod.GET, models::voices));
    serve.accept("/v1/audio/models", Map.of(HttpMethod.GET, models::speechModels));
    serve.accept("/v1/chat/completions", Map.of(HttpMethod.POST, chat::post));
    serve.accept("/v1/realtime", Map.of(HttpMethod.GET, realtime::get));
    serve.accept("/v1/models", Map.of(HttpMethod.GET, models::list));
    serve.accept("/v1/models/:id", Map.of(HttpMethod.GET, models::one));
  }
}
