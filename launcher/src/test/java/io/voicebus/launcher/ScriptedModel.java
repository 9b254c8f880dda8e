package io.voicebus.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model server that answers each question with the next of its texts; an open one has no end. */
final class ScriptedModel implements AutoCloseable {
  /** At the end of a text: the answer goes on, but not yet. */
  static final String OPEN = "\u2026";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  final List<String> asked = new CopyOnWriteArrayList<>();

  ScriptedModel(String... answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/v1/models",
        exchange -> {
          byte[] list = "{\"data\":[{\"id\":\"some\"}]}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, list.length);
          exchange.getResponseBody().write(list);
          exchange.close();
        });
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, answers[asked.size() - 1]);
        });
    server.start();
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    boolean open = text.endsWith(OPEN);
    write(exchange, "{\"content\":\"" + text.replace(OPEN, "") + "\"}", "null");
    if (open) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      write(exchange, "{}", "\"stop\"");
    }
    exchange.close();
  }

  private static void write(HttpExchange exchange, String delta, String finish) throws IOException {
    String event =
        "data: {\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
            .formatted(delta, finish);
    exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  /** Settings with which it is asked. */
  Map<String, String> settings() {
    return Map.of(
        "OPENAI_BASE_URL",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
        "OPENAI_MODEL",
        "some",
        "VOICEBUS_ENGINE",
        "scripted");
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
