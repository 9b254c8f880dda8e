package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts that are said: pushed to talk, and hands-free. */
@Tag("slow")
@Timeout(120)
class PageTalkTest extends PageTest {
  /** In place of the browser's own recognition, which needs a microphone and a service. */
  private static final String RECOGNITION =
      """
      window.SpeechRecognition = window.webkitSpeechRecognition = class {
        start() { window.microphone = this; }
        stop() { this.onend(); }
        hears(words, isFinal = false) {
          const result = Object.assign([{transcript: words}], {isFinal});
          this.onresult({results: [result], resultIndex: 0});
        }
      };\
      """;

  @Test
  void aPromptCanBeDictatedAndSilenceLetsTheAnswerGoOn() throws Exception {
    // given
    Page page = page(http.actualPort(), RECOGNITION);
    FakeTurn turn = beginToSpeak(ask(page, "hello"), RATE_HZ, 3000);
    awaitSound(page);
    // when
    page.getByLabel("Dictate").click();
    // then: it listens, and is not disturbed
    assertThat(state(page)).hasText("Paused");
    awaitSilence(page);
    // when
    page.evaluate("microphone.onend()");
    // then
    assertThat(state(page)).hasText("Speaking");
    // when
    page.getByLabel("Dictate").click();
    page.evaluate("microphone.hears('and at night')");
    assertThat(page.getByLabel("Your prompt")).hasValue("and at night");
    page.evaluate("microphone.onend()");
    // then
    FakeTurn next = pipeline.nextTurn();
    assertThat(next.prompt().text()).isEqualTo("and at night");
    assertThat(page.getByLabel("Your prompt")).hasValue("");
    beginToSpeak(next, RATE_HZ, 300).finish();
    turn.awaitCancelled();
    assertThat(state(page)).hasText("Ready");
    // when: it is not meant so
    page.getByLabel("Dictate").click();
    page.evaluate("microphone.hears('no')");
    page.keyboard().press("Escape");
    // then
    assertThat(page.getByLabel("Your prompt")).hasValue("");
    assertThat(pipeline.anyTurn()).isFalse();
    // when: it may not listen
    page.getByLabel("Dictate").click();
    page.evaluate("(microphone.onerror({error: 'not-allowed'}), microphone.onend())");
    // then
    assertThat(alert(page)).containsText("Allow the microphone");
  }

  @ParameterizedTest
  @CsvSource({
    "audio-capture,There is no microphone",
    "network,a service of its maker",
    "language-not-supported,Choose another",
    "bad-grammar,could not recognise"
  })
  void saysWhyNothingCouldBeDictated(String error, String words) {
    // given
    Page page = page(http.actualPort(), RECOGNITION);
    page.getByLabel("Dictate").click();
    // when
    page.evaluate("error => { microphone.onerror({error}); microphone.onend(); }", error);
    // then
    assertThat(alert(page)).containsText(words);
    assertThat(page.getByLabel("Dictate")).hasAttribute("aria-pressed", "false");
    assertThat(state(page)).hasText("Ready");
  }

  /** A microphone of which the test says when somebody talks into it. */
  private static final String MICROPHONE =
      """
      navigator.mediaDevices.getUserMedia = async () => {
        const context = new AudioContext();
        const tone = new OscillatorNode(context);
        const gain = new GainNode(context, {gain: 0});
        const out = new MediaStreamAudioDestinationNode(context);
        tone.connect(gain).connect(out);
        tone.start();
        window.talk = (loudness) => { gain.gain.value = loudness; };
        window.tracks = [...window.tracks ?? [], ...out.stream.getTracks()];
        await window.permission;
        return out.stream;
      };\
      """;

  @Test
  void handsFreeTalkingHoldsTheAnswerAndWordsBecomeTheNextPrompt() throws Exception {
    // given
    Page page = page(http.actualPort(), RECOGNITION, MICROPHONE);
    page.locator("#chip").click();
    page.getByLabel("Hands-free").check();
    page.locator("#voices [data-close]").click();
    page.getByLabel("Dictate").click();
    assertThat(state(page)).hasText("Listening…");
    page.evaluate("microphone.hears('hello', true)");
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().text()).isEqualTo("hello");
    beginToSpeak(turn, RATE_HZ, 8000);
    assertThat(state(page)).hasText("Speaking");
    awaitMarked(page, "Sunlight");
    // when: a cough
    page.evaluate("talk(0.3)");
    // then
    assertThat(state(page)).hasText("Paused");
    awaitSilence(page);
    turn.awaitAway(true);
    page.evaluate("talk(0)");
    assertThat(state(page)).hasText("Speaking");
    turn.awaitAway(false);
    awaitSound(page);
    // when: words
    page.evaluate("talk(0.3)");
    assertThat(state(page)).hasText("Paused");
    page.evaluate("microphone.hears('and at')");
    page.evaluate("talk(0)");
    assertThat(page.getByLabel("Your prompt")).hasValue("and at");
    page.evaluate("microphone.hears('and at night', true)");
    // then
    FakeTurn next = pipeline.nextTurn();
    assertThat(next.prompt().text()).isEqualTo("and at night");
    assertThat(page.getByLabel("Your prompt")).hasValue("");
    // and: the browser ends the recognition by itself, which goes on
    page.evaluate("(window.former = microphone, former.onend())");
    await(page, "microphone !== former", "");
    assertThat(page.getByLabel("Dictate")).hasAttribute("aria-pressed", "true");
    beginToSpeak(next, RATE_HZ, 300).finish();
    turn.awaitCancelled();
    assertThat(state(page)).hasText("Listening…");
    // when
    page.getByLabel("Dictate").click();
    // then
    assertThat(state(page)).hasText("Ready");
    assertThat(page.getByLabel("Dictate")).hasAttribute("aria-pressed", "false");
    await(page, "tap.context.state === 'suspended'", "");
  }

  private static final String HANDS_FREE =
      "localStorage.setItem('voicebus.choices', JSON.stringify({handsFree: true}));"
          + " window.permission = new Promise((allow) => { window.allow = allow; });";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void listensNoLongerThanItIsWantedThoughTheBrowserAsksFirst(boolean byKey) {
    // given
    Page page = page(http.actualPort(), RECOGNITION, MICROPHONE, HANDS_FREE);
    page.getByLabel("Dictate").click();
    assertThat(state(page)).hasText("Waiting for the microphone…");
    await(page, "window.tracks?.length === 1", "");
    // when: the listener does not want it any more
    if (byKey) {
      page.keyboard().press("Escape");
    } else {
      page.getByLabel("Dictate").click();
    }
    assertThat(state(page)).hasText("Ready");
    page.evaluate("allow()");
    // then
    await(page, "tracks[0].readyState === 'ended'", "");
    assertThat(page.getByLabel("Dictate")).hasAttribute("aria-pressed", "false");
    // when
    page.getByLabel("Dictate").click();
    // then
    assertThat(state(page)).hasText("Listening…");
    assertThat(page.evaluate("tracks.map((track) => track.readyState).join()"))
        .isEqualTo("ended,live");
  }

  @ParameterizedTest(name = "the recognition ends first: {0}")
  @ValueSource(booleans = {false, true})
  void saysThatTheMicrophoneHasGone(boolean recognitionFirst) {
    // given
    Page page = page(http.actualPort(), RECOGNITION, MICROPHONE, HANDS_FREE);
    page.evaluate("allow()");
    page.getByLabel("Dictate").click();
    assertThat(state(page)).hasText("Listening…");
    // when: as a browser does when it is unplugged
    page.evaluate(
        """
        recognitionFirst => {
          const [track] = tracks;
          track.stop();
          const start = SpeechRecognition.prototype.start;
          SpeechRecognition.prototype.start = function (track) {
            if (track?.readyState === 'ended') throw new Error('InvalidStateError');
            start.call(this, track);
          };
          if (recognitionFirst) microphone.onend();
          track.dispatchEvent(new Event('ended'));
        }\
        """,
        recognitionFirst);
    // then
    assertThat(alert(page)).containsText("The microphone has gone");
    assertThat(state(page)).hasText("Ready");
    assertThat(page.getByLabel("Dictate")).hasAttribute("aria-pressed", "false");
  }

  @Test
  void aRecognitionThatEndsAtOnceIsTriedAFewTimesAndThenTold() {
    // given
    Page page = page(http.actualPort(), RECOGNITION, MICROPHONE, HANDS_FREE);
    page.clock().install();
    page.evaluate("allow()");
    page.getByLabel("Dictate").click();
    assertThat(state(page)).hasText("Listening…");
    // when
    for (int again = 0; again < 3; again++) {
      page.evaluate("(window.former = microphone, former.onend())");
      assertThat(page.locator("#notice")).isHidden();
      page.clock().fastForward(4_000);
      await(page, "microphone !== former", "");
    }
    page.evaluate("microphone.onend()");
    // then
    assertThat(alert(page)).containsText("ends its speech recognition as soon as it begins");
    assertThat(state(page)).hasText("Ready");
    assertThat(page.getByLabel("Dictate")).hasAttribute("aria-pressed", "false");
  }
}
