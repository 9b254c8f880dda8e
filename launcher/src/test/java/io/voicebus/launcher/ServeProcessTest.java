package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as a process of its own, as people run it. */
@Timeout(90)
class ServeProcessTest {
  private static final Pattern ADDRESS = Pattern.compile("speaks at (http://[^ ]+)");

  private static final String FREE = "0";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();

  /** Starts a server. */
  private Process serve(String port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--port",
            port);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static String address(Process process) throws IOException {
    BufferedReader errors =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("the server did not start:\n" + seen);
  }

  private HttpResponse<InputStream> speak(String address, String text)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + "/v1/speak"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(text))
            .build(),
        BodyHandlers.ofInputStream());
  }

  @AfterEach
  void endAll() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void speaksWhatCurlSendsAndTellsWhatElseCouldSpeak() throws Exception {
    // given
    String address = address(serve(FREE));
    // when
    HttpResponse<InputStream> answer = speak(address, "Is 50% + 50% = 100%?");
    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("audio/wav");
    byte[] wav = answer.body().readAllBytes();
    assertThat(new String(wav, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(wav.length).isGreaterThan(3 * 32_000);
    assertThat(get(address + "/v1/voices"))
        .contains("{\"engine\":\"embedded\",\"usable\":true,\"voices\":[{\"id\":\"kevin16\"")
        .contains("ELEVENLABS_API_KEY");
  }

  private String get(String address) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void letsARunningTurnFinishWhenItIsToldToStop() throws Exception {
    // given: a turn whose text takes a second or so to arrive
    Process process = serve(FREE);
    String address = address(process);
    String text =
        "This is the first of some sentences. " + "And here is one more of them. ".repeat(8);
    InputStream audio = speak(address, text).body();
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    heard.write(audio.readNBytes(1000));
    // when
    process.destroy();
    // then: everything is still heard, and then the process ends
    heard.writeBytes(audio.readAllBytes());
    assertThat(heard.size()).isGreaterThan(10 * 32_000);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServerThatOthersCanReachIsLockedAndNodesHasTheKey() throws Exception {
    // given
    String token = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    try (ServeJvm server =
        ServeJvm.start(
            Map.of("VOICEBUS_ACCESS_TOKEN", token), List.of("--host", "0.0.0.0", "--port", FREE))) {
      String url = server.address().replace("0.0.0.0", "127.0.0.1");
      // then
      assertThat(nodes(Map.of("VOICEBUS_ACCESS_TOKEN", token), url)).contains("playback");
      assertThat(nodes(Map.of(), url)).isEmpty();
      assertThat(get(url + "/v1/status")).contains("unauthorized");
      assertThat(server.said()).contains("unencrypted").doesNotContain(token);
    }
  }

  private static String nodes(Map<String, String> environment, String url) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Main.run(new String[] {"nodes", "--url", url}, environment, Path.of("."), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPortThatIsTakenIsNamedWithWhatToDo() throws Exception {
    // given
    String port = address(serve(FREE)).replaceAll(".*:", "");
    // when
    Process second = serve(port);
    // then
    String errors = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(second.waitFor()).isNotZero();
    assertThat(errors).contains("cannot listen").contains("--port");
  }
}
