package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextMode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page in a real browser, with stages that do what a test says. */
@Tag("slow")
@Timeout(120)
@ResourceLock("browser")
abstract class PageTest extends ServerTest {
  static final int RATE_HZ = 24_000;
  static final String FIRST = "Sunlight looks white, but it is a mixture of colours.";
  static final String SECOND =
      " The air scatters the blue ones most, so that blue light reaches you from all over the sky.";

  private static @Nullable Browser browser;

  final NewPageOptions options = new NewPageOptions().setViewportSize(900, 900);

  @BeforeAll
  static void openBrowser() {
    browser = new Browser();
    // As long as its actions may take: on a busy machine a browser's audio starts late.
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  static void closeBrowser() {
    browser().close();
  }

  @BeforeEach
  void serveThePage() throws Exception {
    serve();
  }

  @AfterEach
  void hasNothingToComplainAbout() {
    // The page asks again where the network has changed.
    assertThat(browser().closePages())
        .allMatch(told -> told.contains(Browser.NETWORK_CHANGED) || expected(told));
  }

  /** Whether a test brings it about that the browser complains so. */
  boolean expected(String complaint) {
    return false;
  }

  static Browser browser() {
    if (browser == null) {
      throw new AssertionError("the browser has not started");
    }
    return browser;
  }

  Page page() {
    return page(http.actualPort());
  }

  /** Notes which words are marked: on a busy machine one may be so between two looks at it. */
  private static final String MARKS =
      """
      window.marks = [];
      const add = Highlight.prototype.add;
      Highlight.prototype.add = function (range) {
        if (CSS.highlights.get('spoken') === this) marks.push(String(range));
        return add.call(this, range);
      };\
      """;

  Page page(int port) {
    return page(port, new String[0]);
  }

  /**
   * The page.
   *
   * @param scripts run before its own
   */
  Page page(int port, String... scripts) {
    String[] all = Arrays.copyOf(scripts, scripts.length + 1);
    all[scripts.length] = MARKS;
    Page page = browser().open(port, options, all);
    page.setDefaultTimeout(20_000);
    return page;
  }

  FakeTurn ask(Page page, String prompt) throws Exception {
    page.getByLabel("Your prompt").fill(prompt);
    page.getByLabel("Your prompt").press("Enter");
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().text()).isEqualTo(prompt);
    return turn;
  }

  /** The first chunk with its marks, and where a model writes it, its text; the turn goes on. */
  static FakeTurn beginToSpeak(FakeTurn turn, int rateHz, int ms) {
    if (turn.prompt().turn().options().mode() != TextMode.SAY) {
      turn.text(FIRST);
    }
    turn.on(Stage.CHUNKER, new ChunkCaption(0, FIRST, 0, FIRST.length()))
        .on(Stage.PLAYBACK, new PlayoutMark(PlayoutMark.Kind.FIRST_FRAME, 0, 0))
        .format(rateHz)
        .on(Stage.PLAYBACK, new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0));
    return tone(turn, 0, rateHz, ms);
  }

  /** A tone in pieces of 100 ms. */
  static FakeTurn tone(FakeTurn turn, int chunk, int rateHz, int ms) {
    for (int at = 0; at < ms; at += 100) {
      turn.on(Stage.PLAYBACK, new ChunkAudio(chunk, tone(rateHz, 100)));
    }
    return turn;
  }

  /** Whole periods, so that pieces join. */
  static byte[] tone(int rateHz, int ms) {
    byte[] pcm = new byte[rateHz * ms / 1000 * 2];
    for (int i = 0; i < pcm.length / 2; i++) {
      int sample = (int) (12_000 * Math.cos(2 * Math.PI * 500 * i / rateHz));
      pcm[2 * i] = (byte) sample;
      pcm[2 * i + 1] = (byte) (sample >> 8);
    }
    return pcm;
  }

  static double number(Page page, String script) {
    return ((Number) page.evaluate(script)).doubleValue();
  }

  /** The page's policy forbids the evaluation that Playwright's own waiting needs. */
  static void await(Page page, String condition, Object arg) {
    boolean so =
        (Boolean)
            page.evaluate(
                "async (arg) => { const late = performance.now() + 20000; while (!("
                    + condition
                    + ")) { if (performance.now() > late) return false;"
                    + " await new Promise((next) => setTimeout(next, 5)); } return true; }",
                arg);
    assertThat(so)
        .as(
            () ->
                condition
                    + "; sound: "
                    + page.evaluate("() => JSON.stringify({...tap, context: tap.context?.state})")
                    + "; page: "
                    + page.locator("body").innerText())
        .isTrue();
  }

  /** Since the last time. */
  static void awaitMarked(Page page, String word) {
    await(page, "marks.includes(arg)", word);
    page.evaluate("word => { marks.splice(0, 1 + marks.indexOf(word)); }", word);
  }

  /** The text that is marked so. */
  static String marked(Page page, String name) {
    return String.valueOf(
        page.evaluate("name => [...CSS.highlights.get(name) ?? []].map(String).join('')", name));
  }

  /** Also when it is over by now: a busy machine looks late. */
  static void awaitSound(Page page) {
    await(page, "(tap.now > 0.2 || tap.onsets > tap.heard) && (tap.heard = tap.onsets)", "");
  }

  static void awaitSilence(Page page) {
    await(page, "tap.now === 0 && ((tap.heard = tap.onsets), true)", "");
  }

  static Locator state(Page page) {
    return page.getByRole(AriaRole.STATUS);
  }

  /** Of the latest answer, or of what else has gone wrong. */
  static Locator alert(Page page) {
    return page.getByRole(AriaRole.ALERT).last();
  }

  /** The latest question with its answer. */
  static Locator exchange(Page page) {
    return page.locator(".exchange").last();
  }

  /** The latest answer's text. */
  static Locator answer(Page page) {
    return exchange(page).locator(".text");
  }

  /** The latest answer's button that pauses, resumes, and plays again. */
  static Locator play(Page page) {
    return exchange(page).locator("[data-part=play]");
  }

  /** The round button, which sends or stops. */
  static Locator mainButton(Page page) {
    return page.locator("#main-button");
  }

  /** As 0xRRGGBB. */
  static int colour(Page page, String script) {
    Matcher rgb = Pattern.compile("\\d+").matcher(String.valueOf(page.evaluate(script)));
    int colour = 0;
    for (int i = 0; i < 3 && rgb.find(); i++) {
      colour = colour << 8 | Integer.parseInt(rgb.group());
    }
    return colour;
  }

  static BufferedImage image(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** How much of a picture has this colour, 0 to 1. */
  static double share(byte[] png, int colour) throws IOException {
    BufferedImage picture = image(png);
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return IntStream.of(pixels).filter(pixel -> (pixel & 0xFFFFFF) == colour).count()
        / (double) pixels.length;
  }

  static Path picture(String name) {
    return Path.of("target", "pictures", name + ".png");
  }
}
