package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextMode;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversation as it is shown, kept, and heard again. */
@Tag("slow")
@Timeout(120)
class PageThreadTest extends PageTest {
  private JsonObject asked = new JsonObject();

  @Override
  boolean expected(String complaint) {
    return complaint.contains("status of 402") || complaint.contains("/v1/conversations/");
  }

  /** Heard to its end: two chunks of 600 and 400 ms. */
  private FakeTurn answered(Page page, String prompt) throws Exception {
    int end = FIRST.length() + SECOND.length();
    FakeTurn turn = beginToSpeak(ask(page, prompt), RATE_HZ, 600);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, RATE_HZ * 6L / 10)
        .text(SECOND)
        .on(Stage.CHUNKER, new ChunkCaption(1, SECOND.strip(), FIRST.length() + 1, end))
        .mark(PlayoutMark.Kind.CHUNK_START, 1, RATE_HZ * 6L / 10);
    tone(turn, 1, RATE_HZ, 400).mark(PlayoutMark.Kind.CHUNK_END, 1, RATE_HZ).finish();
    assertThat(state(page)).hasText("Ready");
    return turn;
  }

  @Test
  void hearsAnAnswerAgainAsItWasKeptAlsoFromAWord() throws Exception {
    // given
    Page page = page();
    answered(page, "hello");
    assertThat(play(page)).hasText("Hear it again");
    // when
    play(page).click();
    // then: without the server
    awaitSound(page);
    awaitMarked(page, "white");
    play(page).click();
    assertThat(state(page)).hasText("Paused");
    awaitSilence(page);
    play(page).click();
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("1.0 s");
    // when: a word of the second sentence is chosen
    page.evaluate(
        "() => { const node = document.querySelector('.text p').firstChild; const at ="
            + " node.data.indexOf('reaches'); getSelection().setBaseAndExtent(node, at, node, at +"
            + " 7); document.querySelector('.text').dispatchEvent(new Event('dblclick')); }");
    // then
    awaitMarked(page, "reaches");
    assertThat(state(page)).hasText("Ready");
    assertThat(marked(page, "unheard")).isEmpty();
  }

  @Test
  void keepsTheConversationOverAReload() throws Exception {
    // given
    Page page = page();
    String name = answered(page, "hello").prompt().turn().options().conversation();
    page.evaluate("() => { marks.length = 0; }");
    FakeTurn cut = beginToSpeak(ask(page, "and then?"), RATE_HZ, 3000);
    awaitMarked(page, "looks");
    // when
    page.reload();
    // then: what was under way has ended, and is shown as far as it was heard
    cut.awaitCancelled();
    assertThat(page.locator(".question")).hasText(new String[] {"You: hello", "You: and then?"});
    assertThat(page.locator(".text").first()).hasText(FIRST + SECOND);
    assertThat(exchange(page).locator(".note"))
        .hasText("You left the page. What is grey was not heard.");
    assertThat(FIRST).endsWith(marked(page, "unheard"));
    String grey =
        "(() => { const probe = document.createElement('i'); document.body.append(probe);"
            + " probe.style.color = 'var(--unheard)'; return getComputedStyle(probe).color; })()";
    assertThat(share(answer(page).screenshot(), colour(page, grey)))
        .as("painted")
        .isGreaterThan(0.001);
    // and: it is the same conversation
    FakeTurn next = beginToSpeak(ask(page, "once more"), RATE_HZ, 300).finish();
    assertThat(next.prompt().turn().options().conversation()).isEqualTo(name);
    assertThat(state(page)).hasText("Ready");
    // when: the sound is gone, so it is spoken anew
    assertThat(page.locator("[data-part=play]").first()).hasText("Speak it again");
    page.locator("[data-part=play]").first().click();
    FakeTurn again = pipeline.nextTurn();
    // then: word for word, and not as a part of the conversation
    assertThat(again.prompt().text()).isEqualTo(FIRST + SECOND);
    assertThat(again.prompt().turn().options().mode()).isEqualTo(TextMode.SAY);
    assertThat(again.prompt().turn().options().conversation()).isEmpty();
    again
        .caption(0, FIRST)
        .format(RATE_HZ)
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0)
        .audio(tone(RATE_HZ, 400));
    awaitMarked(page, "Sunlight");
    again.finish();
    assertThat(state(page)).hasText("Ready");
  }

  @ParameterizedTest(name = "after a reload: {0}")
  @ValueSource(booleans = {false, true})
  void whatWasNotHeardOfAStoppedAnswerCanBeHeard(boolean reloaded) throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 300).text(SECOND);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, RATE_HZ * 3L / 10);
    assertThat(page.locator("#played")).hasText("0.3 s");
    Locator rest = exchange(page).locator("[data-part=rest]");
    assertThat(rest).isHidden();
    // when
    page.keyboard().press("Escape");
    turn.awaitCancelled();
    if (reloaded) {
      page.reload();
    }
    rest.click();
    // then
    FakeTurn again = pipeline.nextTurn();
    assertThat(again.prompt().text()).isEqualTo(SECOND);
    assertThat(rest).isHidden();
    again
        .format(RATE_HZ)
        .on(Stage.CHUNKER, new ChunkCaption(0, SECOND.strip(), 1, SECOND.length()))
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    tone(again, 0, RATE_HZ, 300)
        .on(Stage.PLAYBACK, new ChunkSkipped(1, failure(Stage.SPEECH, FailureKind.QUOTA)));
    awaitMarked(page, "The");
    again.finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(marked(page, "unheard")).isEmpty();
    assertThat(rest).isHidden();
    // and: what is missing of it is told
    assertThat(exchange(page).locator(".trouble")).containsText("Something was left out");
  }

  @Test
  void whatIsWrittenAndHeardIsKeptThoughThePageIsLost() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 8000);
    awaitMarked(page, "looks");
    page.getByLabel("Your prompt").fill("a draft that is precious");
    await(page, "sessionStorage['voicebus.draft']?.includes('precious')", "");
    await(page, "sessionStorage['voicebus.thread']?.includes(arg)", FIRST);
    // when: no page tells that it is killed
    page.evaluate(
        "() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true)");
    page.reload();
    // then
    turn.awaitCancelled();
    assertThat(page.getByLabel("Your prompt")).hasValue("a draft that is precious");
    assertThat(answer(page)).hasText(FIRST);
    assertThat(exchange(page).locator(".note")).containsText("You left the page");
    // when: it is sent
    page.getByLabel("Your prompt").press("Enter");
    beginToSpeak(pipeline.nextTurn(), RATE_HZ, 200).finish();
    assertThat(state(page)).hasText("Ready");
    page.reload();
    // then
    assertThat(page.getByLabel("Your prompt")).hasValue("");
  }

  @Test
  void tellsMildlyWhatAnAnswerDoesNotKnow() throws Exception {
    // given
    Page page = page();
    String name = answered(page, "hello").prompt().turn().options().conversation();
    assertThat(exchange(page).locator(".trouble")).isHidden();
    // when: the server was restarted
    assertThat(pipeline.conversations).doesNotContainKey(name);
    FakeTurn turn = ask(page, "and then?");
    answers(turn);
    // then
    assertThat(exchange(page).locator(".trouble.mild")).containsText("has forgotten");
    assertThat(exchange(page).locator("[data-part=retry]")).isHidden();
    beginToSpeak(turn, RATE_HZ, 200).finish();
    assertThat(state(page)).hasText("Ready");
    // when
    FakeTurn next = ask(page, "and why?");
    next.on(Stage.TEXT, new StageTiming("not-remembered", 0));
    // then
    assertThat(exchange(page).locator(".trouble.mild")).containsText("too long to be remembered");
    next.finish();
    assertThat(state(page)).hasText("Ready");
    // when
    page.reload();
    // then
    assertThat(exchange(page).locator(".trouble.mild")).containsText("too long to be remembered");
  }

  @Test
  void tellsOnceThatTheServerKeepsNoConversations() throws Exception {
    // given
    Page page = page();
    answered(page, "hello");
    // when
    for (String prompt : List.of("and then?", "and why?")) {
      FakeTurn turn = ask(page, prompt);
      turn.on(Stage.TEXT, new StageTiming("history-off", 0));
      answers(turn);
      beginToSpeak(turn, RATE_HZ, 200).finish();
      assertThat(state(page)).hasText("Ready");
    }
    // then
    assertThat(page.locator(".trouble.mild:visible")).hasCount(1);
    assertThat(page.locator(".exchange").nth(1).locator(".trouble"))
        .containsText("keeps no conversations");
  }

  /** The first that a model says of an answer. */
  private static void answers(FakeTurn turn) {
    turn.on(
        Stage.TEXT,
        new AnswerReport("gemini", "flash-9", AnswerReport.Ending.COMPLETE, 1, 0, 0, 0));
  }

  @Test
  void speaksAndCopiesWhereTheBrowserKeepsNothingAndForbidsMuch() throws Exception {
    // given
    Page page =
        page(
            http.actualPort(),
            """
            for (const name of ['sessionStorage', 'localStorage']) {
              Object.defineProperty(window, name, {get() { throw new DOMException('', 'SecurityError'); }});
            }
            window.BroadcastChannel = class { constructor() { throw new DOMException('', 'SecurityError'); } };
            Object.defineProperty(navigator, 'clipboard', {value: undefined});\
            """);
    answered(page, "hello");
    // when
    page.evaluate(
        "() => addEventListener('copy', ({clipboardData}) => {"
            + " window.taken = clipboardData.getData('text/plain'); })");
    page.locator("[data-part=copy]").click();
    // then
    assertThat(page.locator("[data-part=copy]")).hasAccessibleName("Copied");
    assertThat(page.evaluate("taken")).isEqualTo(FIRST + SECOND);
    // when
    page.evaluate("() => { document.execCommand = () => false; }");
    page.locator("[data-part=copy]").click();
    // then
    assertThat(page.locator("[data-part=copy]"))
        .hasAccessibleName("The browser does not let this page copy: select the text");
  }

  @Test
  void whatWasLeftOutIsNotOfferedToBeTriedAgain() throws Exception {
    // given
    Page page = page();
    beginToSpeak(ask(page, "hello"), RATE_HZ, 300)
        .on(Stage.PLAYBACK, new ChunkSkipped(1, failure(Stage.SPEECH, FailureKind.INVALID_REQUEST)))
        .finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator(".trouble")).containsText("Something was left out");
    assertThat(exchange(page).locator("[data-part=retry]")).isHidden();
    // when
    page.reload();
    // then
    assertThat(exchange(page).locator(".trouble")).containsText("Something was left out");
    assertThat(exchange(page).locator("[data-part=retry]")).isHidden();
  }

  @Test
  void givesSoundCaptionsAndTranscriptAway() throws Exception {
    // given
    Page page = page();
    answered(page, "hello");
    exchange(page).locator("summary").click();
    // when
    Download sound = page.waitForDownload(() -> page.locator("[data-part=sound]").click());
    exchange(page).locator("summary").click();
    Download captions = page.waitForDownload(() -> page.locator("[data-part=captions]").click());
    page.locator("#inside-button").click();
    Download words = page.waitForDownload(() -> page.locator("#transcript").click());
    // then
    assertThat(Files.readAllBytes(sound.path())).hasSize(44 + 2 * RATE_HZ).startsWith(utf8("RIFF"));
    assertThat(Files.readString(captions.path()))
        .contains("00:00:00.000 --> 00:00:00.600\n" + FIRST, "00:00:00.600 --> 00:00:01.000\n");
    assertThat(Files.readString(words.path()))
        .isEqualTo("You: hello\n\nVoicebus: " + FIRST + SECOND + "\n");
  }

  @Test
  void theVoiceThatWasChosenSpeaksAndCanBeTriedBefore() throws Exception {
    // given
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    pipeline.voices.add(new EngineVoices("elevenlabs", false, "it needs a key", List.of()));
    Page page = page();
    // when
    page.locator("#chip").click();
    page.getByLabel("Try Kevin").click();
    // then
    FakeTurn trial = pipeline.nextTurn();
    assertThat(trial.prompt().text()).contains("I am Kevin");
    assertThat(trial.prompt().turn().options().voice()).isEqualTo("embedded/kevin16");
    assertThat(trial.prompt().turn().options().mode()).isEqualTo(TextMode.SAY);
    trial.format(RATE_HZ).audio(tone(RATE_HZ, 600)).finish();
    awaitSound(page);
    assertThat(page.locator("#voice-list")).containsText("it needs a key");
    assertThat(page.locator(".exchange")).hasCount(0);
    // when
    page.getByLabel("Kevin en").check();
    page.getByLabel("Volume").fill("0");
    page.locator("#voices [data-close]").click();
    // then
    assertThat(page.locator("#chip")).containsText("Kevin");
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 600);
    assertThat(turn.prompt().turn().options().voice()).isEqualTo("embedded/kevin16");
    assertThat(state(page)).hasText("Speaking, but the volume is at 0");
    awaitSilence(page);
    turn.finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("0.6 s");
  }

  @Test
  void anAnswerWaitsWhileAVoiceIsTriedAndGoesOn() throws Exception {
    // given
    EngineVoice kevin = new EngineVoice("kevin16", "Kevin", "en");
    pipeline.voices.add(new EngineVoices("embedded", true, "", List.of(kevin), 1, "kevin16"));
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitSound(page);
    // when
    page.locator("#chip").click();
    assertThat(page.locator("#volume-told")).hasText("100 %");
    assertThat(page.locator("#speed-told")).hasText("1 ×");
    page.getByLabel("Try Kevin").last().click();
    FakeTurn trial = pipeline.nextTurn();
    // then
    assertThat(exchange(page).locator(".note")).hasText("On hold while you try a voice.");
    trial.format(RATE_HZ).audio(tone(RATE_HZ, 200)).finish();
    assertThat(state(page)).hasText("Paused");
    // when
    page.locator("#voices [data-close]").click();
    play(page).click();
    // then
    assertThat(state(page)).hasText("Speaking");
    turn.finish();
    assertThat(page.locator("#played")).hasText("3.0 s");
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void runsTheSamePromptOneAfterTheOtherAndTellsWhatThatCost() throws Exception {
    // given
    Page page = page();
    page.route(
        "**/v1/chat/completions",
        route -> {
          asked = new JsonObject(route.request().postData());
          JsonObject message = new JsonObject().put("role", "assistant").put("content", SECOND);
          JsonArray choices = new JsonArray().add(new JsonObject().put("message", message));
          route.fulfill(
              new Route.FulfillOptions()
                  .setBody(new JsonObject().put("choices", choices).encode()));
        });
    answered(page, "hello");
    answered(page, "and why?");
    exchange(page).locator(".latency").click();
    assertThat(page.locator("#compared")).isHidden();
    // when
    page.waitForResponse("**/v1/chat/completions", () -> page.locator("#run-others").click());
    FakeTurn second = pipeline.nextTurn();
    // then: what was said before is told to the model, too
    assertThat(asked.getJsonArray("messages").encode())
        .contains("\"content\":\"hello\"", "scatters", "\"content\":\"and why?\"");
    assertThat(second.prompt().text()).isEqualTo(SECOND);
    assertThat(second.prompt().turn().options().mode()).isEqualTo(TextMode.SAY);
    assertThat(second.prompt().turn().options().conversation()).isEmpty();
    // when
    second.format(RATE_HZ);
    tone(second, 0, RATE_HZ, 4000);
    // then: heard for a while, and no longer
    second.awaitCancelled();
    assertThat(page.locator("#compared")).isVisible();
    assertThat(page.locator("#sooner")).containsText("sooner here");
    assertThat(page.locator("#others .figure")).containsText("ms");
    assertThat(state(page)).hasText("Ready");
    // when
    page.unroute("**/v1/chat/completions");
    page.route(
        "**/v1/chat/completions",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(402)
                    .setBody("{\"error\":{\"message\":\"no credit is left\"}}")));
    page.locator("#run-others").click();
    // then
    assertThat(page.locator("#others-trouble")).containsText("no credit is left");
    assertThat(page.locator("#run-others")).hasText("Run it one after the other");
  }

  @Test
  void saysBeforeTheFirstAnswerWhichModelAndVoiceItWillBe() throws Exception {
    // given
    VertxBus source =
        VertxBus.register(vertx, Clock.system(), "gemini").await(10, TimeUnit.SECONDS);
    source.inbox().worksWith("gemini/flash-9");
    EngineVoice kevin = new EngineVoice("kevin16", "Kevin", "en");
    EngineVoice ann = new EngineVoice("x1", "Ann", "en");
    pipeline.voices.add(new EngineVoices("embedded", true, "", List.of(kevin), 3, "kevin16"));
    pipeline.voices.add(new EngineVoices("openai", false, "needs a key", List.of(), 1, "alloy"));
    pipeline.voices.add(
        new EngineVoices(
            "elevenlabs", true, "", List.of(new EngineVoice("x0", "Bob", "en"), ann), 2, "x1"));
    // when
    Page page = page();
    // then: the first engine that can, with its own choice of voice
    assertThat(page.locator("#chip-model")).hasText("flash-9");
    assertThat(page.locator("#chip-voice")).hasText("Ann");
  }

  @Test
  void oneClickIsHeardOnAFirstVisitAndOnlyOneTabSpeaks() throws Exception {
    // given
    Page page = page();
    assertThat(page.locator(".example")).hasCount(3);
    // when
    page.locator(".example").first().click();
    FakeTurn turn = beginToSpeak(pipeline.nextTurn(), RATE_HZ, 3000);
    // then
    assertThat(turn.prompt().text()).isEqualTo("Why is the sky blue?");
    assertThat(page.locator("#welcome")).isHidden();
    awaitSound(page);
    // when
    Page other = page.waitForPopup(() -> page.evaluate("() => { window.open(location.href); }"));
    FakeTurn second = beginToSpeak(ask(other, "me too"), RATE_HZ, 3000);
    // then
    assertThat(state(page)).hasText("Paused");
    assertThat(state(other)).hasText("Speaking");
    turn.finish();
    second.finish();
  }

  /** In place of the browser's own voices, of which this Chromium has none. */
  private static final String SYNTHESIS =
      """
      window.said = [];
      window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
      Object.defineProperty(window, 'speechSynthesis', {value: {
        speaking: false, paused: false, cancel() { this.speaking = false; }, pause() {}, resume() {},
        getVoices: () => [{voiceURI: 'aria', name: 'Aria', lang: 'en-GB'}],
        speak(utterance) { this.speaking = true; said.push(utterance); },
      }});\
      """;

  @Test
  void aVoiceOfTheBrowserSaysTheChunksAndTellsHowFarItIs() throws Exception {
    // given
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    Page page = page(http.actualPort(), SYNTHESIS);
    page.locator("#chip").click();
    page.getByLabel("Aria en-GB").check();
    assertThat(page.locator("#chip-voice")).hasText("Aria");
    page.locator("#voices [data-close]").click();
    // when: the server's sound gives the time
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 600);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, RATE_HZ * 6L / 10);
    // then
    assertThat(turn.prompt().turn().options().voice()).isEqualTo("embedded/kevin16");
    await(page, "said.length === 1", "");
    assertThat(page.evaluate("said[0].text")).isEqualTo(FIRST);
    assertThat(state(page)).hasText("Speaking");
    // when
    page.evaluate("at => said[0].onboundary({charIndex: at})", FIRST.indexOf("looks") + 1);
    // then
    awaitMarked(page, "looks");
    assertThat(turn.awaitPosition().playedMs()).isBetween(0L, 600L);
    // when
    turn.finish();
    page.evaluate("said[0].onend()");
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("0.6 s");
    assertThat(number(page, "tap.peak")).as("the server's own sound").isZero();
  }

  @Test
  void reckonsTheWordsOfAVoiceOfTheBrowserThatTellsNone() throws Exception {
    // given: two that the browser tells apart by their names alone
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    Page page =
        page(
            http.actualPort(),
            SYNTHESIS,
            "speechSynthesis.getVoices = () => ['Aria', 'Bea'].map((name) =>"
                + " ({voiceURI: '', name, lang: 'en-GB'}));",
            "const every = setInterval; window.ticks = 0; window.setInterval ="
                + " (task, ms) => every(() => { task(); ticks++; }, ms);");
    page.locator("#chip").click();
    page.getByLabel("Bea en-GB").check();
    assertThat(page.locator("#chip-voice")).hasText("Bea");
    page.locator("#voices [data-close]").click();
    FakeTurn turn = ask(page, "hello");
    await(page, "ticks > 2", "");
    assertThat(page.locator("#played")).hasText("0.0 s"); // of a rate that is not known yet
    beginToSpeak(turn, RATE_HZ, 3000).mark(PlayoutMark.Kind.CHUNK_END, 0, RATE_HZ * 3L);
    await(page, "said.length === 1", "");
    assertThat(page.evaluate("said[0].voice.name")).isEqualTo("Bea");
    // when
    page.evaluate("said[0].onstart()");
    // then
    awaitMarked(page, "looks");
    awaitMarked(page, "white");
    // when
    turn.finish();
    page.evaluate("said[0].onend()");
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("3.0 s");
  }

  @Test
  void namesAVoiceThatTheBrowserKnowsLate() {
    // given
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    String late =
        "const {getVoices} = speechSynthesis; speechSynthesis.getVoices = () => [];"
            + " speechSynthesis.addEventListener = (name, told) => { window.tellVoices ="
            + " () => { speechSynthesis.getVoices = getVoices; told(); }; };"
            + " localStorage['voicebus.choices'] = JSON.stringify({voice: 'browser/aria'});";
    Page page = page(http.actualPort(), SYNTHESIS, late);
    assertThat(page.locator("#chip-voice")).not().isEmpty();
    // when
    page.evaluate("tellVoices()");
    // then
    assertThat(page.locator("#chip-voice")).hasText("Aria");
  }

  @Test
  void followsTheVoiceUntilTheReaderScrolls() throws Exception {
    // given
    options.setViewportSize(700, 500);
    Page page = page();
    FakeTurn turn = ask(page, "hello");
    String paragraph = FIRST + "\n\n";
    turn.text(paragraph.repeat(30)).format(RATE_HZ);
    for (int i = 0; i < 30; i++) {
      long start = (long) i * paragraph.length();
      turn.on(Stage.CHUNKER, new ChunkCaption(i, FIRST, start, start + FIRST.length()))
          .mark(PlayoutMark.Kind.CHUNK_START, i, (long) i * RATE_HZ / 10);
    }
    tone(turn, 0, RATE_HZ, 6000);
    // then
    await(page, "parseFloat(document.getElementById('played').textContent) > 1.5", "");
    await(page, "document.getElementById('scroller').scrollTop > 200", "");
    // when
    page.evaluate("() => { document.getElementById('scroller').scrollTop = 0; }");
    await(page, "document.getElementById('scroller').scrollTop === 0", "");
    assertThat(page.locator("#live")).isVisible();
    double played = number(page, "parseFloat(document.getElementById('played').textContent)");
    await(
        page, "parseFloat(document.getElementById('played').textContent) > " + (played + 0.3), "");
    // then: it stays there
    assertThat(number(page, "document.getElementById('scroller').scrollTop")).isZero();
    // when
    page.locator("#live").click();
    // then
    await(page, "document.getElementById('scroller').scrollTop > 200", "");
    assertThat(page.locator("#live")).isHidden();
    turn.finish();
    page.keyboard().press("Escape");
    assertThat(state(page)).hasText("Ready");
  }

  private static final String TOP = "document.getElementById('scroller').scrollTop";

  /** Notes where the thread is scrolled to from now on. */
  private static void watchScrolls(Page page) {
    page.evaluate(
        """
        () => {
          const scroller = document.getElementById('scroller');
          const top = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop');
          window.tops = [];
          Object.defineProperty(scroller, 'scrollTop', {
            get() { return top.get.call(this); },
            set(value) { tops.push(value); top.set.call(this, value); },
          });
        }\
        """);
  }

  @Test
  void whatWasHeardLastStaysWhereItIsWhenTheAnswerIsStopped() throws Exception {
    // given
    options.setViewportSize(700, 500);
    Page page = page();
    FakeTurn turn = ask(page, "hello");
    turn.text(FIRST + ("\n\n" + SECOND.strip()).repeat(20))
        .on(Stage.CHUNKER, new ChunkCaption(0, FIRST, 0, FIRST.length()))
        .format(RATE_HZ)
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    tone(turn, 0, RATE_HZ, 4000);
    awaitMarked(page, "looks");
    double before = number(page, TOP);
    // when
    page.keyboard().press("Escape");
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator(".note")).containsText("You stopped it");
    assertThat(number(page, TOP)).isEqualTo(before);
  }

  @Test
  void anOldAnswerIsHeardAgainWhereItIsSeen() throws Exception {
    // given
    options.setViewportSize(700, 500);
    Page page = page();
    answered(page, "hello");
    answered(page, "and then?");
    answered(page, "and why?");
    page.evaluate("() => { document.getElementById('scroller').scrollTop = 0; }");
    await(page, TOP + " === 0", "");
    watchScrolls(page);
    // when
    page.locator("[data-part=play]").first().click();
    // then: nothing moves
    awaitMarked(page, "white");
    assertThat(state(page)).hasText("Ready");
    assertThat(String.valueOf(page.evaluate("Math.max(0, ...tops)"))).isEqualTo("0");
  }
}
