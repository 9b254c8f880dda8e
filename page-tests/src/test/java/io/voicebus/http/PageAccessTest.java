package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page is for everybody: by keyboard, with a screen reader, large, and in the dark. */
@Tag("slow")
@Timeout(120)
class PageAccessTest extends PageTest {
  private static final String ALL_MARKS =
      """
      # Title

      Some `code`, **strong** words and a [link](https://a.example).

      ```js
      let x;
      ```

      - one
      - two

      | a | b |
      |---|---|
      | c | d |

      > said
      """;

  private static final String GERMAN = "Der Himmel ist blau.";

  private static final String AXE = axe();

  private static String axe() {
    try (InputStream script = PageAccessTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By all rules of axe-core, which has those of WCAG 2.2. */
  private static void assertOpenToAll(Page page, String state) {
    page.evaluate(AXE);
    Object violations =
        page.evaluate(
            "async () => (await axe.run({rules: {'label-content-name-mismatch': {enabled: true}}}))"
                + ".violations.flatMap(({id, nodes}) =>"
                + " nodes.map(({html}) => `${id}: ${html}`))");
    assertThat((List<?>) violations).as(state).isEmpty();
    page.screenshot(new Page.ScreenshotOptions().setPath(picture("access-" + state)));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void nothingKeepsAnybodyOutInAnyState(ColorScheme scheme) throws Exception {
    // given
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("kevin16", "Kevin", "en"))));
    pipeline.voices.add(new EngineVoices("elevenlabs", false, "it needs a key", List.of()));
    options.setColorScheme(scheme);
    Page page = page();
    String name = scheme.name().toLowerCase(Locale.ROOT);
    // then
    assertOpenToAll(page, name + "-welcome");
    // when
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 1500).text("\n\n" + ALL_MARKS);
    awaitMarked(page, "Sunlight");
    assertOpenToAll(page, name + "-speaking");
    turn.fail(failure(Stage.TEXT, FailureKind.QUOTA)).end(Stage.CHUNKER, Stage.PLAYBACK);
    assertThat(exchange(page).locator(".trouble")).isVisible();
    assertOpenToAll(page, name + "-failed");
    page.locator(".latency").click();
    page.locator("#events-section > summary").click();
    assertOpenToAll(page, name + "-inside");
    page.keyboard().press("Escape");
    page.locator("#chip").click();
    assertOpenToAll(page, name + "-voices");
  }

  @Test
  void theKeyboardIsEnoughAndItsPlaceIsNeverLost() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitSound(page);
    // when: outside the field
    page.locator("#prompt").evaluate("field => field.blur()");
    page.keyboard().press("Space");
    // then
    assertThat(state(page)).hasText("Paused");
    awaitSilence(page);
    page.keyboard().press("Space");
    assertThat(state(page)).hasText("Speaking");
    // when: in the field it is a blank
    page.keyboard().press("/");
    page.keyboard().type("a b");
    assertThat(page.getByLabel("Your prompt")).hasValue("a b");
    assertThat(state(page)).hasText("Speaking");
    page.getByLabel("Your prompt").fill("");
    // when: with the focus on what goes when it is over
    play(page).focus();
    page.keyboard().press("/");
    assertThat(page.getByLabel("Your prompt")).isFocused();
    play(page).focus();
    page.keyboard().press("Escape");
    // then
    turn.awaitCancelled();
    assertThat(state(page)).hasText("Ready");
    assertThat(play(page)).isFocused();
    assertThat(play(page)).hasText("Hear it again");
    // when
    mainButton(page).focus();
    FakeTurn next = beginToSpeak(ask(page, "again"), RATE_HZ, 300);
    mainButton(page).focus();
    next.finish();
    assertThat(state(page)).hasText("Ready");
    assertThat(mainButton(page)).isFocused();
    // when
    page.locator("#scroller").focus();
    page.keyboard().press("?");
    // then
    assertThat(page.locator("#help")).isVisible();
    // when: what is spoken to the device is typed by it
    page.locator("#signs").uncheck();
    page.reload();
    page.locator("#scroller").focus();
    page.keyboard().press("?");
    page.keyboard().press("/");
    // then
    assertThat(page.locator("#help")).isHidden();
    assertThat(page.getByLabel("Your prompt")).not().isFocused();
  }

  @Test
  void whatHadTheFocusAndGoesPassesItOn() throws Exception {
    // given
    Page page = page();
    Locator field = page.getByLabel("Your prompt");
    // when: an example goes with the welcome
    page.locator(".example").first().focus();
    page.keyboard().press("Enter");
    FakeTurn turn = pipeline.nextTurn();
    // then
    assertThat(field).isFocused();
    // when: trying again hides what offered it
    turn.fail(failure(Stage.TEXT, FailureKind.QUOTA)).end(Stage.CHUNKER, Stage.PLAYBACK);
    Locator retry = exchange(page).locator("[data-part=retry]");
    assertThat(retry).isVisible(); // what is hidden takes no focus
    retry.focus();
    page.keyboard().press("Enter");
    FakeTurn next = beginToSpeak(pipeline.nextTurn(), RATE_HZ, 300);
    // then
    assertThat(field).isFocused();
    next.finish();
    assertThat(state(page)).hasText("Ready");
    // when: it is not there to be pressed for a moment
    play(page).focus();
    page.keyboard().press("Enter");
    assertThat(state(page)).hasText("Ready");
    // then
    assertThat(play(page)).isFocused();
  }

  @Test
  void aScreenReaderKnowsTheLanguageOfAnAnswer() throws Exception {
    // given
    Page page = page();
    FakeTurn turn = ask(page, "Hallo").text(GERMAN);
    assertThat(answer(page)).hasText(GERMAN);
    // then: that of the page is not what somebody else writes in
    assertThat(exchange(page).locator(".question")).hasAttribute("lang", "");
    assertThat(answer(page)).hasAttribute("lang", "");
    // when
    turn.on(
        Stage.CHUNKER,
        new ChunkCaption(
            0, GERMAN, 0, GERMAN.length(), GERMAN, 900, ChunkEnd.SENTENCE, List.of(), "de"));
    // then
    assertThat(answer(page)).hasAttribute("lang", "de");
    turn.format(RATE_HZ).audio(tone(RATE_HZ, 200)).finish();
    assertThat(state(page)).hasText("Ready");
    // when
    page.reload();
    // then
    assertThat(answer(page)).hasAttribute("lang", "de");
  }

  @Test
  void aScreenReaderIsSilentWhileTheVoiceSpeaksUnlessItIsWanted() throws Exception {
    Page page = page();
    assertThat(page.locator("#thread")).hasAttribute("aria-live", "off");
    // when
    page.locator("#chip").click();
    page.locator("#announce").check();
    // then: also the next time
    page.reload();
    assertThat(page.locator("#thread")).hasAttribute("aria-live", "polite");
  }

  @Test
  void nothingIsCutOffAtFourTimesTheSizeNorInTextFromRightToLeft() throws Exception {
    // given: 1280 by 1024 at 400 %
    options.setViewportSize(320, 256);
    Page page = page();
    String arabic = "السماء زرقاء لأن الهواء يشتت الضوء الأزرق.";
    // when
    FakeTurn turn = ask(page, arabic).text(arabic).caption(0, arabic).format(RATE_HZ);
    assertThat(answer(page)).hasText(arabic);
    // then
    assertThat(number(page, "document.documentElement.scrollWidth")).isEqualTo(320);
    assertThat(answer(page).locator("p")).hasCSS("direction", "rtl");
    page.locator("#main-button").scrollIntoViewIfNeeded();
    assertThat(page.locator("#main-button")).isInViewport();
    turn.finish();
    assertThat(state(page)).hasText("Ready");
  }

  @Test
  void wordsStayWholeWhereThereIsLittleRoom() {
    // given: 1280 at 400 %
    options.setViewportSize(320, 640);
    EngineVoice kevin = new EngineVoice("kevin16", "Kevin", "en");
    pipeline.voices.add(new EngineVoices("embedded", true, "", List.of(kevin), 1, "kevin16"));
    Page page = page();
    // when
    page.locator("#chip").click();
    // then
    Locator name = page.locator(".voice .quiet").first();
    assertThat(name).hasText("Kevin");
    assertThat(name.boundingBox().height).isLessThan(30);
    assertThat(number(page, "document.getElementById('voices').scrollWidth"))
        .isLessThanOrEqualTo(320);
  }

  @Test
  void whatIsHeardIsSeenInTheColoursOfTheUser() throws Exception {
    // given
    options.setForcedColors(ForcedColors.ACTIVE);
    Page page = page();
    // when
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000).text(SECOND.repeat(4));
    awaitMarked(page, "Sunlight");
    play(page).click(); // it stands still for the picture
    assertThat(state(page)).hasText("Paused");
    // then: a word is painted like a selection, and not all that is still to come
    page.keyboard().press("/");
    assertThat(page.locator("#form")).hasCSS("outline-style", "solid");
    int selection = image(mainButton(page).screenshot()).getRGB(8, 22) & 0xFFFFFF;
    double painted = share(answer(page).screenshot(), selection);
    assertThat(painted).isBetween(0.001, 0.2);
    // and: the bars that move with the sound are not painted like what is behind them
    assertThat(colour(page, "getComputedStyle(document.querySelector('#wave i')).backgroundColor"))
        .isNotEqualTo(colour(page, "getComputedStyle(document.body).backgroundColor"));
    turn.finish();
  }

  @Test
  void wordsOfThePageAreInOnePlace() throws Exception {
    // given
    String html = call("GET", "/", NOTHING, "Accept: text/html").readText();
    // then
    String visible =
        html.replaceAll("(?s)<(noscript|title|svg|!--|p id=\"late\").*?(</\\1>|-->|</p>)", "")
            .replaceAll("<[^>]*>", "");
    assertThat(visible.replace("/openapi.json", "")).doesNotContainPattern("\\p{L}");
  }
}
