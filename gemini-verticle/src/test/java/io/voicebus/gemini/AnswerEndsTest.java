package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport;
import io.voicebus.emulators.OpenAiChatScript;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an answer ends whose service keeps its connection open and sends no mark behind it. */
class AnswerEndsTest {
  private final ManualTime time = new ManualTime();
  private final OpenAiBench bench =
      OpenAiBench.playing(OpenAiChatScript.answer("")).set("openai-api-key", "").time(time);
  private Promise<HttpServerResponse> asked = Promise.promise();
  private @Nullable HttpServerResponse response;
  private @Nullable Answer answer;
  private @Nullable RecordedAnswer recorded;
  private final StringBuilder heard = new StringBuilder();
  private String expected = "";
  private Promise<Void> said = Promise.promise();

  @BeforeEach
  void start() {
    HttpServer server =
        bench
            .vertx()
            .createHttpServer()
            .requestHandler(
                request -> {
                  request
                      .response()
                      .setChunked(true)
                      .putHeader("content-type", "text/event-stream");
                  asked.complete(request.response());
                });
    SourceBench.await(server.listen(0, "127.0.0.1"));
    bench.set("openai-base-url", "http://127.0.0.1:" + server.actualPort() + "/v1").start();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void ask() {
    asked = Promise.promise();
    heard.setLength(0);
    recorded =
        bench.ask(
            "hello",
            (under, piece) -> {
              answer = under;
              heard.append(piece);
              if (heard.toString().equals(expected)) {
                said.complete();
              }
              return null;
            });
    response = SourceBench.await(asked.future());
  }

  private static String event(String text, boolean reason) {
    JsonObject choice =
        new JsonObject()
            .put("index", 0)
            .put("delta", new JsonObject().put("content", text))
            .put("finish_reason", reason ? "stop" : null);
    return "data: " + new JsonObject().put("choices", JsonArray.of(choice)) + "\n\n";
  }

  /** The service says something, and all of it has been heard when this returns. */
  private void says(String events, String all) {
    said = Promise.promise();
    expected = all;
    tells(events);
    SourceBench.await(said.future());
  }

  private void tells(String events) {
    Objects.requireNonNull(response).write(Buffer.buffer(events));
  }

  private void pass(Duration duration) {
    bench.run(
        () -> {
          time.advance(duration);
          return 0;
        });
  }

  private boolean isOver() {
    return bench.run(() -> answered().over().isComplete());
  }

  private boolean hasPerhapsEnded() {
    return bench.run(() -> answered().hasPerhapsEnded());
  }

  private RecordedAnswer answered() {
    return Objects.requireNonNull(recorded);
  }

  private Optional<Failure> outcome() {
    return SourceBench.await(answered().over());
  }

  private static Duration justBefore(Duration duration) {
    return duration.minusMillis(1);
  }

  @Test
  void aProcessThatWasLateItselfTakesNoAnswerForFinal() {
    // given
    ask();
    says(event("One. ", true), "One. ");
    // when: what has come meanwhile is read after that
    bench.run(
        () -> {
          time.stall(FinishReasons.AFTERWORD.multipliedBy(2));
          return 0;
        });
    // then
    assertThat(hasPerhapsEnded()).isFalse();
    says(event("Two.", true), "One. Two.");
    // when it is in time
    pass(FinishReasons.LONG_AFTERWORD);
    // then
    assertThat(hasPerhapsEnded()).isTrue();
  }

  @Test
  void aProcessThatStoodStillDoesNotTakeItsServiceForSilent() {
    // given
    ask();
    says(event("One. ", false), "One. ");
    // when: what has come meanwhile is read after that
    bench.run(
        () -> {
          time.stall(Duration.ofMinutes(10));
          return 0;
        });
    // then
    assertThat(isOver()).isFalse();
    says(event("Two.", false), "One. Two.");
    // when it is in time
    pass(Duration.ofMinutes(10));
    // then
    assertThat(outcome()).map(Failure::kind).contains(FailureKind.TIMEOUT);
  }

  /** The server breaks the connection; says the outcome. */
  private Optional<Failure> broken() {
    Objects.requireNonNull(response).reset();
    return outcome();
  }

  @Test
  void whereEachPieceHasAReasonALostConnectionIsNoEnd() {
    // given
    ask();
    says(event("One. ", true), "One. ");
    says(event("Two. ", true), "One. Two. ");
    // when, then
    assertThat(broken()).map(Failure::kind).hasValue(FailureKind.LOST);
    assertThat(answered().report().ending()).isEqualTo(AnswerReport.Ending.BROKEN_OFF);
  }

  @Test
  void norIsItWithinTheSentenceOfTheFirst() {
    ask();
    says(event("One and ", true), "One and ");
    assertThat(broken()).map(Failure::kind).hasValue(FailureKind.LOST);
  }

  @Test
  void aConnectionThatIsLostBehindTheLastReasonIsNoFault() {
    // given
    ask();
    says(event("All is ", false) + event("said", true), "All is said");
    // when, then
    assertThat(broken()).isEmpty();
    assertThat(answered().report().ending()).isEqualTo(AnswerReport.Ending.COMPLETE);
  }

  @Test
  void aReasonBehindPiecesWithoutOneEndsTheAnswerWithinASecond() {
    // given
    ask();
    says(event("All is ", false) + event("said", true), "All is said");
    pass(justBefore(FinishReasons.AFTERWORD));
    assertThat(isOver()).isFalse();
    // when
    pass(Duration.ofMillis(1));
    // then
    assertThat(outcome()).isEmpty();
    assertThat(answered().report().ending()).isEqualTo(AnswerReport.Ending.COMPLETE);
    assertThat(FinishReasons.AFTERWORD).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aServiceThatGivesAReasonWithEachPieceMayThinkForTenSecondsInMidAnswer() {
    // given
    ask();
    says(event("One. ", true) + event("Two. ", true), "One. Two. ");
    // when
    pass(Duration.ofSeconds(9));
    // then
    assertThat(isOver()).isFalse();
    assertThat(hasPerhapsEnded()).isFalse();
    // when
    says(event("Three.", true), "One. Two. Three.");
    pass(Duration.ofSeconds(9));
    assertThat(hasPerhapsEnded()).isFalse();
    pass(Duration.ofSeconds(1));
    // then
    assertThat(hasPerhapsEnded()).isTrue();
    pass(FinishReasons.LONG_AFTERWORD);
    assertThat(outcome()).isEmpty();
    assertThat(answered().text()).isEqualTo("One. Two. Three.");
  }

  @Test
  void itsLastReasonEndsTheAnswerWithinASecondIfItComesByItself() {
    ask();
    says(event("One. ", true) + event("Two.", true) + event("", true), "One. Two.");
    pass(FinishReasons.AFTERWORD);
    assertThat(outcome()).isEmpty();
  }

  @Test
  void aFirstPieceThatStopsWithinASentenceIsNotTheEnd() {
    // given
    ask();
    says(event("Well, ", true), "Well, ");
    pass(justBefore(FinishReasons.DOUBT));
    assertThat(hasPerhapsEnded()).isFalse();
    // when
    says(event("it is so.", true), "Well, it is so.");
    pass(FinishReasons.LONG_AFTERWORD.multipliedBy(2));
    // then
    assertThat(outcome()).isEmpty();
    assertThat(answered().text()).isEqualTo("Well, it is so.");
  }

  @Test
  void anAnswerOfOnePieceIsHandedOnWithinASecondAndEndsLater() {
    // given
    ask();
    says(event("Yes.", true), "Yes.");
    pass(justBefore(FinishReasons.AFTERWORD));
    assertThat(hasPerhapsEnded()).isFalse();
    // when
    pass(Duration.ofMillis(1));
    // then
    assertThat(hasPerhapsEnded()).isTrue();
    assertThat(isOver()).isFalse();
    // when
    pass(FinishReasons.LONG_AFTERWORD);
    // then
    assertThat(outcome()).isEmpty();
    assertThat(bench.run(time::waiting)).isZero();
  }

  @Test
  void whatIsSaidAfterThatIsToldAndTheNextAnswerIsWaitedFor() {
    // given
    ask();
    says(event("Yes.", true), "Yes.");
    pass(FinishReasons.AFTERWORD);
    // when
    tells(event(" And no.", true));
    // then
    Failure failure = outcome().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.LOST);
    assertThat(failure.detail()).contains("went on", "And no.");
    assertThat(answered().text()).isEqualTo("Yes.");
    // when
    ask();
    says(event("Yes.", true), "Yes.");
    pass(Duration.ofSeconds(9));
    says(event(" And no.", true), "Yes. And no.");
    pass(FinishReasons.LONG_AFTERWORD.multipliedBy(2));
    // then
    assertThat(outcome()).isEmpty();
  }

  @Test
  void anErrorAfterThatIsToldToo() {
    ask();
    says(event("Yes.", true), "Yes.");
    pass(FinishReasons.AFTERWORD);
    tells("data: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n");
    assertThat(outcome().orElseThrow().kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void theEndOfTheBodyEndsAnAnswerThatIsPerhapsNotOver() {
    ask();
    says(event("Yes.", true), "Yes.");
    pass(FinishReasons.AFTERWORD);
    Objects.requireNonNull(response).end();
    assertThat(outcome()).isEmpty();
    assertThat(bench.run(time::waiting)).isZero();
  }

  @Test
  void aServiceIsGotToKnowThoughNobodyListensAnyMore() {
    // given
    ask();
    says(event("Yes.", true), "Yes.");
    pass(FinishReasons.AFTERWORD);
    Promise<Void> closed = Promise.promise();
    Objects.requireNonNull(response).closeHandler(closed::complete);
    // when
    bench.run(
        () -> {
          Objects.requireNonNull(answer).cancel();
          return 0;
        });
    tells(event(" And no.", true));
    SourceBench.await(closed.future());
    // then
    ask();
    says(event("Yes.", true), "Yes.");
    pass(Duration.ofSeconds(9));
    assertThat(hasPerhapsEnded()).isFalse();
  }

  @Test
  void aServiceThatDoesSoNoLongerIsNotWaitedForAnyMore() {
    // given: one that gives a reason with each piece, and then one that does not
    ask();
    says(event("One. ", true) + event("Two.", true) + event("", true), "One. Two.");
    pass(FinishReasons.AFTERWORD);
    ask();
    says(event("One. ", false) + event("Two.", true), "One. Two.");
    pass(FinishReasons.AFTERWORD);
    assertThat(outcome()).isEmpty();
    // when
    ask();
    says(event("Yes.", true), "Yes.");
    pass(FinishReasons.AFTERWORD);
    // then
    assertThat(hasPerhapsEnded()).isTrue();
  }
}
