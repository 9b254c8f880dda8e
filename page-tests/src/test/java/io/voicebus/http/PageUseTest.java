package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Media;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.PlayoutMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do that no script of a demonstration has: twice, too long, in another language. */
@Tag("slow")
@Timeout(120)
class PageUseTest extends PageTest {
  @Override
  boolean expected(String complaint) {
    return complaint.contains("INTERNET_DISCONNECTED");
  }

  @Test
  void aDoubleClickSendsAndDoesNotStopWhatItHasSent() throws Exception {
    // given
    Page page = page();
    page.getByLabel("Your prompt").fill("hello");
    // when
    mainButton(page).dblclick();
    FakeTurn turn = beginToSpeak(pipeline.nextTurn(), RATE_HZ, 3000);
    // then
    assertThat(state(page)).hasText("Speaking");
    // when
    mainButton(page).click();
    // then
    turn.awaitCancelled();
    assertThat(pipeline.anyTurn()).isFalse();
  }

  /** Safari has these since 17.4 and 16: all else that the page needs is as old. */
  @Test
  void anOlderBrowserSpeaks() throws Exception {
    // given
    Page page = page();
    page.evaluate("() => { delete AbortSignal.any; delete AbortSignal.timeout; }");
    // when
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    // then
    assertThat(state(page)).hasText("Speaking");
    turn.finish();
  }

  /** What Safari tells of the key that ends a composition: it says that it is over already. */
  private static final String LAST_KEY =
      "key => document.getElementById('prompt').dispatchEvent("
          + "new KeyboardEvent('keydown', {key, keyCode: 229, bubbles: true, cancelable: true}))";

  @Test
  void keysOfAnInputMethodNeitherSendNorStop() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    assertThat(state(page)).hasText("Speaking");
    page.getByLabel("Your prompt").fill("こん");
    // when
    page.evaluate(LAST_KEY, "Enter");
    page.evaluate(LAST_KEY, "Escape");
    // then
    assertThat(page.locator(".exchange")).hasCount(1);
    assertThat(page.getByLabel("Your prompt")).hasValue("こん");
    assertThat(state(page)).hasText("Speaking");
    turn.finish();
  }

  @Test
  void takesNoMoreThanABrowserCanShowAndSaysSo() throws Exception {
    // given
    Page page = page();
    page.getByLabel("Your prompt").fill("x".repeat(30_000));
    // when
    page.keyboard().insertText("y".repeat(480_000));
    // then
    assertThat(page.locator("#notice")).containsText("has 480000 characters");
    assertThat(page.getByLabel("Your prompt")).hasValue("x".repeat(30_000));
    // when: what is selected is replaced, and what is too long can be made shorter
    page.keyboard().press("ControlOrMeta+a");
    page.keyboard().insertText("y".repeat(30_000));
    page.evaluate("() => { prompt.value += 'y'.repeat(480_000); }".replace("prompt", FIELD));
    page.keyboard().press("End");
    page.keyboard().press("Backspace");
    // then
    await(page, FIELD + ".value.length === 509_999", "");
    // when
    page.getByLabel("Your prompt").fill("");
    ask(page, "z".repeat(30_000)).finish();
    // then
    assertThat(exchange(page).locator(".question")).containsText("… and 10000 more characters");
    assertThat(state(page)).hasText("Ready");
  }

  private static final String FIELD = "document.getElementById('prompt')";

  @Test
  void aKeyThatIsHeldDownPausesOnce() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    assertThat(state(page)).hasText("Speaking");
    page.locator("#scroller").focus();
    // when
    page.keyboard().down("Space");
    page.keyboard().down("Space");
    page.keyboard().up("Space");
    // then
    assertThat(state(page)).hasText("Paused");
    turn.finish();
  }

  @Test
  void controlsOfTheDeviceDoWhatTheySayToWhatIsHeard() throws Exception {
    // given
    Page page =
        page(
            http.actualPort(),
            "window.acts = {};"
                + " navigator.mediaSession.setActionHandler = (name, act) => acts[name] = act;");
    beginToSpeak(ask(page, "first"), RATE_HZ, 8000);
    assertThat(state(page)).hasText("Speaking");
    await(page, "parseFloat(document.getElementById('queued').textContent) > 3", "");
    page.keyboard().press("Escape");
    assertThat(state(page)).hasText("Ready");
    beginToSpeak(ask(page, "second"), RATE_HZ, 200).finish();
    assertThat(state(page)).hasText("Ready");
    // when
    page.locator("[data-part=play]").first().click();
    assertThat(state(page)).hasText("Speaking");
    page.evaluate("acts.pause()");
    page.evaluate("acts.pause()");
    // then
    assertThat(state(page)).hasText("Paused");
    assertThat(page.evaluate("navigator.mediaSession.metadata.title")).isEqualTo("first");
    // when
    page.evaluate("acts.play()");
    page.evaluate("acts.play()");
    // then
    assertThat(state(page)).hasText("Speaking");
    page.evaluate("acts.stop()");
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void menusCloseAndLeaveTheVoiceAlone() throws Exception {
    // given
    Page page = page();
    page.evaluate("() => { navigator.clipboard.writeText = async () => {}; }");
    beginToSpeak(ask(page, "hello"), RATE_HZ, 200).finish();
    assertThat(state(page)).hasText("Ready");
    FakeTurn turn = beginToSpeak(ask(page, "and then?"), RATE_HZ, 6000);
    assertThat(state(page)).hasText("Speaking");
    // when
    page.locator(".save summary").first().click();
    assertThat(page.locator("[data-part=captions]").first()).isVisible();
    page.keyboard().press("Escape");
    // then
    assertThat(page.locator("[data-part=captions]").first()).isHidden();
    assertThat(page.locator(".save summary").first()).isFocused();
    assertThat(state(page)).hasText("Speaking");
    // when
    page.locator(".save summary").first().click();
    page.locator(".text").first().click();
    // then
    assertThat(page.locator("[data-part=captions]").first()).isHidden();
    // when: twice, before it has its own look again
    page.locator("[data-part=copy]").last().click();
    assertThat(page.getByLabel("Copied")).isVisible();
    page.locator("[data-part=copy]").last().click();
    // then
    await(page, "document.querySelector('.done') === null", "");
    assertThat(page.locator("[data-part=copy]").last()).hasAttribute("aria-label", "Copy");
    turn.finish();
  }

  @Test
  void offersToCopyATextThatComesBehindItsSound() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = ask(page, "hello").format(RATE_HZ);
    tone(turn, 0, RATE_HZ, 600);
    awaitSound(page);
    assertThat(page.locator("[data-part=copy]")).isHidden();
    // when
    turn.text(FIRST);
    // then
    assertThat(page.locator("[data-part=copy]")).isVisible();
    turn.finish();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void saysThatTheSoundOfAnOldAnswerIsNotKeptAnyMore() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 200);
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, RATE_HZ / 5).finish();
    assertThat(play(page)).hasText("Hear it again");
    // when: newer answers take its room
    page.evaluate(
        "async () => { const {Recording} = await import('/page/recording.js'); const newer ="
            + " new Recording(); for (let i = 0; i < 5; i++) newer.add(new ArrayBuffer(24 << 20));"
            + " }");
    // then: no empty file can be saved
    assertThat(play(page)).hasText("Speak it again");
    exchange(page).locator("summary").click();
    assertThat(page.locator("[data-part=sound]")).isHidden();
    assertThat(page.locator("[data-part=captions]")).isVisible();
    // when
    play(page).click();
    // then
    FakeTurn again = beginToSpeak(pipeline.nextTurn(), RATE_HZ, 200).finish();
    assertThat(again.prompt().text()).isEqualTo(FIRST);
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void leavesItToTheServerWhereTheChosenVoiceHasGone() throws Exception {
    // given
    pipeline.voices.add(
        new EngineVoices(
            "embedded",
            true,
            "",
            List.of(new EngineVoice("kevin16", "Kevin", "en")),
            1,
            "kevin16"));
    Page page =
        page(
            http.actualPort(),
            "localStorage.setItem('voicebus.choices', JSON.stringify({voice: 'embedded/gone'}));");
    assertThat(page.locator("#chip-voice")).hasText("Kevin");
    // when
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 200).finish();
    // then
    assertThat(turn.prompt().turn().options().voice()).isEmpty();
    page.locator("#chip").click();
    assertThat(page.locator("#voice-list")).containsText("not there any more");
    assertThat(page.getByLabel("The server’s own choice")).isChecked();
  }

  private static final EngineVoice KEVIN = new EngineVoice("kevin16", "Kevin", "en");

  @ParameterizedTest(name = "among those that speak by themselves: {0}")
  @CsvSource({"0,''", "1,elevenlabs/x1"})
  void asksNoVoiceOfAnEngineThatIsNotSetUpAnyMore(int order, String asked) throws Exception {
    // given
    pipeline.voices.add(new EngineVoices("embedded", true, "", List.of(KEVIN), 2, "kevin16"));
    pipeline.voices.add(
        new EngineVoices("elevenlabs", false, "it does not answer", List.of(), order, ""));
    Page page =
        page(
            http.actualPort(),
            "localStorage.setItem('voicebus.choices', JSON.stringify({voice: 'elevenlabs/x1'}));");
    assertThat(page.locator("#chip-voice")).hasText("Kevin");
    // when
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 200).finish();
    // then
    assertThat(turn.prompt().turn().options().voice()).isEqualTo(asked);
    page.locator("#chip").click();
    assertThat(page.locator("#voice-list"))
        .containsText(order == 0 ? "not there any more" : "cannot be asked for just now");
  }

  private static String offers(String engine, String voice) {
    return "{\"engines\":[{\"engine\":\"%s\",\"usable\":true,\"order\":1,\"default_voice\":\"%s\",\"voices\":[{\"id\":\"%s\",\"name\":\"%s\",\"language\":\"en\"}]}]}"
        .formatted(engine, voice, voice, voice.toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest(name = "a turn fails: {0}")
  @ValueSource(booleans = {false, true})
  void learnsThatTheServerHasOtherVoicesByNow(boolean fails) throws Exception {
    // given
    List<String> offers = new ArrayList<>(List.of(offers("elevenlabs", "bob")));
    Page page =
        page(
            http.actualPort(),
            fails
                ? "localStorage.setItem('voicebus.choices', '{\"voice\":\"elevenlabs/bob\"}');"
                : "");
    page.route(
        "**/v1/voices",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(offers.get(0))));
    page.reload();
    assertThat(page.locator("#chip-voice")).hasText("BOB");
    // when: it was restarted
    offers.set(0, offers("embedded", "kevin"));
    FakeTurn turn = ask(page, "hello").format(RATE_HZ);
    assertThat(turn.prompt().turn().options().voice()).isEqualTo(fails ? "elevenlabs/bob" : "");
    if (fails) {
      turn.failAs(failure(Stage.SPEECH, FailureKind.INVALID_REQUEST))
          .end(Stage.TEXT, Stage.CHUNKER);
    } else {
      turn.on(
          Stage.PLAYBACK, new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0, "embedded/kevin"));
      tone(turn, 0, RATE_HZ, 200).finish();
    }
    // then
    assertThat(page.locator("#chip-voice")).hasText("KEVIN");
    assertThat(state(page)).hasText("Ready");
    if (fails) {
      exchange(page).locator("[data-part=retry]").click();
      FakeTurn again = beginToSpeak(pipeline.nextTurn(), RATE_HZ, 200).finish();
      assertThat(again.prompt().turn().options().voice()).isEmpty();
      assertThat(state(page)).hasText("Ready");
    }
  }

  @Test
  void takesNothingThatAnotherVersionHasKeptDifferently() throws Exception {
    // given
    pipeline.voices.add(new EngineVoices("embedded", true, "", List.of(KEVIN), 1, "kevin16"));
    JsonObject choices =
        new JsonObject()
            .putNull("voice")
            .put("language", "xx")
            .put("volume", 40)
            .put("speed", "fast")
            .put("announce", true);
    JsonObject old =
        new JsonObject()
            .put("conversation", "c")
            .put("exchanges", new JsonArray().add(new JsonObject().put("prompt", "hello")));
    // when
    Page page =
        page(
            http.actualPort(),
            "localStorage.setItem('voicebus.choices', '%s'); sessionStorage.setItem('voicebus.thread', '%s');"
                .formatted(choices.encode(), old.encode()));
    // then
    assertThat(page.locator("#welcome")).isVisible();
    assertThat(page.locator(".exchange")).hasCount(0);
    assertThat(page.locator("#chip-voice")).hasText("Kevin");
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 300);
    awaitSound(page);
    assertThat(number(page, "tap.peak")).isLessThan(0.5);
    assertThat(turn.prompt().turn().options().language()).isEmpty();
    turn.finish();
    assertThat(state(page)).hasText("Ready");
    page.locator("#chip").click();
    assertThat(page.locator("#volume-told")).hasText("100 %");
    assertThat(page.locator("#announce")).isChecked();
  }

  @Test
  void theKeyboardOfATelephoneDoesNotCoverTheEnd() throws Exception {
    // given
    options.setViewportSize(390, 844);
    Page page = page();
    FakeTurn turn = ask(page, "hello").text((FIRST + "\n\n").repeat(12)).format(RATE_HZ);
    turn.audio(tone(RATE_HZ, 100)).finish();
    assertThat(state(page)).hasText("Ready");
    page.locator("#scroller").evaluate("box => box.scrollTo(0, box.scrollHeight)");
    assertThat(play(page)).isInViewport();
    // when
    page.setViewportSize(390, 450);
    // then
    assertThat(play(page)).isInViewport();
    // when: not where it is read from its beginning
    page.locator("#scroller").evaluate("box => box.scrollTo(0, 0)");
    page.setViewportSize(390, 844);
    page.setViewportSize(390, 450);
    // then
    assertThat(exchange(page).locator(".question")).isInViewport();
  }

  @Test
  void aDialogIsClosedBesideItAndNotWithinNorByWhatIsDraggedOutOfIt() {
    // given
    Page page = page();
    Locator dialog = page.locator("#help");
    page.locator("#help-button").click();
    BoundingBox box = dialog.boundingBox();
    // when: between its edge and its words
    page.mouse().click(box.x + 6, box.y + box.height / 2);
    // then
    assertThat(dialog).isVisible();
    // when: a selection
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
    page.mouse().down();
    page.mouse().move(box.x - 40, box.y + box.height / 2);
    page.mouse().up();
    // then
    assertThat(dialog).isVisible();
    // when
    page.mouse().click(box.x - 40, box.y + box.height / 2);
    // then
    assertThat(dialog).isHidden();
  }

  @Test
  void allOfItIsPrinted() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = ask(page, "hello").text((FIRST + "\n\n").repeat(60)).format(RATE_HZ);
    turn.audio(tone(RATE_HZ, 100)).finish();
    assertThat(state(page)).hasText("Ready");
    // when
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    // then
    assertThat(number(page, "document.documentElement.scrollHeight"))
        .isGreaterThan(number(page, "document.querySelector('.text').offsetHeight"));
    assertThat(page.locator("footer")).isHidden();
  }

  @Test
  void saysThatTheDeviceIsOffline() {
    // given
    Page page = page();
    page.context().setOffline(true);
    // when
    page.getByLabel("Your prompt").fill("hello");
    page.getByLabel("Your prompt").press("Enter");
    // then
    assertThat(alert(page)).containsText("This device is offline");
  }

  @Test
  void eachParagraphHasItsOwnDirectionAndWordsInTablesStayWhole() throws Exception {
    // given
    options.setViewportSize(360, 740);
    Page page = page();
    String arabic = "السماء زرقاء";
    String text =
        FIRST
            + "\n\n"
            + arabic
            + "\n\n| Country | Height | Remark | Town |\n|---|---|---|---|\n"
            + "| Switzerland | 540 m | capital | Berne |";
    // when
    FakeTurn turn =
        ask(page, arabic)
            .text(text)
            .on(Stage.CHUNKER, new ChunkCaption(0, FIRST, 0, FIRST.length()));
    assertThat(answer(page).locator("table")).isVisible();
    // then
    assertThat(exchange(page).locator(".question")).hasCSS("direction", "rtl");
    assertThat(number(page, "document.querySelector('.question').getBoundingClientRect().right"))
        .as("on the right")
        .isGreaterThan(320);
    double gap =
        number(
            page,
            "(() => { const p = document.querySelectorAll('.text p')[1]; const range = new Range();"
                + " range.selectNodeContents(p); return p.getBoundingClientRect().right -"
                + " range.getBoundingClientRect().right; })()");
    assertThat(gap).isLessThan(2);
    assertThat(
            number(
                page,
                "(() => { const range = new Range();"
                    + " range.selectNodeContents(document.querySelector('td'));"
                    + " return range.getClientRects().length; })()"))
        .isEqualTo(1);
    assertThat(number(page, "document.documentElement.scrollWidth")).isEqualTo(360);
    // when
    turn.format(RATE_HZ).audio(tone(RATE_HZ, 100)).finish();
    assertThat(state(page)).hasText("Ready");
    exchange(page).locator("summary").click();
    // then
    assertThat(page.locator("[data-part=captions]"))
        .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
  }

  @Test
  void followsTheVoiceAlsoWhereTheWholePageScrolls() throws Exception {
    // given: 1280 by 1024 at 400 %
    options.setViewportSize(320, 256);
    Page page = page();
    assertThat(number(page, "scrollY")).as("what is to be read first").isZero();
    String paragraph = FIRST + "\n\n";
    // when
    FakeTurn turn = ask(page, "hello").text(paragraph.repeat(9)).format(RATE_HZ);
    for (int i = 0; i < 9; i++) {
      long start = (long) i * paragraph.length();
      turn.on(Stage.CHUNKER, new ChunkCaption(i, FIRST, start, start + FIRST.length()))
          .mark(PlayoutMark.Kind.CHUNK_START, i, (long) i * RATE_HZ / 5);
    }
    tone(turn, 0, RATE_HZ, 3000);
    // then
    await(
        page,
        "(() => { const [word] = CSS.highlights.get('spoken') ?? [];"
            + " const {top, bottom} = word?.getBoundingClientRect() ?? {top: -1};"
            + " return parseFloat(document.getElementById('played').textContent) > 0.8"
            + " && top >= 0 && bottom <= innerHeight; })()",
        "");
    turn.finish();
  }

  @Test
  void namesAVoiceThatIsKnownByItsIdAlone() {
    // given: as programs list theirs
    pipeline.voices.add(
        new EngineVoices(
            "command",
            true,
            "",
            List.of(new EngineVoice("kal", "kal", ""), new EngineVoice("slt", "slt", "")),
            1,
            "kal"));
    Page page = page();
    assertThat(page.locator("#chip-voice")).hasText("Local programs");
    page.locator("#chip").click();
    // when
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("slt")).check();
    // then
    assertThat(page.locator("#chip-voice")).hasText("Local programs: slt");
  }

  @Test
  void aParagraphThatIsSelectedWholeIsHeardFromItsFirstWord() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = ask(page, "hello");
    int second = FIRST.length() + 2;
    turn.text(FIRST + "\n\n" + SECOND.strip())
        .on(Stage.CHUNKER, new ChunkCaption(0, FIRST, 0, FIRST.length()))
        .on(
            Stage.CHUNKER,
            new ChunkCaption(1, SECOND.strip(), second, second + SECOND.strip().length()))
        .format(RATE_HZ)
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0)
        .mark(PlayoutMark.Kind.CHUNK_START, 1, RATE_HZ * 6L / 10);
    tone(turn, 0, RATE_HZ, 1200).finish();
    assertThat(state(page)).hasText("Ready");
    page.evaluate("() => { marks.length = 0; }");
    // when: as Firefox does at a triple click
    page.evaluate(
        "() => { const p = document.querySelectorAll('.text p')[1];"
            + " getSelection().setBaseAndExtent(p, 0, p, p.childNodes.length); }");
    play(page).click();
    // then
    await(page, "marks.includes('The')", "");
    assertThat(String.valueOf(page.evaluate("marks.join()"))).doesNotContain("Sunlight");
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void aConversationIsNotForgottenThatACopyOfTheTabGoesOnWith() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 200).finish();
    String name = turn.prompt().turn().options().conversation();
    assertThat(state(page)).hasText("Ready");
    Page copy = page.waitForPopup(() -> page.evaluate("() => { window.open(location.href); }"));
    assertThat(copy.locator(".exchange")).hasCount(1);
    List<String> forgotten = new ArrayList<>();
    page.context()
        .onRequest(
            request -> {
              if (request.method().equals("DELETE")) {
                forgotten.add(request.url());
              }
            });
    // when
    copy.clock().install();
    copy.evaluate(
        "() => { window.told = []; new BroadcastChannel('voicebus').onmessage ="
            + " ({data}) => told.push(data.has); }");
    copy.locator("#anew").click();
    await(copy, "told.includes(arg)", name);
    copy.clock().fastForward(1_000);
    copy.evaluate("() => fetch('v1/status')");
    // then
    assertThat(copy.locator(".exchange")).hasCount(0);
    assertThat(forgotten).isEmpty();
    // when: nobody else has it any more
    page.waitForRequest(
        request -> request.url().endsWith(name) && request.method().equals("DELETE"),
        () -> page.locator("#anew").click());
    // then
    assertThat(forgotten).hasSize(1);
  }
}
