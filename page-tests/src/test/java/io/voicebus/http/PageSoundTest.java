package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Position;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page keeps its sound, whatever is touched in which order, and lets the browser rest. */
@Tag("slow")
@Timeout(120)
@Isolated("sound is in time")
class PageSoundTest extends PageTest {
  private static final int KEYLESS_HZ = 16_000;

  /** As a person does: each key goes down and up. */
  private FakeTurn typeAndEnter(Page page, String prompt) throws Exception {
    page.keyboard().type(prompt);
    page.keyboard().press("Enter");
    return pipeline.nextTurn();
  }

  private static final String PLAYED = "parseFloat(document.getElementById('played').textContent)";

  private static void awaitPlayed(Page page, double seconds) {
    await(page, PLAYED + " > " + seconds, "");
  }

  private static void assertHeardToTheEnd(Page page, FakeTurn turn, String seconds) {
    awaitSound(page);
    turn.finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText(seconds);
    assertThat(page.locator("#underruns")).hasText("0");
    assertThat(number(page, "tap.worklets")).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} Hz")
  @ValueSource(ints = {8_000, KEYLESS_HZ, 22_050, 24_000, 44_100, 48_000})
  void pausesAndResumesAtTheFirstClickAfterTyping(int rateHz) throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(typeAndEnter(page, "hello"), rateHz, 1500);
    awaitPlayed(page, 0.2);
    assertThat(number(page, "tap.pitch()")).isBetween(480.0, 520.0);
    assertThat(number(page, "tap.now")).isBetween(0.35, 0.38);
    // when
    play(page).click();
    // then
    assertThat(state(page)).hasText("Paused");
    awaitSilence(page);
    // when
    play(page).click();
    // then
    assertThat(state(page)).hasText("Speaking");
    assertHeardToTheEnd(page, turn, "1.5 s");
  }

  @Test
  void changesItsSpeedAtOnceWithoutItsPitch() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 6000);
    awaitSound(page);
    // when: in the midst of the answer
    page.locator("#chip").click();
    page.getByLabel("Speed").fill("2");
    page.locator("#voices [data-close]").click();
    // then: by the audio's own clock
    double began = number(page, "tap.context.currentTime");
    double played = number(page, PLAYED);
    await(page, "tap.context.currentTime > " + (began + 1), "");
    double rate =
        (number(page, PLAYED) - played) / (number(page, "tap.context.currentTime") - began);
    assertThat(rate).isBetween(1.6, 2.4);
    assertThat(number(page, "tap.pitch()")).isBetween(480.0, 520.0);
    assertThat(number(page, "tap.now")).isBetween(0.35, 0.38);
    assertThat(turn.prompt().turn().options().speed()).as("of the engine").isZero();
    assertHeardToTheEnd(page, turn, "6.0 s");
    // when: also the next one
    page.reload();
    beginToSpeak(ask(page, "hello again"), RATE_HZ, 1000).finish();
    // then
    page.locator("#chip").click();
    assertThat(page.getByLabel("Speed")).hasValue("2");
  }

  @Test
  void goesOnWhenTheFirstClickIsIntoTheAnswer() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(typeAndEnter(page, "hello"), KEYLESS_HZ, 1500);
    awaitPlayed(page, 0.2);
    // when
    answer(page).click();
    // then
    assertHeardToTheEnd(page, turn, "1.5 s");
  }

  @Test
  void goesOnWhenTheFirstKeyComesAfterPasteAndClick() throws Exception {
    // given
    Page page = page();
    page.getByLabel("Your prompt").fill("hello");
    mainButton(page).click();
    FakeTurn turn = beginToSpeak(pipeline.nextTurn(), KEYLESS_HZ, 1500);
    awaitPlayed(page, 0.2);
    // when
    page.keyboard().press("PageDown");
    // then
    assertHeardToTheEnd(page, turn, "1.5 s");
  }

  @Test
  void playsTurnsOfDifferentRatesOneAfterTheOther() throws Exception {
    // given
    Page page = page();
    for (int rateHz : new int[] {24_000, KEYLESS_HZ, 48_000, KEYLESS_HZ}) {
      // when
      FakeTurn turn = beginToSpeak(ask(page, "at " + rateHz), rateHz, 1500);
      // then
      awaitSound(page);
      assertThat(number(page, "tap.pitch()")).isBetween(480.0, 520.0);
      assertHeardToTheEnd(page, turn, "1.5 s");
    }
  }

  @Test
  void goesOnAfterTheBrowserHasSuspendedIt() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), KEYLESS_HZ, 1500);
    awaitSound(page);
    // when
    page.evaluate("tap.context.suspend()");
    // then
    assertHeardToTheEnd(page, turn, "1.5 s");
  }

  @Test
  void wakesUpWhenThePageIsSeenAgainOrResumed() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), KEYLESS_HZ, 3000);
    awaitSound(page);
    for (String wake :
        new String[] {
          "document.dispatchEvent(new Event('visibilitychange'))",
          "document.querySelectorAll('[data-part=play]')"
              + ".forEach((play) => { play.click(); play.click(); })"
        }) {
      // given: as in a telephone call, waking it up at once is refused
      page.evaluate(
          "async () => { const {resume} = tap.context; tap.context.resume = () => Promise.reject();"
              + " await tap.context.suspend(); await new Promise((next) => setTimeout(next, 50));"
              + " tap.context.resume = resume; }");
      assertThat(page.evaluate("tap.context.state")).isEqualTo("suspended");
      // when
      page.evaluate(wake);
      // then
      await(page, "tap.context.state === 'running'", "");
    }
    assertHeardToTheEnd(page, turn, "3.0 s");
  }

  @Test
  void saysThatTheBrowserHoldsTheSoundBackUntilItDoesNot() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), KEYLESS_HZ, 3000);
    awaitSound(page);
    // when: a telephone call, say
    page.evaluate(
        "async () => { tap.resume = tap.context.resume; tap.context.resume = () =>"
            + " Promise.reject(); await tap.context.suspend(); }");
    // then
    assertThat(state(page)).containsText("holds the sound back");
    // when
    page.evaluate("() => { tap.context.resume = tap.resume; }");
    answer(page).click();
    // then
    assertThat(state(page)).hasText("Speaking");
    assertHeardToTheEnd(page, turn, "3.0 s");
  }

  @Test
  void saysThatTheBrowserHasEndedItsAudioAndSoundsAgain() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitSound(page);
    // when
    page.evaluate("tap.context.close()");
    // then
    assertThat(alert(page)).containsText("has ended its audio");
    assertThat(state(page)).hasText("Ready");
    turn.awaitCancelled();
    // when: what was kept is heard again
    page.evaluate("() => { tap.now = tap.peak = 0; }");
    play(page).click();
    awaitSound(page);
    page.evaluate("tap.context.close()");
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(alert(page)).containsText("has ended its audio");
    // when
    beginToSpeak(ask(page, "and then?"), RATE_HZ, 300).finish();
    // then
    awaitSound(page);
    assertThat(state(page)).hasText("Ready");
    assertThat(exchange(page).locator(".trouble")).isHidden();
  }

  @Test
  void restsWhenNothingIsPlayedAndWakesForTheNextTurn() throws Exception {
    // given
    Page page = page();
    beginToSpeak(ask(page, "hello"), KEYLESS_HZ, 300).finish();
    await(page, "tap.messages > 0", "");
    assertThat(state(page)).hasText("Ready");
    double messages = number(page, "tap.messages");
    // then
    await(page, "tap.context.state === 'suspended'", "");
    assertThat(number(page, "tap.messages")).isEqualTo(messages);
    // when
    FakeTurn turn = beginToSpeak(ask(page, "hello again"), KEYLESS_HZ, 1500);
    // then
    awaitSound(page);
    // when
    play(page).click();
    Position last = turn.awaitPosition();
    while (!last.paused()) {
      last = turn.awaitPosition();
    }
    // then
    await(page, "tap.context.state === 'suspended'", "");
    // when
    play(page).click();
    // then
    assertHeardToTheEnd(page, turn, "1.5 s");
  }

  @Test
  void doesNothingAtAllWhileItIsLeftAloneForHalfAnHour() throws Exception {
    // given
    Page page = page();
    page.clock().install();
    page.reload();
    beginToSpeak(ask(page, "hello"), KEYLESS_HZ, 300).finish();
    assertThat(state(page)).hasText("Ready");
    page.clock().runFor("00:05");
    assertThat(page.evaluate("tap.context.state")).isEqualTo("suspended");
    List<String> requests = new CopyOnWriteArrayList<>();
    page.onRequest(request -> requests.add(request.url()));
    double messages = number(page, "tap.messages");
    // when
    page.clock().fastForward("30:00");
    page.clock().runFor("00:05");
    // then
    assertThat(page.evaluate("tap.context.state")).isEqualTo("suspended");
    assertThat(number(page, "tap.messages")).isEqualTo(messages);
    assertThat(requests).isEmpty();
  }

  /** Of so many turns: {@code -Dvoicebus.page-turns=200} for a long conversation. */
  private static final int TURNS = Integer.getInteger("voicebus.page-turns", 12);

  /** Of a turn that lasts 100 ms; the page keeps it until there is half an hour of newer sound. */
  private static final long SOUND_BYTES = KEYLESS_HZ / 10 * 2L;

  /**
   * After a garbage collection: bytes of JavaScript's heap, bytes of array buffers, nodes of the
   * document, listeners.
   */
  private static long[] kept(CDPSession devTools) {
    devTools.send("HeapProfiler.collectGarbage");
    JsonObject heap = devTools.send("Runtime.getHeapUsage");
    JsonObject dom = devTools.send("Memory.getDOMCounters");
    return new long[] {
      heap.get("usedSize").getAsLong(),
      heap.get("backingStorageSize").getAsLong(),
      dom.get("nodes").getAsLong(),
      dom.get("jsEventListeners").getAsLong()
    };
  }

  @Test
  @Timeout(900) // for many turns
  void aLongConversationKeepsLittleMoreThanItsText() throws Exception {
    // given
    Page page = page();
    CDPSession devTools = page.context().newCDPSession(page);
    long[] half = new long[4];
    // when
    for (int i = 0; i < TURNS; i++) {
      if (i == TURNS / 2) {
        half = kept(devTools);
      }
      // Places by id: to look for names in all of a long conversation takes the browser longer.
      page.locator("#prompt").fill("hello " + i);
      page.locator("#prompt").press("Enter");
      beginToSpeak(pipeline.nextTurn(), KEYLESS_HZ, 100).finish();
      await(page, "document.querySelectorAll('.exchange').length > arg", i);
      await(page, "document.body.dataset.state === 'idle'", "");
    }
    // then: what one more turn takes
    long[] end = kept(devTools);
    int more = TURNS - TURNS / 2;
    System.out.printf(
        "a turn keeps %d bytes, %d of sound, %d nodes, %d listeners%n",
        (end[0] - half[0]) / more,
        (end[1] - half[1]) / more,
        (end[2] - half[2]) / more,
        (end[3] - half[3]) / more);
    assertThat((end[0] - half[0]) / more).as("bytes").isLessThan(40_000);
    assertThat((end[1] - half[1]) / more).as("of sound").isLessThan(2 * SOUND_BYTES);
    assertThat((end[2] - half[2]) / more).as("nodes").isLessThan(80);
    assertThat((end[3] - half[3]) / more).as("listeners").isLessThan(20);
    assertThat(number(page, "tap.worklets")).isEqualTo(1);
  }

  @Test
  void countsAsHeardOnlyWhatHasBeenPlayed() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello").asked(0, 53), KEYLESS_HZ, 2000);
    pipeline.conversations.put(turn.prompt().turn().options().conversation(), Conversation.NONE);
    awaitSound(page);
    // when: all is sent, and little played
    turn.finish();
    await(
        page, "document.querySelector('[data-stage=end] .figure').textContent.includes('ms')", "");
    // then
    assertThat(page.locator("#characters")).hasAttribute("hidden", "");
    assertThat(exchange(page)).hasAttribute("aria-busy", "true");
    // when
    page.keyboard().press("Escape");
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#characters")).hasAttribute("hidden", "");
    // when
    page.locator("#anew").click();
    // then
    assertThat(page.locator("#played")).hasText("0.0 s");
    assertThat(page.locator("[data-stage=heard] .figure")).hasText("–");
    assertThat(page.getByLabel("Your prompt")).hasValue("");
  }
}
