package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
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

  /** Waits until so many seconds of sound have come, played or not. */
  private static void awaitReceived(Page page, double seconds) {
    await(
        page,
        "['played', 'queued'].map(id => parseFloat(document.getElementById(id).textContent))"
            + ".reduce((sum, s) => sum + s) > arg - 0.15",
        seconds);
  }

  /**
   * Moves the clock of the page on by so many seconds; each of its timers fires at most once in
   * one.
   */
  private static void pass(Page page, int seconds) {
    for (int i = 0; i < seconds; i++) {
      page.clock().fastForward(1_000);
    }
  }

  @Test
  void playsWhatHasComeAndThenSaysThatTheServerHasGone() throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    beginToSpeak(ask(page, "hello"), 16_000, 2000);
    awaitSound(page);
    awaitReceived(page, 2);
    // when
    network.cut();
    // then
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    assertThat(page.locator("#played")).hasText("2.0 s");
    pass(page, 20);
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
    assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
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
  void comesBackAsLongAsTheServerKeepsTheTurn() throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 400);
    assertThat(page.locator("#played")).hasText("0.4 s");
    // when: nothing is left to be played
    network.cut();
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    pass(page, 6); // of 15 s, which pass by themselves, too
    // then
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    // when
    network.mend();
    tone(turn, 0, 16_000, 600).text(SECOND).finish();
    pass(page, 2);
    // then
    assertThat(page.locator("#played")).hasText("1.0 s");
    assertThat(answer(page)).hasText(FIRST + SECOND);
    assertThat(exchange(page).locator(".trouble")).isHidden();
  }

  /** Also those that are refused. */
  private static final String COUNTS_SOCKETS =
      "window.opened = 0; const Plain = WebSocket; window.WebSocket = class extends Plain {"
          + " constructor(url) { super(url); opened++; } };";

  @Test
  void opensNoSocketsWhileTheServerDoesNotAnswer() throws Exception {
    // given: a browser may wait ever longer before it opens one, where others have failed
    Page page = page(network.port(), COUNTS_SOCKETS);
    page.clock().install();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 400);
    assertThat(page.locator("#played")).hasText("0.4 s");
    // when
    network.cut();
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    for (int seconds = 0; seconds < 10; seconds++) {
      pass(page, 1);
      page.evaluate("() => fetch('v1/status').catch(() => null)"); // behind what it asks itself
    }
    // then: the turn's own, and one at once
    assertThat(number(page, "opened")).isLessThanOrEqualTo(2);
    // when
    network.mend();
    tone(turn, 0, 16_000, 600).text(SECOND).finish();
    pass(page, 4);
    // then
    assertThat(page.locator("#played")).hasText("1.0 s");
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void seeksItsConnectionAlsoWhenItHasStoodStillForLongerThanItsPatience() throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 400);
    assertThat(page.locator("#played")).hasText("0.4 s");
    network.cut();
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    // when: a laptop was closed, or the tab was frozen; the network is back some seconds later
    page.clock().fastForward(60_000);
    pass(page, 4);
    // then
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    // when
    network.mend();
    tone(turn, 0, 16_000, 600).text(SECOND).finish();
    pass(page, 2);
    // then
    assertThat(page.locator("#played")).hasText("1.0 s");
    assertThat(answer(page)).hasText(FIRST + SECOND);
    assertThat(exchange(page).locator(".trouble")).isHidden();
  }

  @Test
  void speaksOnWhatHadBeenWrittenWhenTheServerHasEndedTheTurnMeanwhile() throws Exception {
    // given
    Page page = page(network.port());
    List<String> sockets = new ArrayList<>();
    page.onWebSocket(socket -> sockets.add(socket.url()));
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 400).text(SECOND);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, 4 * 1_600L);
    assertThat(page.locator("#played")).hasText("0.4 s");
    // when: a laptop was closed for longer than the server waits
    network.cut();
    String id = sockets.get(0).replaceAll(".*/turns/|/ws.*", "");
    call("DELETE", "/v1/turns/" + id, NOTHING);
    turn.awaitCancelled();
    network.mend();
    // then
    FakeTurn rest = pipeline.nextTurn();
    assertThat(rest.prompt().text()).isEqualTo(SECOND);
    rest.format(16_000).on(Stage.CHUNKER, new ChunkCaption(0, SECOND.strip(), 1, SECOND.length()));
    tone(rest, 0, 16_000, 300).finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(alert(page)).containsText("away for too long");
    assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
  }

  @Test
  void speaksOnWhatHadBeenWrittenWhenThePauseWasTooLongForTheServer() throws Exception {
    // given
    Page page = page();
    List<String> sockets = new ArrayList<>();
    page.onWebSocket(socket -> sockets.add(socket.url()));
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 800).text(SECOND);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, 8 * 1_600L);
    awaitSound(page);
    play(page).click();
    assertThat(state(page)).hasText("Paused");
    // when
    call("DELETE", "/v1/turns/" + sockets.get(0).replaceAll(".*/turns/|/ws.*", ""), NOTHING);
    turn.awaitCancelled();
    play(page).click();
    // then
    FakeTurn rest = pipeline.nextTurn();
    assertThat(rest.prompt().text()).isEqualTo(SECOND);
    rest.format(16_000).on(Stage.CHUNKER, new ChunkCaption(0, SECOND.strip(), 1, SECOND.length()));
    tone(rest, 0, 16_000, 300).finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator(".trouble:visible")).containsText("paused for too long");
    assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
  }

  @Test
  void noticesAConnectionThatDiesWithoutAWordAndGoesOn() throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 400);
    assertThat(page.locator("#played")).hasText("0.4 s");
    // when
    network.fallSilent();
    pass(page, 10);
    // then
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    // when
    network.speakUp();
    tone(turn, 0, 16_000, 600).text(SECOND).finish();
    pass(page, 12);
    // then
    assertThat(page.locator("#played")).hasText("1.0 s");
    assertThat(answer(page)).hasText(FIRST + SECOND);
    assertThat(exchange(page).locator(".trouble")).isHidden();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void aModelThatThinksForLongIsWaitedForWhileTheServerAnswers() throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    FakeTurn turn = ask(page, "hello");
    // when
    pass(page, 40);
    // then
    assertThat(state(page)).hasText("Thinking…");
    beginToSpeak(turn, 16_000, 400).finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("0.4 s");
    assertThat(answer(page)).hasText(FIRST);
    assertThat(exchange(page).locator(".trouble")).isHidden();
  }

  /** A page that has sounded, and a prompt on its way over one of the connections that it keeps. */
  private Page asksOverADeadConnection(Runnable death) throws Exception {
    Page page = page(network.port());
    page.clock().install();
    beginToSpeak(ask(page, "hello"), 16_000, 200).finish();
    assertThat(state(page)).hasText("Ready");
    death.run();
    page.getByLabel("Your prompt").fill("and then?");
    page.waitForRequest("**/v1/turns", () -> page.getByLabel("Your prompt").press("Enter"));
    return page;
  }

  /**
   * Only connections from before are dead, of which nobody is told: a router has forgotten them.
   */
  private void forgetConnections() {
    network.fallSilent();
    network.speakUp();
  }

  /**
   * Until the next turn is there; the time of the page passes meanwhile, and not too much of it.
   */
  private FakeTurn turnAfterAWhile(Page page) throws Exception {
    for (int seconds = 0; seconds < 300 && !pipeline.anyTurn(); seconds++) {
      pass(page, 1);
      page.evaluate("() => new Promise((drawn) => requestAnimationFrame(drawn))");
    }
    return pipeline.nextTurn();
  }

  @Test
  void sendsAPromptOverAnotherConnectionWhenTheOneThatItHadIsDead() throws Exception {
    // given
    Page page = asksOverADeadConnection(this::forgetConnections);
    // when
    pass(page, 6);
    // then
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    // when
    FakeTurn turn = turnAfterAWhile(page);
    // then
    beginToSpeak(turn, 16_000, 400).finish();
    assertThat(page.locator("#played")).hasText("0.4 s");
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator(".note")).isHidden();
    assertThat(exchange(page).locator(".trouble")).isHidden();
    assertThat(pipeline.anyTurn()).isFalse();
  }

  @Test
  void saysAfterAWhileThatNobodyTakesAPrompt() throws Exception {
    // given
    Page page = asksOverADeadConnection(network::fallSilent);
    // when
    for (int seconds = 0;
        seconds < 60 && !exchange(page).locator(".trouble").isVisible();
        seconds++) {
      pass(page, 1);
    }
    // then
    assertThat(alert(page)).containsText("Voicebus cannot be reached");
    assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
    assertThat(exchange(page).locator(".note")).isHidden();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void opensItsAudioOverAnotherConnectionWhenTheOneThatItHadIsDead() throws Exception {
    // given: a page that was left open for long
    Page page = page(network.port());
    page.clock().install();
    forgetConnections();
    page.getByLabel("Your prompt").fill("hello");
    // when
    page.getByLabel("Your prompt").press("Enter");
    pass(page, 6);
    // then
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    // when
    FakeTurn turn = turnAfterAWhile(page);
    // then
    beginToSpeak(turn, 16_000, 400).finish();
    awaitSound(page);
    assertThat(page.locator("#played")).hasText("0.4 s");
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator(".trouble")).isHidden();
  }

  /** What was heard of it is told by the mark; the rest has been written. */
  private FakeTurn losesTheServerForLong(Page page) throws Exception {
    List<String> sockets = new ArrayList<>();
    page.onWebSocket(socket -> sockets.add(socket.url()));
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 400).text(SECOND);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, 4 * 1_600L);
    assertThat(page.locator("#played")).hasText("0.4 s");
    assertThat(answer(page)).hasText(FIRST + SECOND);
    network.cut();
    call("DELETE", "/v1/turns/" + sockets.get(0).replaceAll(".*/turns/|/ws.*", ""), NOTHING);
    turn.awaitCancelled();
    assertThat(exchange(page).locator(".note")).containsText("Reconnecting");
    pass(page, 20);
    assertThat(alert(page)).containsText("as soon as Voicebus can be reached again");
    assertThat(state(page)).hasText("Ready");
    return turn;
  }

  @Test
  void speaksOnByItselfOnceTheServerCanBeReachedAgain() throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    losesTheServerForLong(page);
    // when
    pass(page, 60);
    network.mend();
    pass(page, 4);
    // then
    FakeTurn rest = pipeline.nextTurn();
    assertThat(rest.prompt().text()).isEqualTo(SECOND);
    rest.format(16_000).on(Stage.CHUNKER, new ChunkCaption(0, SECOND.strip(), 1, SECOND.length()));
    tone(rest, 0, 16_000, 300).finish();
    awaitSound(page);
    assertThat(state(page)).hasText("Ready");
    assertThat(alert(page)).containsText("away for too long");
    assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Escape", "another tab", "reload"})
  void speaksNothingByItselfThatIsNotWantedAnyMore(String end) throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    losesTheServerForLong(page);
    // when
    network.mend();
    switch (end) {
      case "Escape" -> page.keyboard().press("Escape");
      case "reload" -> page.reload();
      default -> {
        Page other =
            page.waitForPopup(() -> page.evaluate("() => { window.open(location.href); }"));
        beginToSpeak(ask(other, "me first"), 16_000, 300).finish();
        assertThat(state(other)).hasText("Ready");
      }
    }
    // then
    assertThat(alert(page)).containsText("See whether it is still running");
    pass(page, 10);
    page.evaluate("() => fetch('v1/status')");
    assertThat(pipeline.anyTurn()).isFalse();
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator("[data-part=rest]")).isVisible();
  }

  @Test
  void asksForNothingToBeSpokenWhereNothingHadBeenWritten() throws Exception {
    // given
    Page page = page(network.port(), COUNTS_SOCKETS);
    List<String> sockets = new ArrayList<>();
    List<Object> frames = new ArrayList<>();
    page.onWebSocket(
        socket -> {
          sockets.add(socket.url());
          socket.onFrameReceived(frames::add);
        });
    FakeTurn turn = ask(page, "hello").format(16_000);
    page.waitForCondition(() -> !frames.isEmpty());
    // when
    network.cut();
    await(page, "opened > 1", ""); // it has been tried again, too early
    call("DELETE", "/v1/turns/" + sockets.get(0).replaceAll(".*/turns/|/ws.*", ""), NOTHING);
    turn.awaitCancelled();
    network.mend();
    // then
    assertThat(alert(page)).containsText("away for too long");
    assertThat(alert(page)).containsText("Nothing of this answer had come");
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator("[data-part=retry]")).isVisible();
  }

  @Test
  void whatWasSaidOfAnAnswerStaysWhenTheConnectionBreaksOffAsItIsHeardAgain() throws Exception {
    // given
    Page page = page(network.port());
    page.clock().install();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 300).text(SECOND);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, 3 * 1_600L);
    assertThat(page.locator("#played")).hasText("0.3 s");
    page.keyboard().press("Escape");
    turn.awaitCancelled();
    Locator note = exchange(page).locator(".note");
    assertThat(note).containsText("You stopped it");
    exchange(page).locator("[data-part=rest]").click();
    beginToSpeak(pipeline.nextTurn(), 16_000, 300);
    awaitSound(page);
    // when
    network.cut();
    assertThat(note).containsText("Reconnecting");
    assertThat(note).hasAttribute("aria-live", "polite");
    pass(page, 20);
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(note).containsText("You stopped it");
    assertThat(note).hasAttribute("aria-live", "off");
  }

  @Test
  void saysThatAProxyLetsNoSocketThrough() throws Exception {
    // given
    Page page =
        page(
            network.port(),
            "const Plain = WebSocket; window.WebSocket = class extends Plain {"
                + " constructor(url) { super(String(url).replace('/ws', '/none')); } };");
    page.clock().install();
    // when
    FakeTurn turn = ask(page, "hello");
    pass(page, 5);
    // then
    assertThat(alert(page)).containsText("lets no WebSocket through");
    assertThat(state(page)).hasText("Ready");
    turn.awaitCancelled();
  }

  @Test
  void saysThatTheSignInHasEndedMeanwhile() throws Exception {
    // given
    Page page = page(network.port());
    beginToSpeak(ask(page, "hello"), 16_000, 400);
    awaitSound(page);
    page.route("**/v1/turns/*", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
    // when
    network.cut();
    // then
    assertThat(alert(page)).containsText("You are signed out");
  }

  @Test
  void saysThatItWaitsWhenAllHasBeenPlayedThatCame() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), 16_000, 500);
    // then
    assertThat(state(page)).hasText("Speaking");
    assertThat(state(page)).hasText("Waiting for the rest of it…");
    // when
    tone(turn, 0, 16_000, 1500);
    // then
    assertThat(state(page)).hasText("Speaking");
    turn.finish();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void whatIsKnownOfModelAndVoiceStaysSoWhileTheServerIsGone() throws Exception {
    // given
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    Page page = page(network.port());
    assertThat(page.locator("#chip-voice")).not().isEmpty();
    String before = page.locator("#chip").textContent();
    String model = page.locator("#model").textContent();
    // when
    network.cut();
    page.locator("#chip").click();
    page.evaluate("() => fetch('v1/voices').catch(() => null)"); // behind what the dialog asks
    // then
    assertThat(page.locator("#voice-list")).containsText("Kevin");
    assertThat(page.locator("#model")).hasText(model);
    assertThat(page.locator("#chip")).hasText(before);
    // when: it has never been known
    page.locator("#voices [data-close]").click();
    Page second = page(http.actualPort());
    second.route("**/v1/source", Route::abort);
    second.reload();
    second.locator("#chip").click();
    // then
    assertThat(second.locator("#model")).containsText("cannot be asked");
    assertThat(second.locator("#chip-model")).isEmpty();
  }

  @Test
  void asksAgainForModelAndVoiceWhenTheirAnswersAreLost() {
    // given
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    Page page = page();
    List<String> lost = new ArrayList<>();
    page.route(
        Pattern.compile("/v1/(source|voices)$"),
        route -> {
          if (lost.contains(route.request().url())) {
            route.resume();
          } else {
            lost.add(route.request().url());
            route.abort();
          }
        });
    // when
    page.reload();
    // then
    assertThat(page.locator("#chip-voice")).not().isEmpty();
    assertThat(page.locator("#model")).not().containsText("cannot be asked");
    assertThat(lost).hasSize(2);
  }

  @Test
  void knowsModelAndVoiceOnceTheNetworkIsBack() {
    // given
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    Page page = page();
    List<String> lost = new ArrayList<>();
    Pattern settings = Pattern.compile("/v1/(source|voices)$");
    page.route(
        settings,
        route -> {
          lost.add(route.request().url());
          route.abort();
        });
    page.reload();
    page.waitForCondition(() -> lost.size() == 6);
    assertThat(page.locator("#chip-voice")).isEmpty();
    // when
    page.unroute(settings);
    page.evaluate("() => { dispatchEvent(new Event('online')); }");
    // then
    assertThat(page.locator("#chip-voice")).not().isEmpty();
    assertThat(page.locator("#model")).not().containsText("cannot be asked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page/media.js", "/page/app.js"})
  void saysThatThePageHasNotComeWhole(String file) {
    // given
    options.setReducedMotion(ReducedMotion.REDUCE);
    Page page = page();
    assertThat(page.locator("#late")).hasCount(0);
    page.route("**" + file, Route::abort);
    // when
    page.reload();
    assertThat(page.locator("#late")).isHidden();
    page.evaluate("() => document.getAnimations().forEach((wait) => wait.finish())");
    // then
    assertThat(page.locator("#late")).isVisible();
    assertThat(page.locator("#late")).containsText("reload it");
  }

  @Test
  void soundsAlsoWhenTheNetworkChangesAsItsAudioBegins() throws Exception {
    // given
    Page page =
        page(
            http.actualPort(),
            """
            const add = AudioWorklet.prototype.addModule;
            let lost = 0;
            AudioWorklet.prototype.addModule = async function (url) {
              if (lost++ === 0) throw new DOMException('lost', 'AbortError');
              return add.call(this, url);
            };\
            """);
    // when
    beginToSpeak(ask(page, "hello"), 16_000, 400).finish();
    // then
    assertThat(page.locator("#played")).hasText("0.4 s");
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator(".trouble")).isHidden();
  }

  @Test
  void seeksNothingMoreOfATurnThatHasBeenSentToItsEnd() throws Exception {
    // given
    Page page = page();
    List<String> back = new ArrayList<>();
    page.routeWebSocket(
        "**/ws",
        socket ->
            socket
                .connectToServer()
                .onMessage(
                    message -> {
                      if (message.text() == null) {
                        socket.send(message.binary());
                        return;
                      }
                      socket.send(message.text());
                      if (message.text().contains("\"event\":\"end\"")) {
                        socket.close(new WebSocketRoute.CloseOptions().setCode(4503));
                      }
                    }));
    page.routeWebSocket(Pattern.compile("/ws\\?from="), socket -> back.add(socket.url()));
    page.reload();
    // when: its connection is lost just then
    beginToSpeak(ask(page, "hello"), 16_000, 800).finish();
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("0.8 s");
    assertThat(exchange(page).locator(".note")).isHidden();
    assertThat(exchange(page).locator(".trouble")).isHidden();
    assertThat(back).isEmpty();
  }

  @Test
  void namesTheModelWhileAServiceStillListsItsVoices() {
    // given
    Page page = page();
    List<Route> waiting = new ArrayList<>();
    page.route("**/v1/voices", waiting::add);
    page.route("**/v1/source", waiting::add);
    // when
    page.reload();
    // then: nothing is known yet
    assertThat(page.locator("#chip")).hasAccessibleName("Model and voice");
    assertThat(
            String.valueOf(
                page.evaluate(
                    "getComputedStyle(document.getElementById('chip'), '::before').content")))
        .isEqualTo("\"Model and voice\"");
    // when
    page.waitForCondition(() -> waiting.size() == 2);
    Route source =
        waiting.stream()
            .filter(route -> route.request().url().endsWith("source"))
            .findAny()
            .orElseThrow();
    source.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody("{\"source\":\"gemini\",\"model\":\"flash\"}"));
    // then
    assertThat(page.locator("#chip-model")).hasText("flash");
    assertThat(page.locator("#chip-voice")).isEmpty();
    assertThat(
            String.valueOf(
                page.evaluate(
                    "getComputedStyle(document.getElementById('chip'), '::before').content")))
        .isEqualTo("none");
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
    assertThat(answer(page)).hasText(FIRST);
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

  @ParameterizedTest
  @CsvSource({
    "POST /v1/turns,false",
    "POST /v1/turns,true",
    "Upgrade: websocket,false",
    "Upgrade: websocket,true"
  })
  void isHeardOnceAlsoWhenTheNetworkChangesAsItBegins(String request, boolean answered)
      throws Exception {
    // given
    Page page = page(network.port());
    network.breakNext(request, answered);
    // when
    beginToSpeak(ask(page, "hello"), 16_000, 400).finish();
    // then
    assertThat(page.locator("#played")).hasText("0.4 s");
    assertThat(state(page)).hasText("Ready");
    assertThat(answer(page)).hasText(FIRST);
    assertThat(exchange(page).locator(".trouble")).isHidden();
    assertThat(pipeline.anyTurn()).isFalse();
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

  @ParameterizedTest
  @CsvSource({
    "413,the prompt is too long",
    "403,answered with status 403",
    "502,Voicebus cannot be reached"
  })
  void saysWhatAProxyAnsweredInItsPlace(int status, String words) {
    // given
    Page page = page();
    page.route(
        "**/v1/turns",
        route ->
            route.fulfill(new Route.FulfillOptions().setStatus(status).setBody("<h1>no</h1>")));
    // when
    page.getByLabel("Your prompt").fill("hello");
    page.getByLabel("Your prompt").press("Enter");
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
