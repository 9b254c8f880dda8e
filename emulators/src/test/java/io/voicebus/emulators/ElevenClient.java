package io.voicebus.emulators;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Reference;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A WebSocket client that knows no rules: it says what a test tells it, and keeps what it gets. */
final class ElevenClient {
  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private final WebSocket ws;

  /** Kept, since one that nobody refers to is closed, with all its sockets. */
  private final WebSocketClient client;

  private ElevenClient(Vertx vertx, String baseUrl, String path, String key) throws Exception {
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(1 << 22)
                .setMaxMessageSize(1 << 22)
                .setMaxConnections(1_000));
    ClientWebSocket socket = client.webSocket();
    socket.textMessageHandler(text -> messages.add(new JsonObject(text)));
    // Before it connects: some are closed at once.
    socket.closeHandler(
        end ->
            messages.add(
                new JsonObject()
                    .put("closed", socket.closeStatusCode())
                    .put("reason", socket.closeReason())));
    URI uri = URI.create(baseUrl);
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost(uri.getHost()).setPort(uri.getPort()).setURI(path);
    if (!key.isEmpty()) {
      options.putHeader("xi-api-key", key);
    }
    ws =
        socket.connect(options).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  static ElevenClient open(Vertx vertx, ElevenEmulator emulator, String path, String key)
      throws InterruptedException {
    try {
      return new ElevenClient(vertx, emulator.baseUrl(), path, key);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  ElevenClient say(Object... fields) {
    JsonObject message = new JsonObject();
    for (int i = 0; i < fields.length; i += 2) {
      message.put((String) fields[i], fields[i + 1]);
    }
    return raw(message.encode());
  }

  ElevenClient raw(String message) {
    try {
      ws.writeTextMessage(message);
      return this;
    } finally {
      Reference.reachabilityFence(client);
    }
  }

  /** The next message; after the close one with {@code closed} and {@code reason}. */
  JsonObject next() throws InterruptedException, TimeoutException {
    try {
      JsonObject message = messages.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new TimeoutException("no message");
      }
      return message;
    } finally {
      Reference.reachabilityFence(client);
    }
  }

  /** The next message that is an error or a close. */
  JsonObject nextTrouble() throws InterruptedException, TimeoutException {
    JsonObject message = next();
    while (!message.containsKey("error") && !message.containsKey("closed")) {
      message = next();
    }
    return message;
  }

  /** The audio up to the next final message. */
  byte[] audio() throws InterruptedException, TimeoutException {
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    for (JsonObject message = next();
        !Boolean.TRUE.equals(message.getBoolean("isFinal"));
        message = next()) {
      if (message.containsKey("closed") || message.containsKey("error")) {
        throw new AssertionError("no end, but " + message);
      }
      if (message.getString("audio") != null) {
        audio.writeBytes(Base64.getDecoder().decode(message.getString("audio")));
      }
    }
    return audio.toByteArray();
  }
}
