package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What answers under the speech service's address is no speech service, or a bad one: with the
 * settings that are there anyway, alone and with the voice of this machine behind it.
 */
@Tag("slow")
@Timeout(60)
class HostileSpeechTest {
  private static final String ALONE = "openai";
  private static final String WITH_ANOTHER = "openai,embedded";
  private static final int RATE_HZ = 24_000;

  private final Vertx vertx = Vertx.vertx();

  /** The texts that it was asked to speak. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String server(BiConsumer<String, HttpServerResponse> answer) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> request.body().onSuccess(body -> speak(request, body, answer)));
    return "http://127.0.0.1:" + await(server.listen(0, "127.0.0.1")).actualPort();
  }

  private void speak(
      HttpServerRequest request, Buffer body, BiConsumer<String, HttpServerResponse> answer) {
    if (request.method().equals(HttpMethod.POST)) {
      String text = new JsonObject(body).getString("input");
      asked.add(text);
      answer.accept(text, request.response());
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private static LocalPipeline pipeline(String url, String engines) {
    return new LocalPipeline.Setup()
        .tts("openai-speech-base-url", url)
        .tts("engines", engines)
        .start();
  }

  private static byte[] sound(String text) {
    return EmulatedSpeech.pcm(text + " ", RATE_HZ);
  }

  private static void say(String text, HttpServerResponse response) {
    response.putHeader("content-type", "audio/pcm").end(Buffer.buffer(sound(text)));
  }

  /** Sends a piece again and again, as long as somebody listens. */
  private void forEver(HttpServerResponse response, byte[] piece, long everyMs) {
    long timer = vertx.setPeriodic(everyMs, id -> response.write(Buffer.buffer(piece)));
    response.exceptionHandler(gone -> {});
    response.closeHandler(gone -> vertx.cancelTimer(timer));
  }

  private static String text(int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append("This is the sentence ").append((char) ('a' + i)).append(" of all of them. ");
    }
    return text.toString().strip();
  }

  private static HeardTurn finished(HeardTurn turn) {
    assertThat(turn.ended().outcome()).as("%s", turn.ended()).isEqualTo(Outcome.FINISHED);
    assertThat(turn.events(TurnEvent.Skipped.class)).isEmpty();
    return turn;
  }

  private static void assertWholeInItsVoice(HeardTurn turn) {
    new HeardWords(finished(turn).pcm()).readAll(turn.captions());
  }

  private static void assertInWords(HeardTurn turn, String... words) {
    assertThat(turn.ended().outcome()).isEqualTo(Outcome.FAILED);
    Failure why = Objects.requireNonNull(turn.ended().failure());
    assertThat(why.detail()).contains(words);
  }

  private static boolean spokenBy(HeardTurn turn, String engine) {
    return turn.events(TurnEvent.Mark.class).stream()
        .map(TurnEvent.Mark::mark)
        .filter(mark -> mark.kind() == PlayoutMark.Kind.CHUNK_START)
        .allMatch(mark -> mark.engine().startsWith(engine));
  }

  @Test
  void aServiceThatIsSlowerNowAndThenKeepsItsTurns() {
    // given: what it mostly needs is known
    Set<String> once = ConcurrentHashMap.newKeySet();
    String url =
        server(
            (text, response) ->
                vertx.setTimer(
                    text.contains(" h ") && once.add(text) ? 2_400 : 700,
                    id -> say(text, response)));
    try (LocalPipeline pipeline = pipeline(url, WITH_ANOTHER)) {
      String known = text(7) + " And the last sentence of the first turn. And another one.";
      assertWholeInItsVoice(pipeline.hear(known, LocalPipeline.SENTENCES));
      // when
      HeardTurn turn = pipeline.hear(text(10), LocalPipeline.SENTENCES);
      // then
      assertWholeInItsVoice(turn);
      assertThat(once).hasSize(1);
    }
  }

  @Test
  void aLoginPageIsToldOfAfterThreeQuestionsForASentence() {
    String url = server((text, response) -> page(response));
    try (LocalPipeline pipeline = pipeline(url, ALONE)) {
      HeardTurn turn = pipeline.hear(text(5), LocalPipeline.SENTENCES);
      assertInWords(turn, "openai-speech-base-url", "it is text");
      assertThat(asked).hasSizeLessThanOrEqualTo(3 * 5);
    }
  }

  @Test
  void whereAnotherEngineIsThereALoginPageIsNoMatter() {
    String url = server((text, response) -> page(response));
    try (LocalPipeline pipeline = pipeline(url, WITH_ANOTHER)) {
      HeardTurn turn = pipeline.hear(text(5), LocalPipeline.SENTENCES);
      assertThat(spokenBy(finished(turn), "embedded")).isTrue();
      assertThat(turn.pcm().length).isGreaterThan(5 * 32_000);
      assertThat(asked).hasSizeLessThanOrEqualTo(3 * 5);
    }
  }

  private static void page(HttpServerResponse response) {
    response
        .putHeader("content-type", "text/html; charset=utf-8")
        .end("\n<!DOCTYPE html>\n<html><title>Sign in to the network</title></html>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | 0",
        "openai,embedded | 0",
        "openai | Thu, 01 Jan 2015 00:00:00 GMT",
        "openai | Tue, 01 Jan 2120 00:00:00 GMT"
      })
  void aServiceThatRefusesAndSaysComeBackAtOnceIsNotHammered(String engines, String after) {
    // given: its clock is wrong, or it has none
    long[] first = {0};
    String url =
        server(
            (text, response) -> {
              long now = System.nanoTime();
              first[0] = first[0] == 0 ? now : first[0];
              if (now - first[0] < 1_200_000_000L) {
                response
                    .setStatusCode(429)
                    .putHeader("retry-after", after)
                    .end("{\"error\":{\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}");
              } else {
                say(text, response);
              }
            });
    try (LocalPipeline pipeline = pipeline(url, engines)) {
      // when
      HeardTurn turn = pipeline.hear(text(5), LocalPipeline.SENTENCES);
      // then
      assertWholeInItsVoice(turn);
      assertThat(asked).hasSizeLessThan(25);
    }
  }

  @Test
  void aServiceThatHasAFaultAndSaysComeBackAtOnceIsGivenAMoment() {
    long[] first = {0};
    String url =
        server(
            (text, response) -> {
              long now = System.nanoTime();
              first[0] = first[0] == 0 ? now : first[0];
              if (now - first[0] < 500_000_000L) {
                response.setStatusCode(503).putHeader("retry-after", "0").end();
              } else {
                say(text, response);
              }
            });
    try (LocalPipeline pipeline = pipeline(url, ALONE)) {
      assertWholeInItsVoice(pipeline.hear(text(3), LocalPipeline.SENTENCES));
      assertThat(asked).hasSizeLessThan(12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALONE, WITH_ANOTHER})
  void silenceThatHasNoEndIsNoSpeech(String engines) {
    String url =
        server(
            (text, response) ->
                forEver(
                    response.setChunked(true).putHeader("content-type", "audio/pcm"),
                    new byte[48 * 400],
                    20));
    try (LocalPipeline pipeline = pipeline(url, engines)) {
      HeardTurn turn = pipeline.hear(text(2), LocalPipeline.SENTENCES);
      if (engines.equals(ALONE)) {
        assertInWords(turn, "no sound");
        assertThat(turn.pcm()).isEmpty();
      } else {
        assertThat(spokenBy(finished(turn), "embedded")).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALONE, WITH_ANOTHER})
  void silenceThatHasNoEndAfterASentenceIsItsEnd(String engines) {
    String url =
        server(
            (text, response) -> {
              response.setChunked(true).putHeader("content-type", "audio/pcm");
              response.write(Buffer.buffer(sound(text)));
              forEver(response, new byte[48 * 400], 20);
            });
    try (LocalPipeline pipeline = pipeline(url, engines)) {
      HeardTurn turn = finished(pipeline.hear(text(3), LocalPipeline.SENTENCES));
      assertThat(spokenBy(turn, "openai")).isTrue();
      assertThat(asked).containsExactlyInAnyOrderElementsOf(turn.captions());
      byte[] first = sound(turn.captions().get(0));
      assertThat(Arrays.copyOf(turn.pcm(), first.length)).isEqualTo(first);
    }
  }

  @Test
  void aTrickleOfSamplesIsSilence() {
    String url =
        server(
            (text, response) -> {
              response.setChunked(true).putHeader("content-type", "audio/pcm");
              forEver(response, new byte[] {0, 64}, 100);
            });
    try (LocalPipeline pipeline = pipeline(url, WITH_ANOTHER)) {
      HeardTurn turn = finished(pipeline.hear(text(2), LocalPipeline.SENTENCES));
      assertThat(turn.pcm().length).isGreaterThan(2 * 32_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALONE, WITH_ANOTHER})
  void aFileThatEndsBeforeItsOwnEndGoesOnInTheSameVoice(String engines) {
    // given: the first answer to a sentence stops at 60 % of what its head says
    Set<String> once = ConcurrentHashMap.newKeySet();
    String url =
        server(
            (text, response) -> {
              byte[] whole = wav(sound(text));
              int part = text.contains(" b ") && once.add("b") ? whole.length * 3 / 5 : 0;
              response
                  .setChunked(true)
                  .putHeader("content-type", "audio/wav")
                  .end(Buffer.buffer(part == 0 ? whole : Arrays.copyOf(whole, part)));
            });
    try (LocalPipeline pipeline = pipeline(url, engines)) {
      HeardTurn turn = finished(pipeline.hear(text(3), LocalPipeline.SENTENCES));
      assertThat(spokenBy(turn, "openai")).isTrue();
      String cut = turn.captions().get(1);
      assertThat(asked).anyMatch(text -> !text.equals(cut) && cut.endsWith(text));
    }
  }

  private static byte[] wav(byte[] pcm) {
    ByteBuffer file = ByteBuffer.allocate(44 + pcm.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + pcm.length);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(RATE_HZ).putInt(2 * RATE_HZ);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(pcm.length).put(pcm);
    return file.array();
  }

  @ParameterizedTest
  @ValueSource(strings = {ALONE, WITH_ANOTHER})
  void aKeyThatIsRefusedOnceAmongGoodAnswersIsTriedAgain(String engines) {
    Set<String> once = ConcurrentHashMap.newKeySet();
    String url =
        server(
            (text, response) -> {
              if (text.contains(" d ") && once.add(text)) {
                response.setStatusCode(401).end("{\"error\":{\"code\":\"invalid_api_key\"}}");
              } else {
                say(text, response);
              }
            });
    try (LocalPipeline pipeline = pipeline(url, engines)) {
      assertWholeInItsVoice(pipeline.hear(text(6), LocalPipeline.SENTENCES));
      assertThat(once).hasSize(1);
    }
  }

  @Test
  void speechThatIsCompressedOnTheWayIsToldOf() {
    String url =
        server(
            (text, response) -> {
              response.putHeader("content-encoding", "gzip");
              say(text, response);
            });
    try (LocalPipeline pipeline = pipeline(url, ALONE)) {
      assertInWords(pipeline.hear(text(2), LocalPipeline.SENTENCES), "compressed");
    }
  }
}
