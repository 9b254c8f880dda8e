package io.voicebus.http.elevenlabs;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.wire.QueryParameter;

/**
 * {@code GET /v1/text-to-speech/{voice}/stream-input} and {@code …/multi-stream-input}: texts are
 * spoken while they are being written, over a WebSocket.
 */
final class InputEndpoint {
  private final ApiSessions sessions;
  private final VoiceDirectory voices;

  InputEndpoint(ApiSessions sessions, VoiceDirectory voices) {
    this.sessions = sessions;
    this.voices = voices;
  }

  void one(RoutingContext context) {
    open(context, false);
  }

  void many(RoutingContext context) {
    open(context, true);
  }

  private void open(RoutingContext context, boolean multi) {
    HttpServerRequest request = context.request();
    String id = context.pathParam("voice");
    sessions.requireSocket(request);
    InputOptions options = InputOptions.of(multi, name -> QueryParameter.of(request, name));
    // Nothing more is read of it until it has been upgraded.
    request.pause();
    voices
        .get()
        .compose(
            known -> {
              String voice = VoiceIds.voice(known, options.model(), id);
              return sessions.socket(
                  request,
                  socket ->
                      new InputSocket(
                          socket,
                          options,
                          spoken -> sessions.start(spoken.request(voice), request, spoken),
                          sessions::encoder));
            })
        .onFailure(context::fail);
  }
}
