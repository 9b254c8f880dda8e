package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.WavHeader;
import io.voicebus.turn.SpoolLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners whose connection is lost, and who come back. */
class DetachedTurnTest extends DetachedTest {
  private static final int IN_MEMORY = SpoolLimits.DEFAULTS.turnMemory();

  /** Cut off at random places, in the middle of the head, of a piece and of a sample. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsReceivedOverAllConnectionsIsTheTurnsAudioByteForByte(long seed) throws Exception {
    // given
    Random random = new Random(seed);
    boolean asWav = seed % 2 == 0;
    String accept = "Accept: " + (asWav ? "audio/wav" : "audio/pcm");
    int length = 700_000;
    begin();
    FakeTurn turn = pipeline.nextTurn().format(24_000).flood(length);
    turn.end(Stage.TEXT, Stage.CHUNKER);
    byte[] expected = asWav ? wav(length) : flooded(0, length);
    // when
    ByteArrayOutputStream has = new ByteArrayOutputStream();
    while (has.size() < expected.length) {
      String[] headers =
          has.size() == 0
              ? new String[] {accept}
              : new String[] {accept, "Range: bytes=" + has.size() + "-"};
      RawClient listener =
          narrowClient().request("GET", path + "/audio", NOTHING, headers).awaitHead();
      assertThat(listener.status())
          .as(() -> "seed " + seed + " with " + has.size() + ": " + text(listener))
          .isEqualTo(has.size() == 0 ? 200 : 206);
      if (has.size() > 0) {
        assertThat(listener.header("content-range")).startsWith("bytes " + has.size() + "-");
      }
      int left = expected.length - has.size();
      int some = random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(80_000);
      has.writeBytes(listener.read(Math.min(left, 1 + some)));
      listener.close();
    }
    // then
    assertThat(has.toByteArray()).as("seed %d", seed).isEqualTo(expected);
  }

  private static String text(RawClient answer) {
    try {
      return answer.status() < 400 ? "" : answer.readText();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void curlResumesWhatItHasOfAFile(@TempDir Path folder) throws Exception {
    // given
    serve();
    String url = "http://localhost:" + http.actualPort() + startTurn() + "/audio";
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    Path file = folder.resolve("answer.wav");
    Process first = curl("-sSN", "-o", file.toString(), url);
    turn.audio(flooded(0, 10_000));
    while (!Files.exists(file) || Files.size(file) < WavHeader.BYTES + 10_000) {
      Thread.onSpinWait();
    }
    // when
    first.destroyForcibly().waitFor();
    turn.audio(flooded(10_000, 10_000));
    Process second = curl("-sSfN", "-C", "-", "-o", file.toString(), url);
    turn.audio(flooded(20_000, 10_000)).finish();
    // then
    assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).as(output(second)).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(wav(30_000));
    // and when there is nothing left, it leaves the file alone
    Process third = curl("-sS", "-C", "-", "-o", file.toString(), url);
    assertThat(third.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(third.exitValue()).as(output(third)).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(wav(30_000));
  }

  @Test
  void curlIsNotMadeToBelieveThatAPartIsAll(@TempDir Path folder) throws Exception {
    // given
    begin("spool-turn-file-bytes", 0);
    int length = 3 * IN_MEMORY;
    pipeline.nextTurn().format(24_000).flood(length);
    hear(length).close();
    // when
    Path file = folder.resolve("answer.wav");
    Files.write(file, wav(1000));
    Process curl =
        curl(
            "-sS",
            "-C",
            "-",
            "-o",
            file.toString(),
            "http://localhost:" + http.actualPort() + path + "/audio");
    // then
    assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(curl.exitValue()).isNotZero();
  }

  private static Process curl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aTurnThatWasSpokenAtOnceGoesOnUnderItsId() throws Exception {
    // given
    serve();
    RawClient speak = send("POST", "/v1/speak", utf8("hello"));
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(flooded(0, 100));
    path = "/v1/turns/" + speak.awaitHead().header("voicebus-turn");
    assertThat(speak.read(WavHeader.BYTES + 100)).isEqualTo(wav(100));
    speak.close();
    // when
    RawClient listener = audio("Range: bytes=94-");
    turn.audio(flooded(100, 100)).finish();
    // then
    assertThat(listener.header("content-range")).isEqualTo("bytes 94-9007199254740991/*");
    assertThat(listener.readAll()).isEqualTo(flooded(50, 150));
  }

  @Test
  void goesOnAtASampleWithAHeadOfItsOwn() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    hear(100).close();
    // when
    RawClient second = get(path + "/audio?from=20");
    turn.finish();
    // then
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.read(WavHeader.BYTES)).isEqualTo(WavHeader.streaming(24_000));
    assertThat(second.readAll()).isEqualTo(flooded(40, 60));
  }

  @Test
  void whoHasGotNothingBeginsAgain() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    audio().close();
    // when
    RawClient second = heardAgain();
    turn.finish();
    // then
    assertThat(second.readAll()).isEqualTo(wav(100));
  }

  /** The server hears of the loss a little later than the client. */
  private RawClient heardAgain() throws IOException {
    RawClient again = audio();
    while (again.status() == 409) {
      again = audio();
    }
    return again;
  }

  @Test
  void whoComesBackTakesOverFromItsHalfOpenConnection() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    RawClient first = hear(100);
    // when
    RawClient second = audio("Range: bytes=144-");
    turn.audio(flooded(100, 100)).finish();
    // then
    assertThat(second.readAll()).isEqualTo(flooded(100, 100));
    assertThatThrownBy(first::readAll).isInstanceOf(IOException.class);
  }

  @Test
  void saysFromWhereItCanGoOnWhenWhatIsLackingIsNotKept() throws Exception {
    // given
    begin("spool-turn-file-bytes", 0);
    int length = 3 * IN_MEMORY;
    FakeTurn turn = pipeline.nextTurn().format(24_000).flood(length);
    RawClient first = hear(length);
    // when
    RawClient refused = audio("Range: bytes=1000-");
    // then
    String body = refused.readText();
    assertThat(refused.status()).as(body).isEqualTo(410);
    JsonObject problem = new JsonObject(body);
    assertThat(problem.getString("type")).isEqualTo("/problems/not-kept");
    int from = Integer.parseInt(problem.getString("from"));
    assertThat(from).isBetween((length - IN_MEMORY) / 2, length / 2);
    // and the listener that there is goes on
    turn.end(Stage.TEXT, Stage.CHUNKER);
    assertThat(first.readAll()).isEmpty();
    // when
    RawClient rest = call("GET", path + "/audio?from=" + from, NOTHING, "Accept: audio/pcm");
    // then
    assertThat(rest.readAll()).isEqualTo(flooded(2L * from, length - 2 * from));
  }

  @Test
  void refusesWhoClaimsToHaveMoreThanWasSent() throws Exception {
    // given
    beginWithSound();
    hear(100);
    // then
    assertProblem(get(path + "/audio?from=51"), 400, "invalid-request", "only 50 samples");
    assertProblem(get(path + "/audio?from=one"), 400, "invalid-request", "'from'");
  }

  @Test
  void aPlayerThatSeeksAheadOfWhatWasSentGetsTheWhole() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    RawClient first = hear(100);
    // when: as RFC 9110 allows, section 14.2; players discard what they have, or stay where they
    // are
    RawClient ahead = audio("Range: bytes=1000-");
    // then
    assertThat(ahead.status()).isEqualTo(200);
    assertThat(ahead.header("content-range")).isEmpty();
    turn.finish();
    assertThat(ahead.readAll()).isEqualTo(wav(100));
    // and the listener that there is was not replaced
    assertThat(first.readAll()).isEmpty();
  }

  @Test
  void theLastOfAFinishedTurnCanBeFetchedForAWhile() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    RawClient first = audio();
    turn.finish();
    first.readAll();
    // when
    RawClient rest = audio("Range: bytes=100-");
    // then
    assertThat(rest.status()).isEqualTo(206);
    assertThat(rest.header("content-range")).isEqualTo("bytes 100-143/144");
    assertThat(rest.readAll()).isEqualTo(flooded(56, 44));
    // when
    RawClient none = audio("Range: bytes=144-");
    // then
    assertThat(none.header("content-range")).isEqualTo("bytes */144");
    assertProblem(none, 416, "range-not-satisfiable", "you have all of it");
  }

  @Test
  void afterThatWhileItIsGone() throws Exception {
    // given
    FakeTurn turn = beginWithSound("kept-ms", 0);
    RawClient first = audio();
    turn.finish();
    first.readAll();
    // then
    assertProblem(audio("Range: bytes=100-"), 404, "not-found");
  }

  @Test
  void aTurnThatFailedCanBeHeardAsFarAsItCame() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    hear(100).close();
    RawClient events = get(path + "/events");
    turn.fail(failure(Stage.PLAYBACK, FailureKind.INTERNAL));
    events.readText();
    // when
    RawClient rest = audio("Range: bytes=94-");
    // then
    assertThat(rest.read(50)).isEqualTo(flooded(50, 50));
    assertThatThrownBy(rest::readAll).isInstanceOf(IOException.class);
  }

  @Test
  void whoDeletesATurnThatNobodyListensToEndsItAtOnce() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    hear(100).close();
    // when
    assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
    // then
    turn.awaitCancelled();
    assertProblem(audio("Range: bytes=1000-"), 410, "cancelled");
  }

  @Test
  void readersOfEventsMissNothingOverADetach() throws Exception {
    // given
    begin();
    FakeTurn turn = pipeline.nextTurn().speaks(0, "one");
    RawClient audio = send("GET", path + "/audio?from=0", NOTHING);
    RawClient events = get(path + "/events");
    assertThat(events.readEvent()).startsWith("id: 1\nevent: text");
    audio.close();
    events.close();
    // when
    RawClient again = call("GET", path + "/events", NOTHING, "Last-Event-ID: 1");
    // then
    assertThat(again.readEvent()).startsWith("id: 2\nevent: chunk");
    send("GET", path + "/audio?from=0", NOTHING);
    turn.finish();
    assertThat(again.readText()).contains("id: 4\nevent: end");
  }
}
