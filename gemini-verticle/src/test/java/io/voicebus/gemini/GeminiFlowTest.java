package io.voicebus.gemini;

import static io.voicebus.gemini.GeminiBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.Relay;
import io.voicebus.emulators.TextPace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiFlowTest {
  private static final long REFUSED_STREAM = 7;

  @TempDir static Path dir;
  private static Path pem;
  private static PfxOptions certificate;

  private static String numbers(int upTo) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < upTo; i++) {
      text.append(i).append(' ');
    }
    return text.toString();
  }

  @Test
  void aBigAnswerWaitsWhileItIsPausedAndIsWholeAfterwards() {
    String big = numbers(6_000_000);
    GeminiScript script = GeminiScript.answer(big).at(new TextPace(0, 0, 4000));
    boolean[] paused = new boolean[1];
    boolean[] toldWhilePaused = new boolean[1];
    try (GeminiBench bench =
        GeminiBench.answering(
                call -> call.prompt().equals("big") ? script : GeminiScript.answer("small"))
            .start()) {
      // given: paused at the first piece
      Answer[] under0 = new Answer[1];
      RecordedAnswer answer =
          bench.ask(
              "big",
              (under, piece) -> {
                toldWhilePaused[0] |= paused[0];
                if (under0[0] == null) {
                  under0[0] = under;
                  paused[0] = true;
                  under.pause();
                }
                return null;
              });
      await(answer.first());
      // when: others are served in the meantime
      for (int i = 0; i < 100; i++) {
        assertThat(bench.hear("small").text()).isEqualTo("small");
      }
      // then
      assertThat(bench.emulator().openRequests()).isEqualTo(1);
      assertThat(bench.emulator().sentBytes()).isLessThan(big.length() / 2);
      bench.run(
          () -> {
            paused[0] = false;
            under0[0].resume();
            return 0;
          });
      assertThat(await(answer.over())).isEmpty();
      assertThat(answer.text().equals(big)).isTrue();
      assertThat(toldWhilePaused[0]).isFalse();
    }
  }

  @Test
  void aSinkThatPausesAndResumesAtEveryPieceMissesNothing() {
    String text = numbers(50_000);
    GeminiScript script = GeminiScript.answer(text).at(new TextPace(0, 0, 20));
    try (GeminiBench bench = GeminiBench.playing(script).start()) {
      // when
      RecordedAnswer answer =
          bench.ask(
              "hello",
              (under, piece) -> {
                under.pause();
                under.resume();
                return null;
              });
      // then
      assertThat(await(answer.over())).isEmpty();
      assertThat(answer.text()).isEqualTo(text);
    }
  }

  @Test
  void anAnswerThatIsPausedIsWholeEvenIfTheServiceGoesAwayAfterItsEnd() {
    String text = numbers(5_000);
    GeminiScript script = GeminiScript.answer(text).at(new TextPace(0, 0, 100));
    try (GeminiBench bench = GeminiBench.playing(script).start()) {
      // given
      Answer[] answer = new Answer[1];
      RecordedAnswer recorded =
          bench.ask(
              "hello",
              (under, piece) -> {
                if (answer[0] == null) {
                  answer[0] = under;
                  under.pause();
                }
                return null;
              });
      await(recorded.first());
      // when
      await(bench.emulator().idle());
      await(bench.emulator().close());
      bench.run(
          () -> {
            answer[0].resume();
            return 0;
          });
      // then
      assertThat(await(recorded.over())).isEmpty();
      assertThat(recorded.text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 40, 100, 200})
  void aPausedAnswerNeverHoldsUpOneThatTakesItsConnectionAfterIt(int kilobytes) {
    GeminiScript script =
        GeminiScript.answer(SourceBench.text(kilobytes * 1000)).at(new TextPace(0, 0, 10));
    try (GeminiBench bench =
        GeminiBench.answering(
                call -> call.prompt().equals("held") ? script : GeminiScript.answer("small"))
            .start()) {
      // given
      List<Answer> held = new ArrayList<>();
      List<RecordedAnswer> recorded = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        recorded.add(
            bench.ask(
                "held",
                (under, piece) -> {
                  if (!held.contains(under)) {
                    held.add(under);
                    under.pause();
                  }
                  return null;
                }));
      }
      recorded.forEach(answer -> await(answer.first()));
      // when
      for (int i = 0; i < 10; i++) {
        assertThat(bench.hear("small").text()).isEqualTo("small");
      }
      // then
      bench.run(
          () -> {
            held.forEach(Answer::resume);
            return 0;
          });
      recorded.forEach(answer -> assertThat(await(answer.over())).isEmpty());
    }
  }

  @Test
  void aThousandAnswersAreHeardAtOnce() {
    TextPace pace = new TextPace(20, 100, 5);
    try (GeminiBench bench =
        GeminiBench.answering(call -> GeminiScript.answer(call.prompt()).at(pace)).start()) {
      // when
      List<RecordedAnswer> answers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        RecordedAnswer recorded = new RecordedAnswer(piece -> {});
        bench.ask(i + " " + numbers(60), recorded);
        answers.add(recorded);
      }
      // then
      for (int i = 0; i < 1000; i++) {
        assertThat(await(answers.get(i).over())).isEmpty();
        assertThat(answers.get(i).text()).isEqualTo(i + " " + numbers(60));
      }
      await(bench.emulator().idle());
      assertThat(bench.emulator().totalRequests()).isEqualTo(1000);
    }
  }

  @Test
  void aPauseHoldsAtOnceAndStopsEveryLimitUntilItIsResumed() {
    ManualTime time = new ManualTime();
    GeminiScript held = GeminiScript.answer("abcdefgh").at(new TextPace(0, 0, 1));
    try (GeminiBench bench =
        GeminiBench.playing(held.ending(GeminiEnding.SILENCE)).time(time).start()) {
      // given
      Answer[] answer = new Answer[1];
      RecordedAnswer recorded =
          bench.ask(
              "hello",
              (under, piece) -> {
                answer[0] = under;
                under.pause();
                return null;
              });
      await(recorded.first());
      // when
      bench.run(
          () -> {
            time.advance(Duration.ofHours(5));
            return 0;
          });
      // then
      assertThat(recorded.text()).isEqualTo("abcd");
      assertThat(recorded.over().isComplete()).isFalse();
      // and
      bench.run(
          () -> {
            answer[0].resume();
            time.advance(Duration.ofHours(1));
            return 0;
          });
      bench.run(
          () -> {
            answer[0].resume();
            time.advance(Duration.ofHours(1));
            return 0;
          });
      assertThat(await(recorded.over())).map(Failure::kind).contains(FailureKind.TIMEOUT);
      assertThat(time.waiting()).isZero();
    }
  }

  @Test
  void overTlsManyAnswersShareAConnectionAndOneThatIsCancelledHarmsNoOther() throws Exception {
    try (GeminiBench bench =
        GeminiBench.answering(
                call ->
                    call.prompt().equals("held")
                        ? GeminiScript.answer("abc").ending(GeminiEnding.SILENCE)
                        : GeminiScript.answer(call.prompt()))
            .emulator(options -> options.withCertificate(certificate))
            .client(options -> options.setTrustOptions(certificate))
            .start()) {
      // given
      assertThat(bench.emulator().baseUrl()).startsWith("https:");
      await(bench.run(() -> bench.source().warm()));
      List<RecordedAnswer> held = new ArrayList<>();
      List<Answer> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        RecordedAnswer recorded = new RecordedAnswer(piece -> {});
        answers.add(bench.ask("held", recorded));
        held.add(recorded);
      }
      held.forEach(answer -> await(answer.first()));
      // when
      RecordedAnswer other = bench.hear("hello");
      answers.forEach(
          answer ->
              bench.run(
                  () -> {
                    answer.cancel();
                    return 0;
                  }));
      await(bench.emulator().idle());
      // then
      assertThat(other.text()).isEqualTo("hello");
      assertThat(bench.hear("again").text()).isEqualTo("again");
      assertThat(bench.emulator().connections()).isEqualTo(1);
      assertThat(bench.emulator().http2Requests()).isEqualTo(52);
    }
  }

  @Test
  void overTlsAServiceWithoutHttp2IsSpokenToAsWell() throws Exception {
    try (GeminiBench bench =
        GeminiBench.answering(call -> GeminiScript.answer(call.prompt()))
            .emulator(options -> options.withCertificate(certificate).withoutHttp2())
            .client(options -> options.setTrustOptions(certificate))
            .start()) {
      // when
      await(bench.run(() -> bench.source().warm()));
      // then
      assertThat(bench.hear("hello").text()).isEqualTo("hello");
      assertThat(bench.emulator().http2Requests()).isZero();
      assertThat(bench.emulator().connections()).isEqualTo(1);
    }
  }

  @Test
  void aServiceWhoseCertificateIsNotTrustedIsToldApart() throws Exception {
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("never"))
            .emulator(options -> options.withCertificate(certificate))
            .start()) {
      Failure failure = bench.hear("hello").over().result().orElseThrow();
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(failure.detail()).contains("ca-file", "SSL_CERT_FILE", "gemini-base-url");
      assertThat(bench.calls()).isEmpty();
    }
  }

  @Test
  void aCertificateOfAnAuthorityThatIsToldIsTrusted() throws Exception {
    try (GeminiBench bench =
        GeminiBench.answering(call -> GeminiScript.answer(call.prompt()))
            .emulator(options -> options.withCertificate(certificate))
            .set("ca-file", pem.toString())
            .start()) {
      assertThat(bench.hear("hello").text()).isEqualTo("hello");
      assertThat(bench.emulator().http2Requests()).isEqualTo(1);
    }
  }

  @Test
  void overTlsAProxyIsAskedForATunnel() throws Exception {
    try (GeminiBench bench =
        GeminiBench.answering(call -> GeminiScript.answer(call.prompt()))
            .emulator(options -> options.withCertificate(certificate))
            .set("ca-file", pem.toString())
            .set("gemini-base-url", "https://models.example")) {
      Relay proxy = SourceBench.await(Relay.proxy(bench.vertx(), 0));
      // when
      bench.set("proxy", "http://ann:pass@127.0.0.1:" + proxy.port()).start();
      proxy.leadsTo(URI.create(bench.emulator().baseUrl()).getPort());
      // then
      assertThat(bench.hear("hello").text()).isEqualTo("hello");
      assertThat(proxy.asked())
          .singleElement()
          .asString()
          .startsWith("CONNECT models.example:443 HTTP/1.1")
          .containsIgnoringCase("Proxy-Authorization: Basic YW5uOnBhc3M=");
    }
  }

  @Test
  void aServerThatResetsEachStreamOfAConnectionIsNotAskedOverAndOver() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("never"))
            .set("ca-file", pem.toString())
            .set("gemini-retries", 1)) {
      HttpServer overloaded =
          bench
              .vertx()
              .createHttpServer(
                  new HttpServerOptions()
                      .setSsl(true)
                      .setUseAlpn(true)
                      .setKeyCertOptions(certificate))
              .requestHandler(
                  request -> {
                    asked.incrementAndGet();
                    request.response().reset(REFUSED_STREAM);
                  });
      await(overloaded.listen(0, "127.0.0.1"));
      bench.set("gemini-base-url", "https://127.0.0.1:" + overloaded.actualPort()).start();
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then: a try, and another one, over a connection that might have been closed: once more
      assertThat(await(answer.over())).map(Failure::kind).contains(FailureKind.LOST);
      assertThat(asked).hasValue(3);
    }
  }

  /** Made once: each call of the tool is another JVM. */
  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = dir.resolve("emulator.p12");
    pem = dir.resolve("emulator.pem");
    keytool(
        "-genkeypair -alias emulator -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1,dns:models.example"
            + " -storetype PKCS12 -storepass changeit -keystore "
            + store);
    keytool(
        "-exportcert -rfc -alias emulator -storepass changeit -keystore "
            + store
            + " -file "
            + pem);
    certificate = new PfxOptions().setPath(store.toString()).setPassword("changeit");
  }

  private static void keytool(String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    words.addAll(0, List.of(tool, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void aConnectionThatIsNotUsedIsKeptWarm() {
    ManualTime time = new ManualTime();
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("yes"))
            .set("keep-warm-ms", 60_000)
            .time(time)
            .start()) {
      // given
      await(bench.run(() -> bench.source().warm()));
      advance(bench, time, 50);
      bench.hear("hello");
      // when: not yet, since it was used
      advance(bench, time, 50);
      assertThat(bench.emulator().aboutModels()).isEqualTo(1);
      advance(bench, time, 11);
      // then
      assertThat(bench.hear("again").text()).isEqualTo("yes");
      assertThat(bench.emulator().aboutModels()).isEqualTo(2);
      // and, once it is closed, no more
      await(bench.run(() -> bench.source().close()));
      assertThat(time.waiting()).isZero();
    }
  }

  private static void advance(GeminiBench bench, ManualTime time, int seconds) {
    bench.run(
        () -> {
          time.advance(Duration.ofSeconds(seconds));
          return 0;
        });
  }
}
