package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Position;
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

  private static void awaitPlayed(Page page, double seconds) {
    await(page, "parseFloat(document.getElementById('played').textContent) > " + seconds, "");
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
    assertThat(number(page, "tap.pitch()")).isBetween(490.0, 510.0);
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
      assertThat(number(page, "tap.pitch()")).isBetween(490.0, 510.0);
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
