package io.voicebus.http;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.PlaywrightException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An installed Chromium, without a window. What its audio thread renders is tapped between the
 * page's worklet and the loudspeaker.
 */
public final class Browser implements AutoCloseable {
  /** What a browser complains about when an interface comes or goes, of whatever network. */
  static final String NETWORK_CHANGED = "ERR_NETWORK_CHANGED";

  /** To load a page. */
  private static final int TRIES = 5;

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--autoplay-policy=no-user-gesture-required",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  /** Puts an analyser next to the loudspeaker, and notes how loud it gets from now on. */
  private static final String TAP =
      """
      window.tap = {loud: 0, peak: 0, now: 0, onsets: 0, heard: 0, worklets: 0, messages: 0};
      let quiet = true;
      const every = setInterval; // that of the browser, also where a test sets the page's clock
      const connect = AudioNode.prototype.connect;
      AudioNode.prototype.connect = function (to, ...rest) {
        if (this instanceof AudioWorkletNode) {
          tap.context = this.context;
          tap.worklets++;
          this.port.addEventListener('message', () => tap.messages++);
          const wide = new AnalyserNode(this.context, {fftSize: 8192, smoothingTimeConstant: 0});
          connect.call(this, wide);
          tap.pitch = () => {
            const bins = new Float32Array(wide.frequencyBinCount);
            wide.getFloatFrequencyData(bins);
            return bins.indexOf(Math.max(...bins)) * wide.context.sampleRate / wide.fftSize;
          };
          const analyser = new AnalyserNode(this.context, {fftSize: 256});
          connect.call(this, analyser);
          const samples = new Float32Array(analyser.fftSize);
          every(() => {
            if (analyser.context.state === 'closed') return; // what it had last stays in it
            analyser.getFloatTimeDomainData(samples);
            tap.now = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
            tap.peak = Math.max(tap.peak, tap.now);
            if (tap.now > 0.2 && quiet) tap.onsets++;
            quiet = tap.now === 0 || (quiet && tap.now <= 0.2);
            tap.loud += samples.filter((sample) => sample !== 0).length;
            if (tap.now === 0 && tap.silentSince === undefined) tap.silentSince = performance.now();
            if (tap.now !== 0) delete tap.silentSince;
          }, 5);
        }
        return connect.call(this, to, ...rest);
      };
      """;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final List<String> complaints = new ArrayList<>();

  /** Starts one; an error says what to do where there is none. */
  public Browser() {
    Path executable = installed();
    playwright =
        Playwright.create(
            new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(executable).setArgs(FLAGS));
  }

  /** The browser named by CHROMIUM, or one on the path. */
  private static Path installed() {
    String named = System.getenv("CHROMIUM");
    Stream<Path> places =
        named != null
            ? Stream.of(Path.of(named))
            : NAMES.stream()
                .flatMap(
                    name ->
                        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                            .map(folder -> Path.of(folder, name)));
    return places
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "the page is tested in a real Chromium, and there is none: install it"
                        + " (apt-get install chromium), or name its executable in CHROMIUM"));
  }

  /**
   * Opens the page at this port, with what this browser complains about noted.
   *
   * @param scripts run before the page's own
   */
  public Page open(
      int port, com.microsoft.playwright.Browser.NewPageOptions options, String... scripts) {
    return openAt(port, "/", options, scripts);
  }

  /** The same, of a page that has another path. */
  public Page openAt(
      int port,
      String path,
      com.microsoft.playwright.Browser.NewPageOptions options,
      String... scripts) {
    Page page = browser.newPage(options);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text() + " (" + message.location() + ")");
          }
        });
    page.onPageError(complaints::add);
    page.addInitScript(TAP);
    for (String script : scripts) {
      page.addInitScript(script);
    }
    String url = "http://localhost:" + port + path;
    for (int tries = 1; !comesWhole(page, url) && tries < TRIES; tries++) {}
    return page;
  }

  /** Not if this machine's network has changed just then, for which browsers break loading off. */
  private boolean comesWhole(Page page, String url) {
    int before = complaints.size();
    try {
      page.navigate(url);
    } catch (PlaywrightException why) {
      if (!String.valueOf(why.getMessage()).contains(NETWORK_CHANGED)) {
        throw why;
      }
      return false;
    }
    List<String> since = complaints.subList(before, complaints.size());
    boolean whole = since.stream().noneMatch(complaint -> complaint.contains(NETWORK_CHANGED));
    if (!whole) {
      since.clear();
    }
    return whole;
  }

  /** Closes all pages; returns the errors and warnings on their consoles. */
  public List<String> closePages() {
    browser.contexts().forEach(BrowserContext::close);
    List<String> told = List.copyOf(complaints);
    complaints.clear();
    return told;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
