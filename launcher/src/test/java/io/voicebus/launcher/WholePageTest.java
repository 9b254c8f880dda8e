package io.voicebus.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.TextPace;
import io.voicebus.http.Browser;
import io.voicebus.http.HttpVerticle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The real page of the real pipeline in a real browser; only the services are emulated. */
@Tag("slow")
@Timeout(120)
@Isolated("sound is in time")
class WholePageTest {
  private static final TextPace MODEL = new TextPace(300, 60, 2);

  /** Well over a second of text, and twenty seconds of speech. */
  private static final String LONG =
      "Sunlight looks white. It is a mixture of many colours, though, from red to violet. Air"
          + " scatters the blue light most of all. So blue light reaches you from all over the sky."
          + " At dusk the light comes a long way through the air, and most of the blue is lost."
          + " What is left is orange and red, and that is what you see around the setting sun.";

  private static final String OTHER = "Certainly, something else then. It is all quiet now.";

  /** Blocks of 128 samples at 24 kHz that may still sound after it was told to stop: 107 ms. */
  private static final int BLOCKS_TO_SILENCE = 20;

  private static final int BLOCK = 128;

  private final Vertx services = Vertx.vertx();
  private final Vertx vertx = Vertx.vertx();
  private final Browser browser = new Browser();
  private final RenderedSpeech reader = new RenderedSpeech();
  private final List<JsonObject> reports = new ArrayList<>();

  @TempDir Path directory;

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Each prompt is answered with itself. */
  private Page page() {
    GeminiEmulator model =
        await(GeminiEmulator.start(services, GeminiEmulatorOptions.DEFAULTS.echoing(MODEL)));
    ElevenEmulator voice =
        await(
            ElevenEmulator.start(
                services, ElevenOptions.generous().withScripts(any -> ElevenScript.recorded())));
    Map<String, String> environment =
        Map.of(
            "VOICEBUS_PORT", "0",
            "VOICEBUS_PROCESSING", "none",
            "GEMINI_API_KEY", "emulated-key",
            "GEMINI_BASE_URL", model.baseUrl(),
            "ELEVENLABS_API_KEY", "emulated-key",
            "ELEVENLABS_BASE_URL", voice.baseUrl());
    Pipeline pipeline = new Pipeline(vertx, Configuration.load(environment, directory));
    HttpVerticle http = await(pipeline.deployStages().compose(done -> pipeline.deployHttp()));
    Page page =
        browser.open(
            http.actualPort(),
            new NewPageOptions().setViewportSize(900, 900).setBypassCSP(true),
            SampleTap.SCRIPT);
    page.setDefaultTimeout(20_000);
    page.onWebSocket(
        socket ->
            socket.onFrameSent(frame -> reports.add(new JsonObject(String.valueOf(frame.text())))));
    return page;
  }

  private static void ask(Page page, String prompt) {
    page.getByLabel("Your prompt").click();
    page.getByLabel("Your prompt").fill(prompt);
    page.getByLabel("Your prompt").press("Enter");
  }

  private static Path picture(String name) {
    return Path.of("target", "pictures", name + ".png");
  }

  private static void photograph(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture(name)));
  }

  /** How often the voice came too late, as the page tells it: on a busy machine, and only there. */
  private static int gaps(Page page) {
    return (int) SampleTap.number(page, "Number(document.getElementById('underruns').textContent)");
  }

  /** How many chars of a text are missing from what was heard of it: each gap may break one. */
  private static int broken(String heard, String text) {
    int at = 0;
    for (int i = 0; i < heard.length(); i++) {
      int next = text.indexOf(heard.charAt(i), at);
      assertThat(next).as("char %d of what was heard: %s", i, heard).isNotNegative();
      at = next + 1;
    }
    return at - heard.length();
  }

  @AfterEach
  void closeAll() {
    try {
      assertThat(browser.closePages()).isEmpty();
    } finally {
      browser.close();
      await(vertx.close());
      await(services.close());
    }
  }

  @Test
  void speaksWhileTheTextIsStillBeingWrittenAndStopsAtOnce() {
    // given
    Page page = page();
    page.evaluate(
        "() => { samples.onsound ="
            + " () => samples.text = document.querySelector('.text').textContent; }");
    // when
    ask(page, LONG);
    SampleTap.await(page, "samples.blocks.length > 40");
    photograph(page, "whole-speaking");
    // then: it was heard before the text had finished
    String written = String.valueOf(page.evaluate("samples.text"));
    assertThat(LONG).startsWith(written);
    assertThat(written).isNotEmpty().hasSizeLessThan(LONG.length());
    // and: the text is shown, and where the time went
    assertThat(page.locator(".text").last()).hasText(LONG);
    page.locator(".latency").click();
    for (String stage :
        List.of("first_delta", "first_chunk", "first_frame", "first_audio", "heard")) {
      assertThat(page.locator("[data-stage=" + stage + "] .figure")).containsText("ms");
      assertThat(
              SampleTap.number(
                  page, "document.querySelector('[data-stage=" + stage + "] .bar').offsetWidth"))
          .as(stage)
          .isPositive();
    }
    photograph(page, "whole-times");
    page.keyboard().press("Escape");
    assertThat(page.locator("#inside")).isHidden();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Speaking");
    // and: what is rendered is the text, to the last sample
    SampleTap.await(page, "samples.blocks.length > 600");
    String heard = reader.textOf(SampleTap.since(page, 0));
    assertThat(heard).hasSizeGreaterThan(30);
    assertThat(broken(heard, LONG)).as(heard).isLessThanOrEqualTo(gaps(page));
    // and: the position is reported
    assertThat(reports).isNotEmpty();
    assertThat(reports.get(reports.size() - 1).getString("type")).isEqualTo("position");
    assertThat(reports.get(reports.size() - 1).getLong("played_ms")).isBetween(1_000L, 5_000L);
    photograph(page, "whole-written");
    // when
    long stopped =
        SampleTap.number(page, "(document.getElementById('main-button').click(), samples.clock())");
    // then: silence, while the audio clock goes on
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Ready");
    SampleTap.await(page, "samples.clock() > " + (stopped + 24_000));
    System.out.println(
        "stop: " + (SampleTap.lastSound(page) - stopped) / BLOCK + " blocks until silence");
    assertThat(SampleTap.lastSound(page) - stopped).isLessThan(BLOCKS_TO_SILENCE * BLOCK);
    assertThat(page.locator("#queued")).hasText("0.0 s");
    // and: what was not heard stays marked as such
    assertThat(String.valueOf(page.evaluate("String([...CSS.highlights.get('unheard')][0])")))
        .isNotEmpty()
        .matches(LONG::endsWith);
    photograph(page, "whole-stopped");
  }

  @Test
  void aNewPromptSilencesTheOldOneAndIsHeardWhole() {
    // given
    Page page = page();
    ask(page, LONG);
    SampleTap.await(page, "samples.blocks.length > 200");
    // when
    page.getByLabel("Your prompt").fill(OTHER);
    long asked =
        SampleTap.number(
            page, "(document.getElementById('form').requestSubmit(), samples.clock())");
    // then
    long silent = asked + BLOCKS_TO_SILENCE * BLOCK;
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Speaking");
    photograph(page, "whole-interrupted");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Ready");
    System.out.println(
        "barge-in: "
            + SampleTap.number(
                page,
                "samples.blocks.filter(({frame}) => frame >= "
                    + asked
                    + " && frame < "
                    + (asked + 7_000)
                    + ").length")
            + " blocks until silence");
    String heard = reader.textOf(SampleTap.since(page, silent)).strip();
    int gaps = gaps(page);
    assertThat(broken(heard, OTHER)).as(heard).isLessThanOrEqualTo(gaps);
    assertThat(heard).hasSizeGreaterThanOrEqualTo(OTHER.length() - gaps);
    assertThat(page.locator(".text").last()).hasText(OTHER);
    photograph(page, "whole-second");
  }
}
