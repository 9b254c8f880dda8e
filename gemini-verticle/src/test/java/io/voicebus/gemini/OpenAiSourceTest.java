package io.voicebus.gemini;

import static io.voicebus.gemini.SourceBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerLimits;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Exchange;
import io.voicebus.emulators.OpenAiChatCall;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiEnding;
import io.voicebus.emulators.OpenAiError;
import io.voicebus.emulators.OpenAiStyle;
import io.voicebus.emulators.TextPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiSourceTest {
  private static final OpenAiChatScript YES = OpenAiChatScript.answer("yes");
  private static final OpenAiChatScript HELD =
      OpenAiChatScript.answer("abc").ending(OpenAiEnding.SILENCE);

  private static Failure failure(RecordedAnswer answer) {
    return answer.over().result().orElseThrow();
  }

  @Test
  void thePromptReachesTheModelUnchangedWithAWordOnHowToAnswer() {
    try (OpenAiBench bench = OpenAiBench.playing(YES).start()) {
      // when
      String prompt = " \tIs \"50%\" < 100 %?\r\n\u0000😀 ";
      bench.hear(prompt);
      // then
      OpenAiChatCall call = bench.calls().get(0);
      assertThat(call.prompt()).isEqualTo(prompt);
      assertThat(call.body().getJsonArray("messages").getJsonObject(0))
          .isEqualTo(
              new JsonObject().put("role", "system").put("content", SourceSettings.SPEAKABLE));
      assertThat(call.body().fieldNames())
          .containsExactlyInAnyOrder("model", "messages", "stream", "stream_options");
      assertThat(call.headers()).doesNotContainKey("accept-encoding");
    }
  }

  @Test
  void whatWasSaidBeforeIsToldInTurnsThatAlternate() {
    try (OpenAiBench bench = OpenAiBench.playing(YES).set("system-instruction", "none").start()) {
      // when
      bench.hear(
          new Question(
              bench.turn(),
              List.of(
                  new Exchange("one", "1"), new Exchange("unheard", ""), new Exchange("two", "2")),
              "three"));
      // then
      assertThat(bench.calls().get(0).body().getJsonArray("messages").encode())
          .isEqualTo(
              "[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"1\"},"
                  + "{\"role\":\"user\",\"content\":\"unheard\\n\\ntwo\"},"
                  + "{\"role\":\"assistant\",\"content\":\"2\"},"
                  + "{\"role\":\"user\",\"content\":\"three\"}]");
    }
  }

  @ParameterizedTest
  @CsvSource({"gpt-4o-mini, max_tokens", "gpt-5-mini, max_completion_tokens"})
  void theLimitOfTokensHasTheNameThatTheModelWants(String model, String field) {
    try (OpenAiBench bench =
        OpenAiBench.playing(OpenAiChatScript.answer("0123456789abcdef"))
            .set("openai-model", model)
            .set("openai-max-output-tokens", 2)
            .set("openai-max-tokens-field", field)
            .set("openai-reasoning-effort", "low")
            .start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.text()).isEqualTo("01234567");
      assertThat(answer.report().ending()).isEqualTo(AnswerReport.Ending.TRUNCATED);
      assertThat(bench.calls().get(0).body().getInteger(field)).isEqualTo(2);
    }
  }

  @Test
  void theCallersLimitAndTextsToStopAtReachTheModelUnderTheNameThatItWants() {
    try (OpenAiBench bench =
        OpenAiBench.playing(OpenAiChatScript.answer("0123456789abcdef"))
            .set("openai-model", "gpt-5-mini")
            .set("openai-max-output-tokens", 3)
            .start()) {
      Question question =
          new Question(
              bench.turn(), List.of(), "hello", "", "", AnswerLimits.of(2, List.of("END", "\n")));
      // when
      RecordedAnswer answer = bench.hear(question);
      bench.hear(question);
      // then
      assertThat(answer.text()).isEqualTo("01234567");
      assertThat(answer.report().ending()).isEqualTo(AnswerReport.Ending.TRUNCATED);
      assertThat(bench.calls())
          .extracting(call -> call.body().getInteger("max_completion_tokens"))
          .containsExactly(2, 2);
      assertThat(answer.report().attempts()).isEqualTo(2);
      assertThat(bench.calls().get(0).body().getJsonArray("stop").encode())
          .isEqualTo("[\"END\",\"\\n\"]");
    }
  }

  @ParameterizedTest
  @CsvSource({"WHEN_ASKED", "WITH_FINISH"})
  void theTokensAreToldWithTheAnswer(OpenAiStyle.Usage where) {
    try (OpenAiBench bench =
        OpenAiBench.playing(YES.styled(OpenAiStyle.OPENAI.withUsage(where))).start()) {
      assertThat(bench.hear("hello").report())
          .isEqualTo(
              new AnswerReport("openai", "gpt-4o-mini", AnswerReport.Ending.COMPLETE, 1, 2, 1, 0));
    }
  }

  @Test
  void aServerThatKnowsNoStreamOptionsIsAskedWithoutFromThenOn() {
    OpenAiStyle old = OpenAiStyle.OPENAI.withUsage(OpenAiStyle.Usage.REFUSED);
    try (OpenAiBench bench = OpenAiBench.playing(YES.styled(old)).start()) {
      // when
      String first = bench.hear("hello").text();
      String second = bench.hear("hello").text();
      // then
      assertThat(List.of(first, second)).containsExactly("yes", "yes");
      assertThat(bench.calls())
          .extracting(call -> call.body().containsKey("stream_options"))
          .containsExactly(true, false, false);
    }
  }

  @Test
  void aRequestThatIsBadAnywayIsTriedOnceWithoutOptionsAndChangesNothing() {
    OpenAiChatScript bad = OpenAiChatScript.refuse(OpenAiError.invalid("x", "y", "No."));
    try (OpenAiBench bench =
        OpenAiBench.answering(call -> call.prompt().equals("bad") ? bad : YES).start()) {
      // when
      Failure failure = failure(bench.hear("bad"));
      bench.hear("good");
      // then
      assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
      assertThat(bench.calls())
          .extracting(call -> call.body().containsKey("stream_options"))
          .containsExactly(true, false, true);
    }
  }

  @Test
  void aModelThatIsStillLoadingIsWaitedFor() {
    try (OpenAiBench bench = OpenAiBench.playing(YES).set("openai-headers-ms", 600_000).start()) {
      // given
      bench.emulator().setLoading(true);
      RecordedAnswer answer = new RecordedAnswer(piece -> {});
      bench.ask("hello", answer);
      // when: longer than a few tries take
      await(bench.emulator().when(now -> now.refusals() == 6));
      bench.emulator().setLoading(false);
      // then
      assertThat(await(answer.over())).isEmpty();
      assertThat(answer.text()).isEqualTo("yes");
    }
  }

  @Test
  void aModelThatLoadsForTooLongIsUnavailable() {
    try (OpenAiBench bench = OpenAiBench.playing(YES).set("openai-headers-ms", 3_000).start()) {
      bench.emulator().setLoading(true);
      Failure failure = failure(bench.hear("hello"));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(failure.detail()).contains("Loading model");
    }
  }

  @Test
  void aServerWithoutAKeyIsSentNone() {
    try (OpenAiBench bench =
        OpenAiBench.playing(YES)
            .emulator(options -> options.withKey("").withModels())
            .set("openai-api-key", "")
            .set("openai-model", "llama3.2:3b")
            .start()) {
      assertThat(bench.hear("hello").text()).isEqualTo("yes");
      assertThat(bench.calls().get(0).model()).isEqualTo("llama3.2:3b");
    }
  }

  @Test
  void aWrongKeySaysWhatToDoAndIsNotRepeated() {
    try (OpenAiBench bench =
        OpenAiBench.playing(YES).set("openai-api-key", "sesame-open").start()) {
      Failure failure = failure(bench.hear("hello"));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
      assertThat(failure.detail()).contains("OPENAI_API_KEY").doesNotContain("sesame-open");
      assertThat(bench.emulator().counters().chats()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "keep, '<think>a</think>b', '<think>a</think>b'",
    "begins, 'a</think>b', b",
    "begins, 'a<think>b', ''",
    "auto, '<think>a</think>b', b"
  })
  void whatIsThoughtInTheContentIsUpToASetting(String setting, String told, String heard) {
    try (OpenAiBench bench =
        OpenAiBench.playing(OpenAiChatScript.answer(told)).set("openai-think", setting).start()) {
      assertThat(bench.hear("hello").text()).isEqualTo(heard);
    }
  }

  @Test
  void anAnswerOfTenMegabytesWaitsWhileItIsPausedAndIsWholeAfterwards() {
    String big = SourceBench.text(10 * 1024 * 1024);
    OpenAiChatScript script = OpenAiChatScript.answer(big).at(new TextPace(0, 0, 4000));
    // The gap's limit is far shorter than the pause.
    ManualTime time = new ManualTime();
    try (OpenAiBench bench = OpenAiBench.playing(script).time(time).start()) {
      // given
      Answer[] paused = new Answer[1];
      RecordedAnswer answer =
          bench.ask(
              "big",
              (under, piece) -> {
                if (paused[0] == null) {
                  paused[0] = under;
                  under.pause();
                }
                return null;
              });
      await(answer.first());
      // when
      bench.run(
          () -> {
            time.advance(Duration.ofHours(1));
            return 0;
          });
      // then
      assertThat(answer.over().isComplete()).isFalse();
      assertThat(bench.emulator().sentBytes()).isLessThan(big.length() / 2);
      bench.run(
          () -> {
            paused[0].resume();
            return 0;
          });
      assertThat(await(answer.over())).isEmpty();
      assertThat(answer.text().equals(big)).isTrue();
      assertThat(time.waiting()).isZero();
    }
  }

  @Test
  void anAnswerThatIsCancelledClosesItsConnectionAtOnce() {
    try (OpenAiBench bench = OpenAiBench.playing(HELD).start()) {
      // given
      List<RecordedAnswer> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            bench.ask(
                "hello",
                (answer, piece) -> {
                  answer.cancel();
                  return null;
                }));
      }
      // when
      answers.forEach(answer -> await(answer.first()));
      await(bench.emulator().when(now -> now.openChats() == 0));
      // then
      assertThat(bench.emulator().counters().cancelled()).isEqualTo(20);
      assertThat(answers).noneMatch(answer -> answer.over().isComplete());
    }
  }

  @ParameterizedTest
  @CsvSource({"openai-headers-ms, 2", "openai-total-ms, 1"})
  void aServerThatDoesNotAnswerTimesOut(String limit, int requests) {
    OpenAiChatScript slow = YES.at(new TextPace(600_000, 0, 1));
    try (OpenAiBench bench = OpenAiBench.playing(slow).set(limit, 3000).start()) {
      Failure failure = failure(bench.hear("hello"));
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      await(bench.emulator().when(now -> now.openChats() == 0));
      assertThat(bench.calls()).hasSize(requests);
    }
  }

  @Test
  void aServerThatFallsSilentAfterSomeTextTimesOutAndIsNotAskedAgain() {
    try (OpenAiBench bench = OpenAiBench.playing(HELD).set("openai-gap-ms", 3000).start()) {
      RecordedAnswer answer = bench.hear("hello");
      assertThat(failure(answer).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(answer.text()).isEqualTo("abc");
      await(bench.emulator().when(now -> now.openChats() == 0));
      assertThat(bench.calls()).hasSize(1);
    }
  }

  @Test
  void warmsItsConnectionWithoutAPrompt() {
    try (OpenAiBench bench = OpenAiBench.playing(HELD).start()) {
      await(bench.run(() -> bench.source().warm()));
      assertThat(bench.emulator().counters().connections()).isEqualTo(1);
      assertThat(bench.emulator().counters().chats()).isZero();
    }
  }
}
