package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.FreePorts;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as a process of its own, as people run it. */
@Timeout(90)
class ServeProcessTest extends ProcessTest {
  private static final Pattern ADDRESS = Pattern.compile("speaks at (http://[^ ]+)");

  private static final String FREE = "0";

  private final HttpClient client = HttpClient.newHttpClient();

  /** Starts a server. */
  private Process serve(String port) throws IOException {
    return process(Map.of(), "serve", "--port", port);
  }

  private static String address(Process process) throws IOException {
    BufferedReader errors = process.errorReader();
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
        .contains("{\"engine\":\"embedded\",\"usable\":true,\"order\":1")
        .contains("\"voices\":[{\"id\":\"kevin16\"")
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

  /** The log does not end with the signal, but with the process. */
  @Test
  void aTurnThatEndsWhileTheServerStopsIsLoggedAsEver() throws Exception {
    try (ServeJvm server =
        ServeJvm.start(Map.of("VOICEBUS_LOG_TURNS", "all"), List.of("--port", FREE))) {
      // given
      String text = "This is one. " + "And here is another one. ".repeat(6);
      InputStream audio = speak(server.address(), text).body();
      audio.readNBytes(1000);
      // when
      server.stop();
      audio.readAllBytes();
      // then
      assertThat(server.ended(60)).isTrue();
      assertThat(server.said()).containsPattern("io.voicebus.turns turn .* finished after");
    }
  }

  @Test
  void whatIsBrokenOffSinceItDoesNotEndInTimeIsTold() throws Exception {
    Map<String, String> slow =
        Map.of("VOICEBUS_READER_DELTAS_PER_SECOND", "1", "VOICEBUS_DRAIN_MS", "100");
    try (ServeJvm server = ServeJvm.start(slow, List.of("--port", FREE))) {
      // given: a turn that takes a minute
      InputStream audio = speak(server.address(), "One, two. ".repeat(20)).body();
      audio.readNBytes(1000);
      // when
      server.stop();
      // then
      assertThatThrownBy(audio::readAllBytes).isInstanceOf(IOException.class);
      assertThat(server.ended(60)).isTrue();
      assertThat(server.said())
          .contains("turns that had not ended within drain-ms (100 ms) are broken off: 1");
    }
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

  /** Those of a cluster that is joined, too, and of all libraries. */
  @Test
  void eachLineOfALogForProgramsIsJson() {
    try (ServeJvm server =
        ServeJvm.start(
            Map.of("VOICEBUS_LOG_LEVEL", "INFO", "VOICEBUS_LOG_FORMAT", "json"),
            List.of("--cluster", "--cluster-port", "" + FreePorts.range(20), "--port", FREE))) {
      server.address();
      server.stop();
      assertThat(server.ended(60)).isTrue();
      List<String> said = server.said().lines().toList();
      assertThat(said).filteredOn(line -> line.startsWith("{")).hasSizeGreaterThan(3);
      assertThat(said)
          .as("what is logged, beside what serve says of itself")
          .noneMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*"));
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
    String errors = errors(second);
    assertThat(second.waitFor()).isEqualTo(ExitCodes.USAGE);
    assertThat(errors)
        .contains("cannot listen on port " + port + " of 127.0.0.1: another program has that port")
        .contains("--port")
        .doesNotContain("is ready");
  }

  @Test
  void aSecondSignalEndsItAtOnceWhileATurnGoesOn() throws Exception {
    // given: a turn of minutes, whose listener takes nothing
    Process process = serve(FREE);
    String address = address(process);
    InputStream audio = speak(address, "And here is one more of them. ".repeat(500)).body();
    audio.readNBytes(1000);
    // when
    signal(process);
    String draining = "";
    while (draining != null && !draining.contains("Ctrl-C again ends it at once")) {
      draining = process.errorReader().readLine();
    }
    signal(process);
    // then: the status of a process that the signal has ended
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(BY_TERM);
  }

  @Test
  void aTurnThatFailsGetsOneLineWithoutItsText() throws Exception {
    // given: a model that is not there
    String free = Integer.toString(FreePorts.range(1));
    Map<String, String> nowhere =
        Map.of(
            "VOICEBUS_SOURCE", "openai",
            "OPENAI_BASE_URL", "http://127.0.0.1:" + free + "/v1",
            "OPENAI_MODEL", "none",
            "OPENAI_RETRIES", "0");
    Process process = process(nowhere, "serve", "--port", FREE);
    String address = address(process);
    // when
    assertThat(speak(address, "Tell nobody of the treasure under the oak.").statusCode())
        .isGreaterThanOrEqualTo(500);
    String line = process.errorReader().readLine();
    while (!line.contains("turn ")) {
      line = process.errorReader().readLine();
    }
    // then
    assertThat(line)
        .containsPattern("WARN .* turn [A-Za-z0-9_-]{44} failed: text, unavailable, .*reached")
        .doesNotContain("treasure");
  }
}
