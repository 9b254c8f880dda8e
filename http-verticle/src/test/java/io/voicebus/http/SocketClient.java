package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listener at a WebSocket. Its methods may be called from any thread but an event loop. */
final class SocketClient {
  /** In place of a header's name, for what is offered there. */
  static final String SUBPROTOCOL = "subprotocol";

  private final WebSocketClient client;
  private final WebSocket socket;
  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  /** Connects, or throws what the server answers instead. */
  SocketClient(Vertx vertx, int port, String path, String... headers) throws Exception {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("localhost").setPort(port).setURI(path);
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equals(SUBPROTOCOL)) {
        options.addSubProtocol(headers[i + 1]);
      } else {
        options.putHeader(headers[i], headers[i + 1]);
      }
    }
    // A socket that nobody reads answers no close, and is not waited for at a test's end.
    client = vertx.createWebSocketClient(new WebSocketClientOptions().setClosingTimeout(1));
    // Before it is connected: what the server says at once is not missed.
    ClientWebSocket connecting = client.webSocket();
    connecting.textMessageHandler(text -> received.add(new JsonObject(text)));
    connecting.binaryMessageHandler(received::add);
    connecting.closeHandler(
        ignored ->
            closed.complete(
                connecting.closeStatusCode() == null
                    ? -1
                    : connecting.closeStatusCode().intValue()));
    socket = connecting.connect(options).await(10, TimeUnit.SECONDS);
  }

  /** What the server has selected of the subprotocols; null for nothing. */
  @Nullable String subprotocol() {
    return socket.subProtocol();
  }

  SocketClient say(String text) {
    socket.writeTextMessage(text);
    return this;
  }

  SocketClient say(byte[] bytes) {
    socket.writeBinaryMessage(Buffer.buffer(bytes));
    return this;
  }

  /** Reads nothing any more. */
  SocketClient pause() {
    socket.pause();
    return this;
  }

  SocketClient resume() {
    socket.resume();
    return this;
  }

  void close() {
    socket.close();
  }

  /** The next message, either {@link JsonObject} or {@link Buffer}. */
  Object next() throws InterruptedException {
    Object next = received.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  /** Skips to the event with this name; its data. */
  JsonObject event(String name) throws InterruptedException {
    while (true) {
      if (next() instanceof JsonObject json && json.getString("event").equals(name)) {
        return json.getJsonObject("data");
      }
    }
  }

  /** Skips to the event with this name, audio too; the whole message. */
  JsonObject message(String event) throws InterruptedException {
    while (true) {
      if (next() instanceof JsonObject json && json.getString("event").equals(event)) {
        return json;
      }
    }
  }

  /** So many bytes of audio, events between them skipped. */
  byte[] audio(int bytes) throws InterruptedException {
    Buffer audio = Buffer.buffer();
    while (audio.length() < bytes) {
      if (next() instanceof Buffer piece) {
        audio.appendBuffer(piece);
      }
    }
    return audio.getBytes();
  }

  /** The status with which the server closed the socket; -1 for none. */
  int closeCode() throws Exception {
    return closed.get(10, TimeUnit.SECONDS);
  }
}
