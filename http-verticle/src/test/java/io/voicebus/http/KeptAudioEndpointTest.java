package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioEncoder;
import io.voicebus.bus.Stage;
import io.voicebus.contract.WavHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who hear a turn besides its listener, late or again: what is kept of its audio. */
class KeptAudioEndpointTest extends DetachedTest {
  /** More than memory takes. */
  private static final int LONG = 1_000_000;

  private static final String PCM = "Accept: audio/pcm";

  /** A turn of so many bytes that its listener has heard to its end. */
  private void finished(int bytes, Object... settings) throws Exception {
    begin(settings);
    pipeline.nextTurn().format(24_000).flood(bytes).end(Stage.TEXT, Stage.CHUNKER);
    assertThat(audio(PCM).readAll()).hasSize(bytes);
  }

  private static byte[] file(int bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(WavHeader.exact(24_000, bytes));
    all.writeBytes(flooded(0, bytes));
    return all.toByteArray();
  }

  @Test
  void aFinishedTurnIsAFileWithLengthAndTag() throws Exception {
    finished(LONG);
    // when
    RawClient whole = audio();
    // then
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.header("content-length")).isEqualTo(String.valueOf(LONG + WavHeader.BYTES));
    assertThat(whole.header("content-type")).isEqualTo("audio/wav");
    assertThat(whole.header("accept-ranges")).isEqualTo("bytes");
    assertThat(whole.header("voicebus-outcome")).isEqualTo("finished");
    String tag = whole.header("etag");
    assertThat(tag).matches("\"[^\"]+\"");
    assertThat(whole.readAll()).isEqualTo(file(LONG));
    // and: the head alone says the same
    RawClient head = call("HEAD", path + "/audio", NOTHING, "Range: bytes=0-1");
    assertThat(head.status()).isEqualTo(200);
    for (String header : new String[] {"content-length", "content-type", "accept-ranges", "etag"}) {
      assertThat(head.header(header)).as(header).isEqualTo(whole.header(header));
    }
    // and: who has it gets it no more
    for (String known : new String[] {tag, "\"other\", W/" + tag, "*"}) {
      RawClient again = audio("If-None-Match: " + known);
      assertThat(again.status()).as(known).isEqualTo(304);
      assertThat(again.header("etag")).isEqualTo(tag);
    }
    assertThat(audio("If-None-Match: \"other\"").status()).isEqualTo(200);
    assertThat(audio("If-Match: " + tag).status()).isEqualTo(200);
    assertProblem(audio("If-Match: \"other\""), 412, "precondition-failed");
  }

  @Test
  void anyOneRangeOfItIsExact() throws Exception {
    finished(LONG);
    byte[] all = file(LONG);
    int end = all.length;
    int[][] parts = {
      {0, 1},
      {0, end - 1},
      {43, 44},
      {44, 44},
      {45, 46},
      {45, 100_000},
      {17, 600_001},
      {500_001, 500_001},
      {end - 1, end - 1},
      {700_000, end - 1}
    };
    for (int[] part : parts) {
      RawClient answer = audio("Range: bytes=" + part[0] + "-" + part[1]);
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("content-range"))
          .isEqualTo("bytes " + part[0] + "-" + part[1] + "/" + end);
      assertThat(answer.header("content-length")).isEqualTo(String.valueOf(part[1] + 1 - part[0]));
      assertThat(answer.readAll()).isEqualTo(Arrays.copyOfRange(all, part[0], part[1] + 1));
    }
    // and: with an open end, beyond the end, and counted from the end
    String[][] others = {
      {"bytes=0-", "0"},
      {"bytes=44-", "44"},
      {"bytes = 45 - ", "45"},
      {"bytes=44-999999999", "44"},
      {"bytes=-1", String.valueOf(end - 1)},
      {"bytes=-100", String.valueOf(end - 100)},
      {"bytes=-99999999", "0"}
    };
    for (String[] other : others) {
      RawClient answer = audio("Range: " + other[0]);
      int from = Integer.parseInt(other[1]);
      assertThat(answer.status()).as(other[0]).isEqualTo(206);
      assertThat(answer.header("content-range"))
          .isEqualTo("bytes " + from + "-" + (end - 1) + "/" + end);
      assertThat(answer.readAll()).isEqualTo(Arrays.copyOfRange(all, from, end));
    }
    // and: the samples alone have no head
    assertThat(audio(PCM, "Range: bytes=3-6").readAll()).isEqualTo(flooded(3, 4));
    assertThat(call("GET", path + "/audio?from=10", NOTHING, PCM, "Range: bytes=3-6").readAll())
        .isEqualTo(flooded(23, 4));
  }

  @Test
  void whatIsNoRangeOfItIsIgnoredOrRefused() throws Exception {
    finished(1000);
    int end = 1000 + WavHeader.BYTES;
    // then: these get all of it
    for (String ignored :
        new String[] {
          "bytes=2-1",
          "bytes=",
          "bytes=-",
          "bytes=a-",
          "items=0-1",
          "bytes=0-1,5-6",
          "0-1",
          "bytes=0-1-2",
          "bytes=99999999999999999999-",
          "bytes=20-"
        }) {
      RawClient answer = audio("Range: " + ignored);
      assertThat(answer.status()).as(ignored).isEqualTo(200);
      assertThat(answer.readAll()).isEqualTo(file(1000));
    }
    // and: these have nothing left to get
    for (String none : new String[] {"bytes=" + end + "-", "bytes=5000-6000", "bytes=-0"}) {
      RawClient answer = audio("Range: " + none);
      assertThat(answer.header("content-range")).as(none).isEqualTo("bytes */" + end);
      assertThat(answer.header("content-length")).isNotEqualTo("0");
      assertProblem(answer, 416, "range-not-satisfiable");
    }
    // and: a part of something else is of no use
    String tag = audio().header("etag");
    assertThat(audio("Range: bytes=20-21", "If-Range: " + tag).status()).isEqualTo(206);
    assertThat(audio("Range: bytes=20-", "If-Range: " + tag).status()).isEqualTo(206);
    for (String other :
        new String[] {"\"other\"", "W/" + tag, "Thu, 26 Nov 2026 12:00:00 GMT", "*"}) {
      assertThat(audio("Range: bytes=20-21", "If-Range: " + other).status()).isEqualTo(200);
    }
  }

  @Test
  void curlGoesOnWithAFileThatWasCutOffAndLeavesAWholeOneAlone(@TempDir Path folder)
      throws Exception {
    finished(LONG);
    byte[] all = file(LONG);
    Path file = folder.resolve("answer.wav");
    for (int has : new int[] {400_001, all.length}) {
      Files.write(file, Arrays.copyOf(all, has));
      String url = "http://localhost:" + http.actualPort() + path + "/audio";
      Process curl =
          new ProcessBuilder("curl", "-sS", "-C", "-", "-o", file.toString(), url)
              .redirectErrorStream(true)
              .start();
      String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(curl.exitValue()).as(said).isZero();
      assertThat(Files.readAllBytes(file)).isEqualTo(all);
    }
  }

  @Test
  void oneThatComesLateIsEncodedFromWhatIsKept() throws Exception {
    finished(100_000);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    try (AudioEncoder encoder = AudioCoding.of("flac").encoder()) {
      expected.writeBytes(encoder.begin(24_000));
      expected.writeBytes(encoder.encode(flooded(0, 100_000)));
      expected.writeBytes(encoder.end());
    }
    // when: a range of audio that is encoded again would not be exact
    RawClient answer = call("GET", path + "/audio?format=flac", NOTHING, "Range: bytes=10-20");
    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("accept-ranges")).isEqualTo("none");
    assertThat(answer.header("etag")).startsWith("W/\"");
    assertThat(answer.readAll()).isEqualTo(expected.toByteArray());
    assertThat(audio("Accept: audio/flac", "If-None-Match: " + answer.header("etag")).status())
        .isEqualTo(304);
    assertThat(call("HEAD", path + "/audio?format=opus", NOTHING).header("content-type"))
        .isEqualTo("audio/ogg");
  }

  @Test
  void severalHearATurnWhileItIsSpoken() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    RawClient first = hear(100);
    // when: one comes late, and one with a format of its own
    RawClient second = audio(PCM);
    RawClient third = get(path + "/audio?follow=true");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.read(100)).isEqualTo(flooded(0, 100));
    turn.audio(flooded(100, 900)).finish();
    // then
    assertThat(first.readAll()).isEqualTo(flooded(100, 900));
    assertThat(second.readAll()).isEqualTo(flooded(100, 900));
    assertThat(third.readAll()).isEqualTo(wav(1000));
  }

  @Test
  void oneThatNeverReadsNeverSlowsTheListenerDownAndLosesNothing() throws Exception {
    // given
    begin();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient first = audio(PCM);
    RawClient sleeper = narrowClient().request("GET", path + "/audio?follow=true", NOTHING, PCM);
    sleeper.awaitHead();
    // when
    turn.flood(3 * LONG).end(Stage.TEXT, Stage.CHUNKER);
    // then
    assertThat(first.readAll()).isEqualTo(flooded(0, 3 * LONG));
    assertThat(sleeper.readAll()).isEqualTo(flooded(0, 3 * LONG));
  }

  @Test
  void whenTheListenerIsLostOneWhoFollowsIsTheListener() throws Exception {
    // given
    FakeTurn turn = beginWithSound("detach-ms", 1);
    RawClient first = hear(100);
    RawClient onlyFollows = get(path + "/audio?follow=true");
    RawClient second = audio(PCM);
    second.read(100);
    // when
    first.close();
    turn.flood(LONG).end(Stage.TEXT, Stage.CHUNKER);
    // then
    assertThat(second.readAll()).isEqualTo(flooded(0, LONG));
    assertThat(onlyFollows.readAll()).hasSize(WavHeader.BYTES + 100 + LONG);
  }

  @Test
  void whenTheListenerTakesNothingForTooLongOneWhoFollowsIsTheListener() throws Exception {
    // given
    begin("stalled-ms", 300);
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient sleeper = narrowClient().request("GET", path + "/audio", NOTHING, PCM);
    sleeper.awaitHead();
    RawClient second = audio(PCM);
    // when
    turn.flood(3 * LONG).end(Stage.TEXT, Stage.CHUNKER);
    // then
    assertThat(second.readAll()).isEqualTo(flooded(0, 3 * LONG));
    assertThatThrownBy(sleeper::readAll).isInstanceOf(IOException.class);
  }

  @Test
  void oneThatOnlyFollowsKeepsNoTurnAlive() throws Exception {
    // given
    FakeTurn turn = beginWithSound("detach-ms", 1);
    RawClient first = hear(100);
    RawClient follower = get(path + "/audio?follow=true");
    follower.read(WavHeader.BYTES + 100);
    // when
    first.close();
    // then
    turn.awaitCancelled();
    assertThatThrownBy(follower::readAll).isInstanceOf(IOException.class);
  }

  @Test
  void aListenerThatComesBackTakesOverFromNobodyWhoFollows() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    RawClient first = hear(100);
    RawClient second = audio(PCM);
    second.read(100);
    first.close();
    // when
    RawClient back = audio("Range: bytes=94-");
    assertThat(back.status()).isEqualTo(206);
    turn.audio(flooded(100, 100)).finish();
    // then
    assertThat(back.readAll()).isEqualTo(flooded(50, 150));
    assertThat(second.readAll()).isEqualTo(flooded(100, 100));
  }

  @Test
  void ofACancelledTurnWhatWasHeardIsKept() throws Exception {
    // given
    FakeTurn turn = beginWithSound();
    turn.audio(flooded(100, 1900));
    RawClient listener = hear(2000);
    post(path + "/position", "{\"played_ms\": 20}");
    assertThat(turn.awaitPosition().playedMs()).isEqualTo(20);
    // when
    assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
    assertThatThrownBy(listener::readAll).isInstanceOf(IOException.class);
    // then: of 20 ms at 24 kHz
    RawClient heard = audio();
    assertThat(heard.header("voicebus-outcome")).isEqualTo("cancelled");
    assertThat(heard.readAll()).isEqualTo(file(960));
    assertThat(audio("Range: bytes=100-103").readAll()).isEqualTo(flooded(56, 4));
    // and: who has more is not made to believe that this was all
    assertProblem(audio("Range: bytes=1500-"), 410, "cancelled", "what was heard");
    assertProblem(get(path + "/audio?from=481"), 410, "cancelled", "what was heard");
    assertThat(call("GET", path + "/audio?from=480", NOTHING, PCM).readAll()).isEmpty();
  }

  @Test
  void aDiskThatTakesNothingHarmsNoTurnAndItIsTold(@TempDir Path folder) throws Exception {
    // given
    Path file = Files.createFile(folder.resolve("file"));
    begin("spool-directory", file.resolve("folder").toString());
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient events = get(path + "/events");
    // when
    turn.flood(LONG).end(Stage.TEXT, Stage.CHUNKER);
    RawClient first = audio(PCM);
    // then
    assertThat(first.readAll()).isEqualTo(flooded(0, LONG));
    assertThat(events.readText())
        .containsOnlyOnce("event: notice")
        .contains("\"notice\":\"not-kept\"", "only the latest audio can be had again");
    assertProblem(audio(), 410, "not-kept", "?from=");
    // and: the latest can be had
    RawClient rest = audio(PCM, "Range: bytes=" + (LONG - 1001) + "-");
    assertThat(rest.header("content-length")).isEqualTo("1001");
    assertThat(rest.readAll()).isEqualTo(flooded(LONG - 1001, 1001));
  }

  @Test
  void filesAreGoneWithTheTurnAndWithTheServer(@TempDir Path folder) throws Exception {
    finished(LONG, "spool-directory", folder.toString());
    assertThat(openIn(folder)).isEqualTo(1);
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names).isEmpty();
    }
    // when
    vertx.close().await(10, TimeUnit.SECONDS);
    // then
    assertThat(openIn(folder)).isZero();
  }

  @Test
  void whatWasHeardMakesRoomForWhatComesLater(@TempDir Path folder) throws Exception {
    serve("spool-directory", folder.toString(), "spool-files-bytes", 5 * LONG / 2);
    for (int turn = 0; turn < 5; turn++) {
      path = startTurn();
      pipeline.nextTurn().format(24_000).flood(LONG).end(Stage.TEXT, Stage.CHUNKER);
      // when
      RawClient events = get(path + "/events");
      assertThat(audio(PCM).readAll()).hasSize(LONG);
      // then
      assertThat(events.readText()).doesNotContain("not-kept");
      assertThat(audio().readAll()).as("turn " + turn).isEqualTo(file(LONG));
      assertThat(openIn(folder)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void nothingIsLeftOfAForgottenTurnHoweverItsListenerWent(@TempDir Path folder) throws Exception {
    serve("spool-directory", folder.toString(), "kept-turns", 0);
    for (int way = 0; way < 4; way++) {
      path = startTurn();
      FakeTurn turn = pipeline.nextTurn().format(24_000).flood(LONG);
      RawClient listener = audio(PCM);
      // when
      if (way == 0) {
        turn.end(Stage.TEXT, Stage.CHUNKER);
        listener.readAll();
      } else if (way == 1) {
        listener.read(LONG / 2);
        assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
      } else if (way == 2) {
        assertThat(post(path + "/position", "{\"played_ms\": 0, \"paused\": true}").status())
            .isEqualTo(204);
        assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
      } else {
        listener.read(LONG / 2);
        listener.close();
        assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
      }
      // then
      awaitNothingOpenIn(folder, "way " + way);
    }
    // and: of one that its client left before its end
    RawClient client =
        send(
            "POST",
            "/v1/audio/speech",
            utf8("{\"input\": \"Hi.\", \"response_format\": \"pcm\"}"),
            JSON);
    pipeline.nextTurn().format(24_000).flood(LONG);
    client.awaitHead();
    client.read(LONG); // all that there is so far
    client.close();
    awaitNothingOpenIn(folder, "OpenAI's speech");
  }

  @Test
  void nothingIsLeftOfASessionThatItsClientClosed(@TempDir Path folder) throws Exception {
    serve("spool-directory", folder.toString(), "kept-turns", 0);
    SocketClient client = new SocketClient(vertx, http.actualPort(), "/v1/session");
    client.message("session");
    client.say("{\"type\": \"prompt\", \"text\": \"Hi.\"}");
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    client.message("begin");
    turn.flood(LONG);
    client.audio(LONG / 2);
    // when
    client.close();
    // then
    turn.awaitCancelled();
    awaitNothingOpenIn(folder, "a session");
  }

  private static void awaitNothingOpenIn(Path folder, String what) throws IOException {
    long begun = System.nanoTime();
    while (openIn(folder) > 0) {
      assertThat(System.nanoTime() - begun).as(what).isLessThan(20_000_000_000L);
      Thread.onSpinWait();
    }
  }

  /** Files of this process below a folder, as the system shows them. */
  private static long openIn(Path folder) throws IOException {
    Path real = folder.toRealPath();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(
              each -> {
                try {
                  return Files.readSymbolicLink(each).startsWith(real);
                } catch (IOException closedMeanwhile) {
                  return false;
                }
              })
          .count();
    }
  }
}
