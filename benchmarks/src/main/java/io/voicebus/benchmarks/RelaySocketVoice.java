package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transport that Voicebus uses: WebSockets that are open already, a context for each utterance,
 * audio in base64 within JSON. Opens one more whenever there is no room.
 */
final class RelaySocketVoice implements RelayVoice {
  static final String VOICE = "JBFqnCBsd6RMkjVDRZzb";
  static final String MODEL = "eleven_flash_v2_5";

  private static final int CONTEXTS = 5;
  private static final int MAX_SOCKETS = 400;
  private static final int WARM_SOCKETS = 8;
  private static final int MAX_MESSAGE_BYTES = 16 << 20;

  private final WebSocketClient client;
  private final WebSocketConnectOptions connect;
  private final List<Line> lines = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long ids;

  private record Waiting(String text, Sink sink) {}

  RelaySocketVoice(Vertx vertx, String baseUrl) {
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(MAX_SOCKETS)
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                .setTryUsePerFrameCompression(false)
                .setTryUsePerMessageCompression(false));
    connect =
        new WebSocketConnectOptions()
            .setAbsoluteURI(
                baseUrl.replaceFirst("^http", "ws")
                    + "/v1/text-to-speech/"
                    + VOICE
                    + "/multi-stream-input?auto_mode=true&inactivity_timeout=180&model_id="
                    + MODEL
                    + "&output_format=pcm_"
                    + LoadPace.RATE_HZ)
            .putHeader("xi-api-key", "emulated-key");
    for (int i = 0; i < WARM_SOCKETS; i++) {
      open();
    }
  }

  @Override
  public void speak(String text, Sink sink) {
    waiting.add(new Waiting(text, sink));
    pump();
    int opening = (int) lines.stream().filter(line -> line.socket == null).count();
    if (waiting.size() > opening * CONTEXTS && lines.size() < MAX_SOCKETS) {
      open();
    }
  }

  private void open() {
    Line line = new Line();
    lines.add(line);
    client
        .connect(connect)
        .onSuccess(line::opened)
        .onFailure(
            why -> {
              lines.remove(line);
              waiting.forEach(each -> each.sink.failed(why));
              waiting.clear();
            });
  }

  private void pump() {
    for (Line line : lines) {
      while (line.socket != null && line.sinks.size() < CONTEXTS && !waiting.isEmpty()) {
        line.speak(waiting.remove());
      }
    }
  }

  /** One WebSocket. */
  private final class Line {
    private final Map<String, Sink> sinks = new HashMap<>();
    private @Nullable WebSocket socket;

    void opened(WebSocket open) {
      socket = open;
      open.textMessageHandler(this::message);
      open.exceptionHandler(broken -> {});
      open.closeHandler(closed -> gone());
      pump();
    }

    private void gone() {
      lines.remove(this);
      IllegalStateException why = new IllegalStateException("a speech socket has closed");
      List.copyOf(sinks.values()).forEach(sink -> sink.failed(why));
    }

    void speak(Waiting next) {
      String id = "relay-" + ++ids;
      sinks.put(id, next.sink);
      send(new JsonObject().put("text", " ").put("context_id", id));
      send(new JsonObject().put("text", next.text + " ").put("context_id", id).put("flush", true));
      send(new JsonObject().put("context_id", id).put("close_context", true));
    }

    private void send(JsonObject message) {
      if (socket != null) {
        socket.writeTextMessage(message.encode());
      }
    }

    private void message(String text) {
      JsonObject message = new JsonObject(text);
      Sink sink = sinks.get(message.getString("contextId", ""));
      if (sink == null) {
        return;
      }
      if (message.containsKey("error")) {
        sink.failed(new IllegalStateException("speech failed: " + message.getString("error")));
        return;
      }
      String audio = message.getString("audio");
      if (audio != null && !audio.isEmpty()) {
        sink.audio(Buffer.buffer(Base64.getDecoder().decode(audio)));
      }
      if (Boolean.TRUE.equals(message.getValue("isFinal"))) {
        sinks.remove(message.getString("contextId", ""));
        sink.done();
        pump();
      }
    }
  }
}
