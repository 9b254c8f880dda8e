package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Heard;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Position;
import io.voicebus.contract.WordMark;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page does with one turn after another. */
@Tag("slow")
@Timeout(120)
class PageBrowserTest extends PageTest {
  @Test
  void soundsBeforeTheTextHasFinishedAndMarksWhatIsHeard() throws Exception {
    // given
    Page page = page();
    // when
    FakeTurn turn = ask(page, "Why is the sky blue?");
    beginToSpeak(turn, RATE_HZ, 600);
    // then
    awaitSound(page);
    await(page, "tap.loud > 5000", "");
    assertThat(answer(page)).hasText(FIRST);
    assertThat(exchange(page)).hasAttribute("aria-busy", "true");
    assertThat(state(page)).hasText("Speaking");
    awaitMarked(page, "Sunlight");
    // when
    int end = FIRST.length() + SECOND.length();
    turn.text(SECOND)
        .on(Stage.CHUNKER, new ChunkCaption(1, SECOND, FIRST.length() + 1, end))
        .on(Stage.PLAYBACK, new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 1, RATE_HZ * 6L / 10));
    assertThat(page.locator("#characters")).hasAttribute("hidden", "");
    tone(turn.asked(0, 53).asked(1, 91).asked(1, 1200), 1, RATE_HZ, 700).finish();
    // then
    awaitMarked(page, "The");
    assertThat(page.locator("#characters")).not().hasAttribute("hidden", "");
    assertThat(page.locator("[data-characters=asked]")).hasText("1,344");
    assertThat(page.locator("[data-characters=saved]")).hasText("0");
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture("page")));
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("1.3 s");
    assertThat(page.locator("[data-stage=heard] .figure")).containsText("ms");
    assertThat(page.locator("[data-stage=end] .figure")).containsText("ms");
    awaitSilence(page);
  }

  @Test
  void tellsTheServerHowFarItHasPlayed() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    // then
    Position last = turn.awaitPosition();
    while (last.playedMs() < 700) {
      Position next = turn.awaitPosition();
      assertThat(next.playedMs()).isBetween(last.playedMs(), 3000L);
      last = next;
    }
    stops(page, turn);
  }

  /** Notes what the audio thread tells of how far it has played. */
  private static final String REPORTS =
      """
      window.played = [];
      const tapped = AudioNode.prototype.connect;
      AudioNode.prototype.connect = function (...to) {
        if (this instanceof AudioWorkletNode) {
          this.port.addEventListener('message', ({data}) => played.push(data.played));
        }
        return tapped.apply(this, to);
      };\
      """;

  @Test
  void aPauseHoldsTheTurnAtTheServerAndItGoesOnAtTheWordsEdge() throws Exception {
    // given: a second word that lasts
    Page page = page(http.actualPort(), REPORTS);
    FakeTurn turn =
        beginToSpeak(ask(page, "hello"), RATE_HZ, 5000)
            .on(Stage.PLAYBACK, new WordMark(0, RATE_HZ / 2, 8, RATE_HZ / 2, false))
            .on(Stage.PLAYBACK, new WordMark(0, 5L * RATE_HZ, 14, 9 * RATE_HZ / 2, false));
    await(page, "played.at(-1) > 24000", "");
    assertThat(marked(page, "spoken")).isEqualTo("looks");
    // when
    play(page).click();
    // then
    Position last = turn.awaitPosition();
    while (!last.paused()) {
      last = turn.awaitPosition();
    }
    assertThat(state(page)).hasText("Paused");
    awaitSilence(page);
    turn.awaitAway(true);
    page.evaluate("() => { played.length = 0; }");
    // when
    play(page).click();
    // then: from the end of the first word on
    assertThat(state(page)).hasText("Speaking");
    turn.awaitAway(false);
    await(page, "played.length > 2", "");
    assertThat(number(page, "played.at(0)")).isBetween(RATE_HZ / 2.0, RATE_HZ / 2.0 + 4_000);
    awaitSound(page);
    assertThat(marked(page, "spoken")).isEqualTo("looks");
    stops(page, turn);
  }

  @Test
  void fallsSilentAtOnceWhenItIsStopped() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitSound(page);
    // when
    double stoppedAt =
        number(page, "(document.getElementById('main-button').click(), performance.now())");
    // then
    awaitSilence(page);
    assertThat(number(page, "tap.silentSince") - stoppedAt).isLessThan(100);
    turn.awaitCancelled();
    assertThat(state(page)).hasText("Ready");
    assertThat(mainButton(page)).hasAttribute("aria-label", "Send");
  }

  @Test
  void letsANewPromptBreakInUponTheOldOne() throws Exception {
    // given
    Page page = page();
    FakeTurn old = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitMarked(page, "looks");
    // when
    FakeTurn turn = ask(page, "no, something else");
    // then: it waits, should this one fail
    awaitSilence(page);
    old.awaitAway(true);
    assertThat(answer(page)).hasText("");
    assertThat(page.locator(".note").first()).containsText("On hold");
    assertThat(FIRST).endsWith(marked(page, "unheard"));
    assertThat(marked(page, "unheard")).isNotEmpty();
    // when
    beginToSpeak(turn, RATE_HZ, 300).finish();
    // then
    awaitSound(page);
    old.awaitCancelled();
    assertThat(page.locator(".note").first()).containsText("not heard");
    assertThat(answer(page)).hasText(FIRST);
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("0.3 s");
  }

  @Test
  void anAnswerThatWasBrokenInUponCanGoOnWhenTheNewPromptFails() throws Exception {
    // given
    Page page = page();
    FakeTurn old = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitMarked(page, "looks");
    FakeTurn turn = ask(page, "no, something else");
    old.awaitAway(true);
    // when
    turn.fail(failure(Stage.TEXT, FailureKind.QUOTA));
    // then
    assertThat(alert(page)).containsText("Please do something about it");
    assertThat(state(page)).hasText("Paused");
    assertThat(play(page)).isHidden();
    Locator resume = page.locator("[data-part=play]").first();
    assertThat(resume).hasText("Resume");
    // when
    resume.click();
    // then
    awaitSound(page);
    old.awaitAway(false);
    assertThat(page.locator(".note").first()).isHidden();
    awaitMarked(page, "white");
    old.mark(PlayoutMark.Kind.CHUNK_END, 0, 3L * RATE_HZ).finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("3.0 s");
    assertThat(marked(page, "unheard")).isEmpty();
  }

  @Test
  void stopEndsBothTheNewPromptAndTheAnswerThatWaitsForIt() throws Exception {
    // given
    Page page = page();
    FakeTurn old = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitMarked(page, "looks");
    FakeTurn turn = ask(page, "no, something else").text(SECOND);
    assertThat(answer(page)).containsText("The air");
    // when
    page.keyboard().press("Escape");
    // then
    turn.awaitCancelled();
    old.awaitCancelled();
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator(".note").first()).containsText("What is grey was not heard");
  }

  private void stops(Page page, FakeTurn turn) throws Exception {
    page.keyboard().press("Escape");
    turn.awaitCancelled();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void marksAndCountsAsHeardByTheWordTimesOfAVoiceThatTellsThem() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = ask(page, "hello");
    assertThat(turn.prompt().turn().options().words()).isTrue();
    // when
    beginToSpeak(turn, RATE_HZ, 3000)
        .on(Stage.PLAYBACK, new WordMark(0, 3L * RATE_HZ, 8, 3 * RATE_HZ, false));
    await(page, "parseFloat(document.getElementById('played').textContent) > 1.5", "");
    // then
    assertThat(marked(page, "spoken")).isEqualTo("Sunlight");
    stops(page, turn);
    assertThat(exchange(page).locator(".note")).hasText("You stopped it before a word was heard.");
  }

  @Test
  void marksByAnEstimateUntilTheWordTimesComeLate() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitMarked(page, "looks");
    // when: the chunk turns out to be long
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, 30L * RATE_HZ);
    // then: it is the first word still
    awaitMarked(page, "Sunlight");
    turn.finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(marked(page, "unheard")).isEmpty();
  }

  @Test
  void marksAndCountsAsHeardByAnEstimateWhereNoWordTimesCome() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    // when
    awaitMarked(page, "white");
    stops(page, turn);
    // then
    assertThat(exchange(page).locator(".note")).containsText("What is grey was not heard");
    assertThat(marked(page, "unheard")).doesNotContain("Sunlight").endsWith("colours.");
  }

  @Test
  void remembersOnlyWhatWasHeardOfWhatWasSentWholly() throws Exception {
    // given
    Page page = page();
    FakeTurn old = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    old.mark(PlayoutMark.Kind.CHUNK_END, 0, 3 * RATE_HZ).finish();
    Heard first = pipeline.nextHeard();
    await(page, "parseFloat(document.getElementById('played').textContent) > 1", "");
    // when
    FakeTurn turn = ask(page, "no, something else");
    // then
    Heard last = first;
    while (last.state() != PastTurn.State.CUT) {
      last = pipeline.nextHeard();
    }
    String name = turn.prompt().turn().options().conversation();
    assertThat(last.conversation()).isEqualTo(name);
    assertThat(last.turn()).isEqualTo(old.prompt().turn().turn());
    assertThat(last.answer()).startsWith("Sunlight looks").hasSizeLessThan(FIRST.length());
    assertThat(FIRST).startsWith(last.answer() + " ");
    turn.finish();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void beginsAnewUnderAnotherName() throws Exception {
    // given
    Page page = page();
    FakeTurn old = ask(page, "hello");
    String name = old.prompt().turn().options().conversation();
    pipeline.conversations.put(name, Conversation.NONE);
    beginToSpeak(old, RATE_HZ, 300);
    assertThat(answer(page)).hasText(FIRST);
    // when: it is forgotten once no other tab has said that it goes on with it
    page.waitForResponse(
        answer -> answer.request().method().equals("DELETE"), () -> page.locator("#anew").click());
    // then
    old.awaitCancelled();
    assertThat(page.locator(".exchange")).hasCount(0);
    FakeTurn next = ask(page, "hello again");
    assertThat(next.prompt().turn().options().conversation()).hasSizeGreaterThan(20);
    assertThat(next.prompt().turn().options().conversation()).isNotEqualTo(name);
    assertThat(pipeline.conversations).isEmpty();
    next.finish();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void playsAVoiceOfAnotherRateAtItsOwnPitch() throws Exception {
    // given
    Page page = page();
    // when
    beginToSpeak(ask(page, "hello"), 16_000, 1000).finish();
    // then
    awaitSound(page);
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#played")).hasText("1.0 s");
    // The tone's own level, and what its edges ring.
    assertThat(number(page, "tap.peak")).isBetween(0.3, 0.45);
  }

  @Test
  void countsTheGapsThatAreHeard() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 200);
    // then
    assertThat(page.locator("#underruns")).hasText("1");
    // when
    tone(turn, 0, RATE_HZ, 100).finish();
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(page.locator("#underruns")).hasText("1");
    assertThat(page.locator("#played")).hasText("0.3 s");
  }

  @Test
  void saysWhatToDoAboutAFailure() throws Exception {
    // given
    Page page = page();
    // when
    ask(page, "hello").fail(failure(Stage.TEXT, FailureKind.QUOTA));
    // then
    assertThat(alert(page)).containsText("Please do something about it");
    assertThat(state(page)).hasText("Ready");
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture("failure")));
    // when
    FakeTurn next = ask(page, "hello again");
    // then
    assertThat(exchange(page).locator(".trouble")).isHidden();
    next.finish();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void saysBeforeTheFirstPromptThatTheTextIsReadAloud() throws Exception {
    // given
    VertxBus source =
        VertxBus.register(vertx, Clock.system(), "gemini").await(10, TimeUnit.SECONDS);
    source.inbox().worksWith("reader");
    // when
    Page page = page();
    // then
    assertThat(page.locator("#reader")).containsText("your text is read aloud");
    assertThat(page.locator("#reader")).containsText("GEMINI_API_KEY");
    // when: a model has come meanwhile
    FakeTurn turn = ask(page, "hello");
    turn.on(Stage.TEXT, answeredBy("gemini"));
    // then
    assertThat(page.locator("#reader")).isHidden();
    // when: and has gone again
    turn.on(Stage.TEXT, answeredBy("reader"));
    assertThat(page.locator("#reader")).isVisible();
    turn.finish();
    assertThat(state(page)).hasText("Ready");
  }

  private static AnswerReport answeredBy(String source) {
    return new AnswerReport(source, "", AnswerReport.Ending.COMPLETE, 1, 0, 0, 0);
  }

  @Test
  void fitsAPhoneInTheDark() throws Exception {
    // given
    options.setViewportSize(390, 844).setColorScheme(ColorScheme.DARK).setHasTouch(true);
    options.setIsMobile(true).setDeviceScaleFactor(2);
    Page page = page();
    // when
    FakeTurn turn = beginToSpeak(ask(page, "Why is the sky blue?"), RATE_HZ, 1500).text(SECOND);
    // then
    awaitSound(page);
    assertThat(answer(page)).hasText(FIRST + SECOND);
    assertThat(number(page, "document.documentElement.scrollWidth")).isEqualTo(390);
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture("phone")));
    turn.finish();
    assertThat(state(page)).hasText("Ready");
  }
}
