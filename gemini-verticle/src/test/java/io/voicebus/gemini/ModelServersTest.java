package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.emulators.OpenAiChatCall;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiError;
import io.voicebus.emulators.OpenAiRefusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where model servers are, and what stands between. */
class ModelServersTest {
  private static final OpenAiChatScript YES = OpenAiChatScript.answer("yes");
  private static final String ANSWER =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}"
          + "\n\ndata: [DONE]\n\n";

  private static Failure failure(RecordedAnswer answer) {
    return answer.over().result().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/v1",
        "/v1/",
        "/v1//",
        "/v1/chat/completions",
        "/v1?api-version=2024-10-21"
      })
  void aBaseUrlMayBeWrittenInManyWays(String path) {
    try (OpenAiBench bench = OpenAiBench.playing(YES)) {
      bench.start();
      String url = bench.emulator().rootUrl() + path;
      try (OpenAiBench asking = OpenAiBench.playing(YES).set("openai-base-url", url).start()) {
        // when
        String first = asking.hear("hello").text();
        String second = asking.hear("hello").text();
        // then: what helped once is known
        assertThat(List.of(first, second)).containsOnly("yes");
        assertThat(bench.calls()).hasSize(2);
        assertThat(bench.emulator().counters().refusals()).isLessThanOrEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|404 page not found",
        "404|{\"detail\":\"Not Found\"}",
        "404|{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}",
        "404|''",
        "404|<html><title>404</title>no models here</html>",
        "404|Cannot POST /models/chat/completions",
        "405|{\"detail\":\"Method Not Allowed\"}",
        "200|{\"error\":\"Unexpected endpoint or method. (POST /chat/completions)\"}",
      })
  void aPathThatIsMissingIsToldApart(int status, String body) {
    OpenAiChatScript missing =
        OpenAiChatScript.refuse(OpenAiRefusal.raw(status, "application/json", body));
    try (OpenAiBench bench = OpenAiBench.playing(missing).start()) {
      Failure failure = failure(bench.hear("hello"));
      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
      assertThat(failure.detail()).contains("openai-base-url", "/v1").doesNotContain("such model");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"model \\\"x\\\" not found, try pulling it first\"}}",
        "{\"error\":{\"message\":\"The model `x` does not exist.\",\"code\":404}}",
        "{\"detail\":\"Model x is not served\"}",
        "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API deployment is missing.\"}}"
      })
  void aModelThatIsMissingIsToldApart(String body) {
    OpenAiChatScript missing =
        OpenAiChatScript.refuse(OpenAiRefusal.raw(404, "application/json", body));
    try (OpenAiBench bench = OpenAiBench.playing(missing).start()) {
      assertThat(failure(bench.hear("hello")).detail()).contains("no such model", "openai-model");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Only user and assistant roles are supported!",
        "System role not supported",
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        "Jinja Exception: system messages are not supported by this template"
      })
  void aModelWithoutASystemRoleIsToldTheInstructionByTheUser(String words) {
    try (OpenAiBench bench =
        OpenAiBench.answering(
                call ->
                    roles(call).contains("system")
                        ? OpenAiChatScript.refuse(OpenAiError.invalid("bad", "messages", words))
                        : YES)
            .set("system-instruction", "Be brief.")
            .start()) {
      // when
      String first = bench.hear("hello").text();
      String second = bench.hear("hello").text();
      // then: what helped once is known
      assertThat(List.of(first, second)).containsOnly("yes");
      assertThat(bench.calls()).hasSize(3);
      assertThat(bench.calls().get(2).prompt()).isEqualTo("Be brief.\n\nhello");
    }
  }

  @Test
  void aModelThatTakesNoInstructionAtAllSaysWhatToSet() {
    try (OpenAiBench bench =
        OpenAiBench.playing(
                OpenAiChatScript.refuse(
                    OpenAiError.invalid("bad", "messages", "System role not supported")))
            .start()) {
      assertThat(failure(bench.hear("hello")).detail()).contains("system-instruction to none");
    }
  }

  private static List<String> roles(OpenAiChatCall call) {
    JsonArray messages = call.body().getJsonArray("messages");
    List<String> roles = new ArrayList<>();
    messages.forEach(message -> roles.add(((JsonObject) message).getString("role")));
    return roles;
  }

  /** A server that does what a test says with each request for an answer, and what it was asked. */
  private static final class Server {
    private final OpenAiBench bench = OpenAiBench.playing(YES).set("openai-api-key", "");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer http;

    Server(Consumer<HttpServerRequest> each) {
      http =
          bench
              .vertx()
              .createHttpServer()
              .requestHandler(
                  request ->
                      request
                          .body()
                          .onSuccess(
                              body -> {
                                asked.add(
                                    request.method()
                                        + " "
                                        + request.absoluteURI()
                                        + " "
                                        + request.getHeader("authorization"));
                                each.accept(request);
                              }));
      SourceBench.await(http.listen(0, "127.0.0.1"));
    }

    String url() {
      return "http://127.0.0.1:" + http.actualPort();
    }

    void warm() {
      bench.set("openai-base-url", url()).set("openai-connect-ms", 2_000).start();
      SourceBench.await(bench.run(() -> bench.source().warm()));
    }

    RecordedAnswer hear(String url) {
      bench.set("openai-base-url", url);
      try (bench) {
        return bench.start().hear("hello");
      }
    }
  }

  private static void answer(HttpServerRequest request) {
    request.response().putHeader("content-type", "text/event-stream").end(ANSWER);
  }

  @Test
  void aListOfModelsThatDoesNotEndHoldsNoStartUp() {
    Promise<Void> left = Promise.promise();
    Server server =
        new Server(
            request -> {
              HttpServerResponse response = request.response().setChunked(true);
              Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
              long drip = vertx.setPeriodic(5, again -> response.write("x"));
              response
                  .closeHandler(
                      gone -> {
                        vertx.cancelTimer(drip);
                        left.tryComplete();
                      })
                  .exceptionHandler(broken -> {});
            });
    server.warm();
    SourceBench.await(left.future());
  }

  @Test
  void userInformationIsToldToTheServerAndToNobodyElse() {
    Server server =
        new Server(request -> request.response().setStatusCode(403).end("no, pass is wrong"));
    Failure failure =
        failure(server.hear(server.url().replace("http://", "http://ann:pass@") + "/v1"));
    assertThat(server.asked.get(0)).endsWith("Basic YW5uOnBhc3M=");
    assertThat(failure.detail()).doesNotContain("pass");
  }

  @Test
  void aWrongBaseUrlIsToldWithoutItsPassword() {
    try (OpenAiBench bench =
        OpenAiBench.playing(YES).set("openai-base-url", "http://ann:pass@host:port/v1?sig=pass")) {
      assertThatThrownBy(bench::start)
          .hasStackTraceContaining("openai-base-url")
          .hasStackTraceContaining("http://…@host:port/v1?…");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aRedirectToTheSameHostIsFollowedWithThePrompt(int status) {
    Server server =
        new Server(
            request -> {
              if (request.uri().startsWith("/there")) {
                answer(request);
              } else {
                request.response().setStatusCode(status).putHeader("location", "/there?x=1").end();
              }
            });
    assertThat(server.hear(server.url() + "/v1").text()).isEqualTo("yes");
    assertThat(server.asked).hasSize(2);
    assertThat(server.asked.get(1)).startsWith("POST " + server.url() + "/there?x=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://elsewhere.example/v1", "http://x:y@elsewhere.example/v1?k=y"})
  void aRedirectToAnotherHostIsToldAndNotFollowed(String location) {
    Server server =
        new Server(
            request -> request.response().setStatusCode(307).putHeader("location", location).end());
    Failure failure = failure(server.hear(server.url() + "/v1"));
    assertThat(failure.detail())
        .contains("elsewhere.example/v1", "openai-base-url")
        .doesNotContain("k=y");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void aRedirectThatLeadsNowhereEnds() {
    Server server =
        new Server(
            request ->
                request.response().setStatusCode(307).putHeader("location", request.uri()).end());
    assertThat(failure(server.hear(server.url())).detail()).contains("has moved");
    assertThat(server.asked).hasSize(4);
  }

  @Test
  void aConnectionThatWasClosedWhileItWasIdleIsNoFailure() {
    int[] onThis = {0};
    Server server =
        new Server(
            request -> {
              if (onThis[0]++ == 0) {
                answer(request);
              } else {
                onThis[0] = 0;
                request.connection().close();
              }
            });
    OpenAiBench bench = server.bench.set("openai-base-url", server.url()).set("openai-retries", 0);
    try (bench) {
      bench.start();
      assertThat(bench.hear("one").text()).isEqualTo("yes");
      // when: the server closes the connection just when it is used again
      RecordedAnswer second = bench.hear("two");
      // then
      assertThat(second.text()).isEqualTo("yes");
      assertThat(second.report().attempts()).isEqualTo(1);
      assertThat(server.asked).hasSize(3);
    }
  }

  @Test
  void aProxyIsAskedForWhatIsNotOnThisMachine() {
    Server proxy = new Server(ModelServersTest::answer);
    proxy.bench.set("proxy", proxy.url());
    assertThat(proxy.hear("http://my_llm:8000/v1").text()).isEqualTo("yes");
    assertThat(proxy.asked.get(0)).startsWith("POST http://my_llm:8000/v1/chat/completions");
  }

  @Test
  void aServerThatIsNotThereIsToldByItsAddress() {
    try (OpenAiBench bench =
        OpenAiBench.playing(YES).set("openai-base-url", "http://127.0.0.1:1/v1").start()) {
      assertThat(failure(bench.hear("hello")).detail())
          .contains("nobody listens at 127.0.0.1:1", "openai-base-url");
    }
  }

  @Test
  void aServerWithoutTlsIsToldApart() {
    Server server = new Server(ModelServersTest::answer);
    String url = "https://127.0.0.1:" + URI.create(server.url()).getPort();
    assertThat(failure(server.hear(url)).detail()).contains("does not speak TLS");
  }

  /** Not quoted: it may be an answer, in another protocol. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html><body>my secret</body></html> | a page",
        "data: <html>my secret</html> | a page",
        "data: {\"message\":{\"content\":\"my secret\"},\"done\":false} | events of another protocol (with message, done)",
        "data: {\"type\":\"my secret\"} | events of another protocol (with type)",
        "my secret | what is no JSON",
        "data: my secret | what is no JSON",
      })
  void aStreamOfSomethingElseIsToldByItsKind(String stream, String told) {
    // given
    Server server =
        new Server(
            request ->
                request
                    .response()
                    .putHeader("content-type", "text/event-stream")
                    .end(stream + "\n\n"));
    server.bench.set("openai-retries", 0);
    // when
    Failure failure = failure(server.hear(server.url()));
    // then
    assertThat(failure.detail())
        .contains("streamed " + told + " instead", "openai-base-url")
        .doesNotContain("secret");
  }

  @Test
  void aStreamThatBreaksOffBeforeTheFirstWordIsNothingElse() {
    // given
    String begun = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n";
    Server server =
        new Server(
            request ->
                request.response().putHeader("content-type", "text/event-stream").end(begun));
    server.bench.set("openai-retries", 0);
    // when
    Failure failure = failure(server.hear(server.url()));
    // then
    assertThat(failure.detail()).contains("broke off");
  }

  @Test
  void heartbeatsDoNotKeepAnAnswerAliveThatDoesNotGetOn() {
    for (String begun : List.of("", ANSWER.split("finish", 2)[0] + "x\":0}]}\n\n")) {
      Server server =
          new Server(
              request -> {
                request.response().setChunked(true).putHeader("content-type", "text/event-stream");
                request.response().write(begun);
                long timer =
                    request.connection() == null
                        ? 0
                        : Vertx.currentContext()
                            .owner()
                            .setPeriodic(20, tick -> request.response().write(": ping\n\n"));
                request
                    .response()
                    .closeHandler(gone -> Vertx.currentContext().owner().cancelTimer(timer));
              });
      server
          .bench
          .set("openai-gap-ms", 2_000)
          .set("openai-headers-ms", 3_000)
          .set("openai-retries", 0);
      RecordedAnswer answer = server.hear(server.url());
      assertThat(failure(answer).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(answer.text()).isEqualTo(begun.isEmpty() ? "" : "yes");
    }
  }

  @Test
  void aModelThatSaysTheSameOverAndOverIsCutOffAndTold() {
    try (OpenAiBench bench =
        OpenAiBench.playing(OpenAiChatScript.answer("Well, it is. " + "Not so. ".repeat(5_000)))
            .start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(failure(answer).detail()).contains("over and over");
      assertThat(answer.text().length()).isLessThan(3_000);
      assertThat(bench.calls()).hasSize(1);
    }
  }
}
