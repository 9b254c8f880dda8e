package io.voicebus.tts.elevenlabs;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.voicebus.bus.Failure;
import io.voicebus.tts.service.ServiceReach;
import io.voicebus.tts.service.ServiceTimes;

/** Opens WebSockets to ElevenLabs. Lives on one context. */
final class ElevenConnections {
  private static final int MAX_MESSAGE_BYTES = 16 << 20;

  private final WebSocketClient client;
  private final ServiceReach reach;

  ElevenConnections(Vertx vertx, ServiceReach reach, ServiceTimes times) {
    this.reach = reach;
    this.client =
        vertx.createWebSocketClient(
            reach.apply(
                new WebSocketClientOptions()
                    // The pool has its own bound, and must not wait for this one.
                    .setMaxConnections(1_000)
                    .setMaxFrameSize(MAX_MESSAGE_BYTES)
                    .setMaxMessageSize(MAX_MESSAGE_BYTES)
                    .setTryUsePerFrameCompression(false)
                    .setTryUsePerMessageCompression(false)
                    .setClosingTimeout(1) // what is left may be dead and answer no close
                    .setTcpNoDelay(true)
                    .setConnectTimeout((int) times.connect().toMillis())));
  }

  /** A WebSocket that has to be connected. */
  ClientWebSocket webSocket() {
    return client.webSocket();
  }

  /** What it means that there is no connection. */
  Failure unreachable(Throwable why) {
    return ElevenFailures.unreachable(reach.trouble(why));
  }

  void close() {
    client.close();
  }
}
