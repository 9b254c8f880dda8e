package io.voicebus.gemini;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The published MockServer, whose ideas of the protocols are not ours, as a process of its own. */
final class MockServer implements AutoCloseable {
  private static final Path JAR = Path.of("target", "mockserver", "mockserver.jar");
  private static final Pattern STARTED = Pattern.compile("started on port: (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private MockServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static MockServer start() throws IOException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException("run 'mvn process-test-resources' first: no " + JAR);
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dmockserver.localBoundIP=127.0.0.1",
                "-jar",
                JAR.toString(),
                "-serverPort",
                "0",
                "-logLevel",
                "INFO")
            .redirectErrorStream(true)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread drain = new Thread(() -> out.lines().forEach(ignored -> {}), "mockserver-log");
        drain.setDaemon(true);
        drain.start();
        return new MockServer(process, Integer.parseInt(started.group(1)));
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("MockServer has ended instead of starting");
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Every request is answered like this from now on. */
  void answer(String action, JsonObject how) throws IOException, InterruptedException {
    put("reset", "");
    JsonObject expectation =
        new JsonObject()
            .put("httpRequest", new JsonObject().put("method", "POST"))
            .put("times", new JsonObject().put("unlimited", true))
            .put(action, how);
    put("expectation", new JsonArray().add(expectation).encode());
  }

  /** Every request gets these bytes, cut into pieces of so many. */
  void answerBytes(String body, int cutBytes) throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    answer(
        "httpResponse",
        new JsonObject()
            .put("statusCode", 200)
            .put(
                "headers",
                new JsonObject().put("content-type", new JsonArray().add("text/event-stream")))
            .put(
                "body",
                new JsonObject()
                    .put("type", "BINARY")
                    .put("base64Bytes", Base64.getEncoder().encodeToString(bytes)))
            .put("connectionOptions", new JsonObject().put("chunkSize", cutBytes)));
  }

  private void put(String what, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url() + "/mockserver/" + what))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(response.statusCode() + ": " + response.body());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
