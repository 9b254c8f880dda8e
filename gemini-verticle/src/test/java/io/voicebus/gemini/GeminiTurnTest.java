package io.voicebus.gemini;

import static io.voicebus.gemini.GeminiBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.AnswerReport.Ending;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole turns over the event bus: an owner asks, a chunker hears. */
class GeminiTurnTest {
  private final Vertx vertx = Vertx.vertx();
  private final StringBuilder chunked = new StringBuilder();
  private final Promise<Void> firstText = Promise.promise();
  private final Promise<Void> chunkerEnded = Promise.promise();
  private final Promise<Failure> chunkerFailed = Promise.promise();
  private final Promise<Failure> reported = Promise.promise();
  private final Promise<AnswerReport> told = Promise.promise();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private GeminiEmulator playing(GeminiScript script) {
    GeminiEmulator emulator =
        await(
            GeminiEmulator.start(vertx, GeminiEmulatorOptions.DEFAULTS.withScript(call -> script)));
    JsonObject config =
        new JsonObject()
            .put("gemini-api-key", "emulated-key")
            .put("gemini-base-url", emulator.baseUrl());
    await(vertx.deployVerticle(new GeminiVerticle(), new DeploymentOptions().setConfig(config)));
    return emulator;
  }

  /** Asks; the task cancels. */
  private Runnable ask(String prompt) {
    VertxBus chunker = await(VertxBus.register(vertx, Clock.system(), "chunker"));
    VertxBus owner = await(VertxBus.register(vertx, Clock.system(), "owner"));
    Promise<BusWriteStream<Message>> asked = Promise.promise();
    chunker.execute(() -> chunker.inbox().onOpen(TextOpen.class, this::chunk));
    await(chunker.serve(Addresses.TEXT));
    owner.execute(
        () -> {
          owner.inbox().onOpen(ReportOpen.class, this::hearReport);
          TurnContext turn =
              new TurnContext(
                  TurnId.random(), owner.inbox().address(), "playback", TurnOptions.DEFAULTS);
          Future<BusWriteStream<Message>> opened =
              owner.inbox().open(Addresses.PROMPT, new Prompt(turn, prompt));
          opened.onComplete(asked);
        });
    BusWriteStream<Message> stream = await(asked.future());
    return () -> owner.execute(stream::end);
  }

  private void chunk(TextOpen open, BusReadStream<Message> text) {
    text.handler(
        message -> {
          chunked.append(((TextDelta) message).text());
          firstText.tryComplete();
        });
    text.endHandler(ignored -> chunkerEnded.complete());
    text.exceptionHandler(why -> chunkerFailed.tryComplete(Failure.of(Stage.CHUNKER, why)));
  }

  private void hearReport(ReportOpen open, BusReadStream<Message> report) {
    report.handler(
        item -> {
          if (item instanceof AnswerReport answer) {
            told.complete(answer);
          }
        });
    report.exceptionHandler(why -> reported.tryComplete(Failure.of(Stage.OWNER, why)));
  }

  @Test
  void theAnswerReachesTheChunkerWhole() {
    // given
    String text = SourceBench.text(200_000);
    playing(GeminiScript.answer(text));
    // when
    ask("hello");
    // then
    await(chunkerEnded.future());
    assertThat(chunked.toString().equals(text)).isTrue();
  }

  @Test
  void theOwnerIsToldHowTheAnswerEndedAndWhatItCost() {
    // given
    playing(GeminiScript.answer("abcd").ending(GeminiEnding.bare("MAX_TOKENS")));
    // when
    ask("hello");
    // then
    assertThat(await(told.future()))
        .isEqualTo(
            new AnswerReport("gemini", "gemini-3.5-flash-lite", Ending.TRUNCATED, 1, 2, 1, 0));
  }

  @Test
  void aTurnThatIsCancelledClosesItsRequest() {
    // given
    GeminiEmulator emulator = playing(GeminiScript.answer("abc").ending(GeminiEnding.SILENCE));
    Runnable cancel = ask("hello");
    await(firstText.future());
    assertThat(emulator.openRequests()).isEqualTo(1);
    // when
    cancel.run();
    // then
    await(emulator.idle());
    assertThat(await(chunkerFailed.future()).kind()).isEqualTo(FailureKind.CANCELLED);
  }

  @Test
  void whatWentWrongIsToldToTheOwner() {
    // given
    playing(GeminiScript.answer("abc").ending(GeminiEnding.bare("SAFETY")));
    // when
    ask("hello");
    // then
    Failure failure = await(reported.future());
    assertThat(failure.stage()).isEqualTo(Stage.TEXT);
    assertThat(failure.kind()).isEqualTo(FailureKind.BLOCKED);
    assertThat(failure.detail()).contains("content policy");
    assertThat(await(told.future()).ending()).isEqualTo(Ending.BLOCKED);
  }
}
