package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page does when the network or the server lets it down: nothing good is lost. */
@Tag("slow")
@Timeout(120)
class PageFaultsTest extends PageTest {
  private Forwarder network;

  @BeforeEach
  @Override
  void serveThePage() throws Exception {
    serve("max-turns", 2);
    network = new Forwarder(vertx, http.actualPort());
  }

  @Override
  boolean expected(String complaint) {
    return complaint.contains("Failed to load resource") || complaint.contains("WebSocket");
  }

  private void endsAtOnceWhileTheSocketOpens(Consumer<Page> end) throws Exception {
    // given
    Page page = page(network.port());
    network.holdUpgrades();
    page.evaluate(
        "() => { const Plain = WebSocket; window.WebSocket = class extends Plain {"
            + " constructor(url) { super(url); tap.socket = this; } }; }");
    FakeTurn turn = ask(page, "hello");
    await(page, "tap.socket?.readyState === 0", "");
    // when
    end.accept(page);
    // then
    turn.awaitCancelled();
  }

  @Test
  void stopEndsTheTurnAlsoWhileTheSocketOpens() throws Exception {
    endsAtOnceWhileTheSocketOpens(page -> page.keyboard().press("Escape"));
  }

  @Test
  void aNewPromptEndsTheOldTurnAlsoWhileItsSocketOpens() throws Exception {
    endsAtOnceWhileTheSocketOpens(
        page -> {
          page.getByLabel("Your prompt").fill("something else");
          page.getByLabel("Your prompt").press("Enter");
        });
  }

  @Test
  void leavingThePageEndsTheTurnAlsoWhileItsSocketOpens() throws Exception {
    endsAtOnceWhileTheSocketOpens(page -> page.navigate("about:blank"));
  }

  @Test
  void closingTheTabEndsTheTurnAlsoWhileItsSocketOpens() throws Exception {
    endsAtOnceWhileTheSocketOpens(
        page -> page.close(new Page.CloseOptions().setRunBeforeUnload(true)));
  }

  @Test
  void playsWhatHasComeAndThenSaysThatTheServerHasGone() throws Exception {
    // given
    Page page = page(network.port());
    beginToSpeak(ask(page, "hello"), 16_000, 2000);
    awaitSound(page);
    await(page, "parseFloat(document.getElementById('queued').textContent) > 1", "");
    // when
    network.cut();
    // then
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    assertThat(alert(page)).containsText("Voicebus cannot be reached");
    assertThat(exchange(page).locator(".note")).not().containsText("Reconnecting");
    assertThat(page.locator("#played")).hasText("2.0 s");
    assertThat(state(page)).hasText("Ready");
    assertThat(answer(page)).hasText(FIRST);
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture("gone")));
    // when
    page.getByLabel("Your prompt").fill("hello again");
    page.getByLabel("Your prompt").press("Enter");
    assertThat(page.locator(".exchange")).hasCount(2);
    // then
    assertThat(alert(page)).containsText("Voicebus cannot be reached");
    assertThat(alert(page)).not().containsText("sound");
    assertThat(page.locator(".text").first()).hasText(FIRST);
    assertThat(exchange(page).locator(".question")).containsText("hello again");
    // when
    network.mend();
    exchange(page).locator("[data-part=retry]").click();
    // then
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().text()).isEqualTo("hello again");
    beginToSpeak(turn, 16_000, 300).finish();
    awaitSound(page);
    assertThat(exchange(page).locator(".trouble")).isHidden();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void goesOnWhereItIsWhenItsConnectionWasLostForAMoment() throws Exception {
    // given
    Page page = page(network.port());
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 1500);
    awaitSound(page);
    // when
    network.cut();
    network.mend();
    tone(turn, 0, 16_000, 1500).text(SECOND).finish();
    // then
    assertThat(page.locator("#played")).hasText("3.0 s");
    assertThat(state(page)).hasText("Ready");
    assertThat(answer(page)).hasText(FIRST + SECOND);
    assertThat(exchange(page).locator(".trouble")).isHidden();
    assertThat(exchange(page).locator(".note")).isHidden();
  }

  @Test
  void goesOnWhereItIsWhenTheTurnsNodeWasLostAndAnotherOneTellsAllAgain() throws Exception {
    // given
    Page page = page();
    List<WebSocketRoute> first = new ArrayList<>();
    page.routeWebSocket(
        "**/ws",
        socket -> {
          first.add(socket);
          socket.connectToServer();
        });
    page.routeWebSocket(
        Pattern.compile("/ws\\?from="),
        socket -> {
          socket.send("{\"id\":100,\"event\":\"again\",\"data\":{}}");
          JsonObject text = new JsonObject().put("text", FIRST + " What was not");
          socket.send(
              new JsonObject().put("id", 101).put("event", "text").put("data", text).encode());
          JsonObject cut = new JsonObject().put("at", FIRST.length());
          socket.send(
              new JsonObject().put("id", 102).put("event", "text-cut").put("data", cut).encode());
          socket.connectToServer();
        });
    page.reload();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 1500);
    awaitSound(page);
    // when
    first.get(0).close(new WebSocketRoute.CloseOptions().setCode(4503));
    tone(turn, 0, 16_000, 1500).text(SECOND).finish();
    // then
    assertThat(page.locator("#played")).hasText("3.0 s");
    assertThat(state(page)).hasText("Ready");
    assertThat(answer(page)).hasText(FIRST + SECOND);
    assertThat(exchange(page).locator(".trouble")).isHidden();
  }

  @ParameterizedTest(name = "written to its end: {0}")
  @ValueSource(booleans = {false, true})
  void speaksOnWhatHadBeenWrittenWhenTheServerWasKilledAndIsBack(boolean whole) throws Exception {
    // given
    Page page = page(network.port());
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 2000).text(SECOND);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, 2 * 16_000L);
    if (whole) {
      turn.on(Stage.TEXT, new AnswerReport("gemini", "", AnswerReport.Ending.COMPLETE, 1, 0, 0, 0));
    }
    awaitSound(page);
    assertThat(answer(page)).hasText(FIRST + SECOND);
    // when
    network.cut();
    vertx.undeploy(http.deploymentID()).await(10, TimeUnit.SECONDS);
    HttpVerticle restarted = new HttpVerticle();
    JsonObject config = new JsonObject().put("port", 0);
    vertx
        .deployVerticle(restarted, new DeploymentOptions().setConfig(config))
        .await(10, TimeUnit.SECONDS);
    network.mend(restarted.actualPort());
    // then: what was heard is not said again
    FakeTurn rest = pipeline.nextTurn();
    assertThat(rest.prompt().text()).isEqualTo(SECOND);
    assertThat(rest.prompt().turn().options().mode()).isEqualTo(TextMode.SAY);
    rest.format(16_000).on(Stage.CHUNKER, new ChunkCaption(0, SECOND.strip(), 1, SECOND.length()));
    rest.mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    tone(rest, 0, 16_000, 600);
    awaitMarked(page, "The");
    rest.finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(marked(page, "unheard")).isEmpty();
    if (whole) {
      assertThat(exchange(page).locator(".trouble")).isHidden();
    } else {
      assertThat(alert(page)).containsText("Voicebus was restarted");
      assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
    }
  }

  @Test
  void saysTheSameWhenTheServerHasGoneBeforeTheFirstPrompt() throws Exception {
    // given
    Page page = page(network.port());
    network.cut();
    // when
    page.getByLabel("Your prompt").fill("hello");
    page.getByLabel("Your prompt").press("Enter");
    // then
    assertThat(alert(page)).containsText("Voicebus cannot be reached");
    // when
    network.mend();
    exchange(page).locator("[data-part=retry]").click();
    beginToSpeak(pipeline.nextTurn(), 16_000, 300).finish();
    // then
    awaitSound(page);
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void playsWhatHasComeOfATurnThatFailsLateAndThenSaysWhy() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 1500);
    awaitSound(page);
    // when
    turn.fail(failure(Stage.TEXT, FailureKind.QUOTA)).end(Stage.CHUNKER, Stage.PLAYBACK);
    // then
    assertThat(alert(page)).containsText("Please do something about it");
    assertThat(page.locator("#played")).hasText("1.5 s");
    assertThat(answer(page)).hasText(FIRST);
    assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({"4409,played to somebody else", "4429,Too many", "4500,500", "1008,Reload it"})
  void saysWhyASocketWasClosedThatToldNothing(int code, String words) throws Exception {
    // given
    Page page = page();
    page.routeWebSocket(
        "**/ws", socket -> socket.close(new WebSocketRoute.CloseOptions().setCode(code)));
    page.reload();
    // when
    ask(page, "hello");
    // then
    assertThat(alert(page)).containsText(words);
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void waitsForAServerThatIsBusyAndSaysSo() throws Exception {
    // given
    Page page = page();
    String first = startTurn();
    startTurn();
    pipeline.nextTurn();
    pipeline.nextTurn();
    // when
    page.getByLabel("Your prompt").fill("hello");
    page.getByLabel("Your prompt").press("Enter");
    // then
    assertThat(alert(page)).containsText("Trying again in 2 s…");
    // when
    call("DELETE", first, NOTHING);
    // then
    beginToSpeak(pipeline.nextTurn(), 16_000, 300).finish();
    awaitSound(page);
    assertThat(exchange(page).locator(".trouble")).isHidden();
    assertThat(state(page)).hasText("Ready");
  }
}
