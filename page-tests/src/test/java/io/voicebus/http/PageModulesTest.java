package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of the page by themselves, run by a browser. */
@Tag("slow")
@Timeout(120)
class PageModulesTest extends PageTest {
  /** Shows a text as it grows by a few characters at a time; returns what is in the page then. */
  private static final String SHOW =
      """
      async ([text, step]) => {
        const {Markdown} = await import('/page/markdown.js');
        const box = document.createElement('div');
        const markdown = new Markdown(box);
        for (let end = step; end < text.length; end += step) markdown.show(text.slice(0, end), true);
        markdown.show(text, false);
        const words = [...text.matchAll(/[a-z]{4,}/g)].map(({index, 0: word}) =>
          [word, markdown.ranges(index, index + word.length).map(String).join('')]);
        return [box.innerHTML.replace(/<button.*?<\\/button>/g, ''), words];
      }\
      """;

  private static final Map<String, String> SHOWN =
      Map.ofEntries(
          Map.entry("plain\nand more", "<p>plain\nand more</p>"),
          Map.entry("**strong** and *soft*", "<p><strong>strong</strong> and <em>soft</em></p>"),
          Map.entry("***both*** ~~gone~~", "<p><strong><em>both</em></strong> <s>gone</s></p>"),
          Map.entry("snake_case_word 2 * 3 * 4", "<p>snake_case_word 2 * 3 * 4</p>"),
          Map.entry("**never closed", "<p>**never closed</p>"),
          Map.entry("\\*as it is\\*", "<p>*as it is*</p>"),
          // A formula is its own, as the chunker has it; prices are none.
          Map.entry(
              "$$\\int_0^1 x\\,dx$$ and $a*b*c$",
              "<p><code>\\int_0^1 x\\,dx</code> and <code>a*b*c</code></p>"),
          Map.entry("\\(x_1\\) \\[a*b*c\\]", "<p><code>x_1</code> <code>a*b*c</code></p>"),
          Map.entry(
              "So:\n$$\na\n+ b\n---\n= c\n$$\n- item",
              "<p>So:\n<code>a\n+ b\n---\n= c</code></p>"
                  + "<ul dir=\"auto\"><li><p>item</p></li></ul>"),
          Map.entry("\\[\nx\n- y\n\\]", "<p><code>x\n- y</code></p>"),
          Map.entry("$$\nx\n\n- y", "<p>$$\nx</p><ul dir=\"auto\"><li><p>y</p></li></ul>"),
          Map.entry("from $5 to $10, *US$ or CA$*", "<p>from $5 to $10, <em>US$ or CA$</em></p>"),
          Map.entry("$never closed \\(nor", "<p>$never closed (nor</p>"),
          Map.entry("`a *code*` here", "<p><code>a *code*</code> here</p>"),
          Map.entry("# Title ##\ntext", "<h3>Title</h3><p>text</p>"),
          Map.entry(
              "- one\n  - inner\n- two\n\nafter",
              "<ul dir=\"auto\"><li><p>one</p><ul dir=\"auto\"><li><p>inner</p></li></ul></li>"
                  + "<li><p>two</p></li></ul>"
                  + "<p>after</p>"),
          Map.entry(
              "3. three\n4. four",
              "<ol dir=\"auto\" start=\"3\"><li><p>three</p></li><li><p>four</p></li></ol>"),
          Map.entry(
              "> said **so\n> twice**",
              "<blockquote dir=\"auto\"><p>said <strong>so\ntwice</strong></p></blockquote>"),
          Map.entry(
              "```js\nlet x;\n\n# no\n```\nafter",
              "<div class=\"code\"><div class=\"code-head\"><span>js</span></div><pre"
                  + " tabindex=\"0\"><code dir=\"ltr\">let x;\n\n"
                  + "# no</code></pre></div><p>after</p>"),
          Map.entry(
              "| a | b |\n|---|--:|\n| c | d |",
              "<div class=\"table\" tabindex=\"0\"><table dir=\"auto\"><thead><tr><th"
                  + " data-align=\"start\">a</th><th"
                  + " data-align=\"end\">b</th></tr></thead><tbody><tr><td"
                  + " data-align=\"start\">c</td><td"
                  + " data-align=\"end\">d</td></tr></tbody></table></div>"),
          Map.entry(
              "[here](https://a.example/x)",
              "<p><a href=\"https://a.example/x\" target=\"_blank\""
                  + " rel=\"noopener noreferrer nofollow\">here</a></p>"),
          // What a model writes never becomes markup, nor leads anywhere but to the web.
          Map.entry(
              "<img src=x onerror=alert(1)> <script>alert(1)</script>",
              "<p>&lt;img src=x onerror=alert(1)&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
          Map.entry("[run](javascript:alert(1))", "<p>run</p>"),
          Map.entry("[in](/v1/status) ![i](data:text/html,x)", "<p>in i</p>"),
          Map.entry("&lt;b&gt; &amp; more", "<p>&lt;b&gt; &amp; more</p>"),
          // What of HTML and of other Markdown is common in answers; nothing of it has attributes.
          Map.entry("one<br>two<BR />\nthree", "<p>one\ntwo\nthree</p>"),
          Map.entry(
              "H<sub>2</sub>O <b>so *it* is</b><!-- no --> <kbd>Esc</kbd>",
              "<p>H<sub>2</sub>O <strong>so <em>it</em> is</strong> <kbd>Esc</kbd></p>"),
          Map.entry("use the <b> tag: x < y", "<p>use the &lt;b&gt; tag: x &lt; y</p>"),
          Map.entry(
              "<b onclick=x>no</b> <a href=x>no</a>",
              "<p>&lt;b onclick=x&gt;no&lt;/b&gt; &lt;a href=x&gt;no&lt;/a&gt;</p>"),
          Map.entry(
              "&mdash; &#8364; &#x20AC; &#0; &#xD800; &toString; &bogus;",
              "<p>— € € &amp;#0; &amp;#xD800; &amp;toString; &amp;bogus;</p>"),
          Map.entry(
              "-\tone\n\t- inner\n\t\t- in it\n- two",
              "<ul dir=\"auto\"><li><p>one</p><ul dir=\"auto\"><li><p>inner</p>"
                  + "<ul dir=\"auto\"><li><p>in it</p></li></ul></li></ul></li>"
                  + "<li><p>two</p></li></ul>"),
          Map.entry("hard\\\nbreak", "<p>hard\nbreak</p>"),
          Map.entry(
              "- [ ] to do\n- [x] done\n- [x]none",
              "<ul dir=\"auto\"><li class=\"task\"><p>☐ to do</p></li>"
                  + "<li class=\"task\"><p>☑ done</p></li><li><p>[x]none</p></li></ul>"));

  @Test
  void showsMarkdownSafelyAndTheSameHoweverItStreams() {
    Page page = page();
    SHOWN.forEach(
        (text, html) -> {
          for (int step : new int[] {1, 3, 1000}) {
            List<?> shown = (List<?>) page.evaluate(SHOW, new Object[] {text, step});
            assertThat(shown.get(0)).as("%s, %d at a time", text, step).isEqualTo(html);
            // and: each word is found where it stands
            assertThat((List<?>) shown.get(1))
                .allSatisfy(
                    word -> {
                      List<?> pair = (List<?>) word;
                      if (!html.contains("href") || html.contains(">" + pair.get(0))) {
                        assertThat(pair.get(1)).isIn(pair.get(0), "");
                      }
                    });
          }
        });
  }

  /** Somebody is in the code, has scrolled it, and has selected a word, while more is written. */
  private static final String IN_USE =
      """
      async ([text, more]) => {
        const {Markdown} = await import('/page/markdown.js');
        const box = document.createElement('div');
        box.className = 'text';
        document.getElementById('thread').append(box);
        const markdown = new Markdown(box);
        markdown.show(text, true);
        const used = box.querySelector('[tabindex]');
        used.focus();
        used.scrollLeft = 40;
        getSelection().setBaseAndExtent(
            box.querySelector('code, td').firstChild, 0, box.querySelector('code, td').firstChild, 3);
        for (let end = 0; end <= more.length; end++) markdown.show(text + more.slice(0, end), true);
        return [document.activeElement === used && used.isConnected, used.scrollLeft,
            String(getSelection()), box.textContent];
      }\
      """;

  @Test
  void whatIsInUseStaysAsItIsWhileMoreIsWritten() {
    Page page = page();
    String wide = "wide ".repeat(100).strip();
    for (String text : List.of("```js\nlet a;\n" + wide + "\n", "| a b c |\n|---|\n| let |\n")) {
      String more =
          text.startsWith("`") ? "let b;\n```\n" : "| " + wide.replace(' ', '_') + " |\n\n";
      // when
      List<?> now = (List<?>) page.evaluate(IN_USE, new Object[] {text, more + "The end."});
      // then
      assertThat(now.get(0)).as(text).isEqualTo(true);
      assertThat(now.get(2)).as(text).isEqualTo("let");
      assertThat((String) now.get(3)).endsWith("The end.");
      if (text.startsWith("`")) {
        assertThat(now.get(1)).isEqualTo(40);
      }
    }
  }

  @Test
  void marksWhatIsStillToBeHeardAtOnceHoweverLongItIs() {
    Page page = page();
    // when
    Object ranges =
        page.evaluate(
            """
            async () => {
              const {Markdown} = await import('/page/markdown.js');
              const markdown = new Markdown(document.createElement('div'));
              markdown.show('Some **words** here.\\n\\n'.repeat(1000), false);
              let made = 0;
              const Plain = Range;
              window.Range = class extends Plain { constructor() { super(); made++; } };
              const [rest] = markdown.rest(7);
              return [made, String(rest).length];
            }\
            """);
    // then: ranges are kept up to date by the browser, each of them with each change of the page
    assertThat(ranges).isEqualTo(List.of(1, 16 * 1000 - 5));
  }

  @Test
  void takesNoLongOverTextsThatLookLikeTheyHadMarks() {
    Page page = page();
    for (String piece :
        new String[] {
          "*a ", "[a", "`a``b", "> ", "- a\n", "http://", "**a_", "$a", "$$a", "\\\\(", "<!--",
          "<b>", "&#1"
        }) {
      // when: a hundred thousand characters of it
      double ms =
          number(
              page,
              "(async () => { const {blocksOf} = await import('/page/blocks.js');"
                  + " const {inlinesOf} = await import('/page/inlines.js'); const text = '"
                  + piece.replace("\n", "\\n")
                  + "'.repeat(100000 / "
                  + piece.length()
                  + "); const began = performance.now(); blocksOf(text);"
                  + " inlinesOf(text, [{from: 0, to: text.length}]);"
                  + " return performance.now() - began; })()");
      // then: far from quadratic, which would be a minute
      assertThat(ms).as(piece).isLessThan(5_000);
    }
  }

  @Test
  void knowsWhichWordIsHeardAndWhatWasHeardBefore() {
    // given: what is spoken has no marks, and numbers are written
    Object found =
        page()
            .evaluate(
                """
                async () => {
                  const {Timeline} = await import('/page/timeline.js');
                  const text = 'The **quick** brown `fox` jumps. Over it.';
                  const line = new Timeline(() => text);
                  line.rate = 1000;
                  line.chunk({chunk: 0, text: 'The quick brown fox jumps.', source_start: 0, source_end: 32});
                  line.mark({mark: 'chunk-start', chunk: 0, at_sample: 0});
                  line.mark({mark: 'chunk-end', chunk: 0, at_sample: 2600});
                  line.chunk({chunk: 1, text: 'Over it.', source_start: 33, source_end: 41});
                  line.mark({mark: 'chunk-start', chunk: 1, at_sample: 2600});
                  line.word({chunk: 1, source_start: 33, source_end: 37, start_ms: 2700, end_ms: 2900});
                  const word = (at) => { const {start, end} = line.wordAt(at); return text.slice(start, end); };
                  return [word(1), word(450), word(1700), word(2750), text.slice(0, line.heardTo(1000)),
                    text.slice(0, line.heardTo(2600)), line.sampleOf(6), line.sampleOf(34), line.sampleOf(99)];
                }\
                """);
    assertThat(found)
        .hasToString(
            "[The, quick, fox, Over, The **quick, The **quick** brown `fox` jumps., 400, 2700,"
                + " null]");
  }

  /**
   * What is marked, and what counts as heard, at each of these samples; there are 1000 a second.
   *
   * @param told what the server has told besides the chunk and its beginning
   */
  private static String markedAndHeard(Page page, String told, Integer... samples) {
    return page.evaluate(
            """
            async (samples) => {
              const {Timeline} = await import('/page/timeline.js');
              const text = 'one *two*, three four';
              const line = new Timeline(() => text);
              const word = (start, end, from, to) => line.word(
                {chunk: 0, source_start: start, source_end: end, start_ms: from, end_ms: to});
              const ends = (sample) => line.mark({mark: 'chunk-end', chunk: 0, at_sample: sample});
              line.chunk({chunk: 0, text: 'one two, three four', source_start: 0, source_end: 21});
              line.mark({mark: 'chunk-start', chunk: 0, at_sample: 0});
              TOLD
              line.rate = 1000; // may be known later than the words
              return samples.map((at) => {
                const {start, end} = line.wordAt(at);
                return `${text.slice(start, end)} < ${text.slice(0, line.heardTo(at))}`;
              }).join(' | ');
            }\
            """
                .replace("TOLD", told),
            List.of(samples))
        .toString();
  }

  @Test
  void marksWholeCharacters() {
    Object word =
        page()
            .evaluate(
                """
                async () => {
                  const {Timeline} = await import('/page/timeline.js');
                  const timeline = new Timeline(() => String.fromCodePoint(0x1d4bb) + 'ine ' + String.fromCodePoint(0x1f600));
                  timeline.rate = 1000;
                  timeline.chunk({chunk: 0, text: 'fine', source_start: 0, source_end: 8});
                  timeline.mark({mark: 'chunk-start', chunk: 0, at_sample: 0});
                  timeline.word({chunk: 0, source_start: 1, source_end: 7, start_ms: 0, end_ms: 500});
                  const {start, end} = timeline.wordAt(100);
                  return `${start} ${end}`;
                }\
                """);
    assertThat(word).isEqualTo("0 8");
  }

  @Test
  void marksWordsByTheServersTimesAndByAnEstimateUntilTheyCome() {
    Page page = page();
    // A voice that tells nothing, while the chunk sounds, and when its length is known.
    assertThat(markedAndHeard(page, "", 1, 600, 1000))
        .isEqualTo("one <  | two < one *two | three < one *two*, three");
    assertThat(markedAndHeard(page, "ends(1900);", 1, 600, 1000))
        .isEqualTo("one <  | two < one | three < one *two");
    // One that tells exactly, behind the sound: two words until now, which are slow.
    String two = "word(0, 3, 100, 700); word(4, 10, 900, 1500);";
    assertThat(markedAndHeard(page, two, 600, 800, 1000, 1500, 1950))
        .isEqualTo(
            "one <  | one < one | two < one | two < one *two*," + " | four < one *two*, three");
    // One whose words are told all at once at the end: the estimate goes.
    String all = two + "word(11, 16, 1500, 1600); word(17, 21, 1600, 1850); ends(1900);";
    assertThat(markedAndHeard(page, all, 600, 1000, 1550, 1700))
        .isEqualTo("one <  | two < one | three < one *two*, | four < one *two*, three");
  }

  /** Sends a tone of two seconds through it: what comes out, and how fast that changes at most. */
  private static final String STRETCH =
      """
      async ([rate, speed, hz]) => {
        const {Samples} = await import('/page/samples.js');
        const {Stretch} = await import('/page/stretch.js');
        const samples = new Samples();
        const wave = (i) => 12000 * Math.cos(2 * Math.PI * hz * i / rate);
        for (let at = 0; at < 2 * rate; at += rate / 10) {
          samples.add(Int16Array.from({length: rate / 10}, (_, i) => wave(at + i)));
        }
        const stretch = new Stretch(samples, rate);
        stretch.speed = speed;
        const out = [];
        for (let sample; (sample = stretch.next()) !== null;) out.push(sample);
        let [crossings, step] = [0, 0];
        for (let i = 1; i < out.length; i++) {
          crossings += (out[i - 1] < 0) !== (out[i] < 0) ? 1 : 0;
          step = Math.max(step, Math.abs(out[i] - out[i - 1]));
        }
        const most = 2 * Math.sin(Math.PI * hz / rate) * 12000 / 32768;
        return [out.length / rate, crossings / 2 / (out.length / rate), step / most,
          stretch.position / rate, out.every((sample, i) => sample === samples.at(i))];
      }\
      """;

  @Test
  void playsFasterAndSlowerAtTheSamePitchWithoutAClickToTheLastSample() {
    Page page = page();
    for (int rate : new int[] {8_000, 16_000, 24_000, 48_000}) {
      for (double speed : new double[] {0.5, 0.8, 1, 1.3, 2}) {
        for (double hz : new double[] {110, 500}) {
          List<?> out = (List<?>) page.evaluate(STRETCH, List.of(rate, speed, hz));
          String what = "%d Hz, %.1f times, a tone of %.0f Hz".formatted(rate, speed, hz);
          assertThat(of(out, 0) * speed).as(what).isBetween(1.95, 2.05);
          assertThat(of(out, 1)).as(what).isBetween(0.99 * hz, 1.01 * hz);
          assertThat(of(out, 2)).as(what).isLessThan(1.05);
          assertThat(of(out, 3)).as(what).isEqualTo(2);
          if (speed == 1) {
            assertThat(out.get(4)).as(what + ", as it was spoken").isEqualTo(true);
          }
        }
      }
    }
  }

  @Test
  void doesNoWorkForATrackThatHasBeenPlayedToItsEnd() {
    Object asked =
        page()
            .evaluate(
                """
                async () => {
                  const reports = [];
                  globalThis.sampleRate = 16000;
                  globalThis.AudioWorkletProcessor = class {
                    port = {postMessage: (report) => reports.push(report)};
                  };
                  globalThis.registerProcessor = (name, made) => { globalThis.Playout = made; };
                  const {Stretch} = await import('/page/stretch.js');
                  const {next} = Stretch.prototype;
                  let asked = 0;
                  Stretch.prototype.next = function () { asked++; return next.call(this); };
                  await import('/page/worklet.js');
                  const playout = new Playout();
                  const send = (data) => playout.port.onmessage({data});
                  const pcm = new Int16Array(1600).fill(1000).buffer;
                  send({type: 'begin', track: 1, rate: 16000});
                  send({type: 'pcm', track: 1, pcm});
                  send({type: 'end', track: 1});
                  const process = () => playout.process([], [[new Float32Array(128)]]);
                  for (let i = 0; i < 1000 && !reports.some(({done}) => done); i++) process();
                  const played = asked;
                  process();
                  return [reports.at(-1).done, played >= 1600, asked - played];
                }\
                """);
    assertThat(asked).hasToString("[true, true, 0]");
  }

  private static double of(List<?> values, int index) {
    return ((Number) values.get(index)).doubleValue();
  }

  @Test
  void makesFilesOfSoundAndCaptions() {
    Object files =
        page()
            .evaluate(
                """
                async () => {
                  const {wav, webVtt} = await import('/page/captions.js');
                  const bytes = await wav([new Int16Array([1, 2]), new Int16Array([3])], 16000).arrayBuffer();
                  const head = new DataView(bytes);
                  return [bytes.byteLength, head.getUint32(24, true), head.getUint32(40, true),
                    head.getInt16(48, true),
                    webVtt([{text: 'a <b> --> c', from: 0, to: 24000 * 3661.5}], 24000)];
                }\
                """);
    assertThat(files)
        .isEqualTo(
            Arrays.asList(
                50, 16_000, 6, 3, "WEBVTT\n\n00:00:00.000 --> 01:01:01.500\na &lt;b> --&gt; c\n"));
  }

  @Test
  void knowsWhichStageOwedTheTimeAndTheSessionsPercentiles() {
    Object figures =
        page()
            .evaluate(
                """
                async () => {
                  const {Times, percentile} = await import('/page/times.js');
                  const times = new Times();
                  times.begin(1000);
                  times.reach('first_delta', 1100);
                  times.reach('first_chunk', 1200);
                  times.reach('heard', 1350);
                  times.reach('heard', 9999);
                  return [times.reached.heard, times.slowest.stage,
                    percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.95)];
                }\
                """);
    assertThat(figures).isEqualTo(Arrays.asList(350, "model", 2, 4));
  }

  /** What is said of a microphone that is so loud, in dB, for so many milliseconds each. */
  private static Object talk(Page page, Integer... dbAndMs) {
    return page.evaluate(
        """
        async (parts) => {
          const {TalkDetector} = await import('/page/talk-detector.js');
          const detector = new TalkDetector();
          const said = [];
          for (let i = 0; i < parts.length; i += 2) {
            for (let ms = 0; ms < parts[i + 1]; ms += 30) detector.hear(10 ** (parts[i] / 20), 30);
            said.push(detector.talks);
          }
          return said;
        }\
        """,
        List.of(dbAndMs));
  }

  @Test
  void knowsTalkFromTheRoomFromAKnockAndFromAPauseBetweenWords() {
    Page page = page();
    assertThat(talk(page, -60, 1000, -25, 150, -60, 600, -25, 500, -60, 1000))
        .as("words, a pause, words, silence")
        .hasToString("[false, true, true, true, false]");
    assertThat(talk(page, -60, 1000, -20, 60, -60, 1000))
        .as("a knock")
        .hasToString("[false, false, false]");
    assertThat(talk(page, -60, 1000, -45, 3000)).as("an echo").hasToString("[false, false]");
    assertThat(talk(page, -60, 1000, -38, 20_000, -20, 300))
        .as("a fan that is turned on, and words")
        .hasToString("[false, false, true]");
  }
}
