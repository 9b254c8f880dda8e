package io.voicebus.gemini;

import static io.voicebus.gemini.GeminiBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiScript;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole turns over the event bus. */
class GeminiTurnTest {
  private final Vertx vertx = Vertx.vertx();
  private final StringBuilder text = new StringBuilder();
  private final Promise<Void> firstText = Promise.promise();
  private final Promise<Void> ended = Promise.promise();
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
    VertxBus owner = await(VertxBus.register(vertx, Clock.system(), "owner"));
    Promise<Link> asked = Promise.promise();
    owner.execute(
        () -> {
          TurnContext turn =
              new TurnContext(TurnId.random(), owner.inbox().address(), TurnOptions.DEFAULTS);
          owner
              .inbox()
              .link(Addresses.PROMPT, new Prompt(turn, prompt), Duration.ofSeconds(5))
              .onSuccess(this::listen)
              .onComplete(asked);
        });
    Link link = await(asked.future());
    return () ->
        owner.execute(
            () -> link.fail(new Failure(Stage.OWNER, FailureKind.CANCELLED, "not wanted")));
  }

  private void listen(Link link) {
    link.in()
        .handler(
            item -> {
              if (item instanceof TextDelta delta) {
                text.append(delta.text());
                firstText.tryComplete();
              } else if (item instanceof AnswerReport answer) {
                told.complete(answer);
              } else if (item instanceof TextBrokeOff broke) {
                reported.complete(broke.why());
              }
            });
    link.in().endHandler(ignored -> ended.complete());
    link.onFailure(reported::tryComplete);
  }

  @Test
  void theAnswerReachesTheOwnerWhole() {
    // given
    String answer = SourceBench.text(200_000);
    playing(GeminiScript.answer(answer));
    // when
    ask("hello");
    // then
    await(ended.future());
    assertThat(text.toString().equals(answer)).isTrue();
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
            new AnswerReport(
                "gemini", "gemini-3.5-flash-lite", AnswerReport.Ending.TRUNCATED, 1, 2, 1, 0));
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
    assertThat(await(told.future()).ending()).isEqualTo(AnswerReport.Ending.BLOCKED);
  }
}
