package io.voicebus.tts.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.CMULexicon;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.SpeechSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The voice that is loaded our way says what FreeTTS's own says, to the sample. */
@Execution(ExecutionMode.SAME_THREAD) // FreeTTS cannot load two voices at once
class KevinVoiceTest {
  /**
   * The first of the process: later ones know only the parts of speech that the addenda have, and
   * take a word for another.
   */
  private static final CMULexicon ORIGINAL = new CMULexicon("cmulex", true);

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  @BeforeAll
  static void loadTheOriginal() throws IOException {
    ORIGINAL.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "First sentence.",
        "Hello world, how are you today?",
        "The quick brown fox jumps over the lazy dog.",
        "Voicebus speaks a text while it is being written, and nobody waits.",
        "Ready when you are: ten percent is three euros.",
        "Xylophagous Brzezinski yachts whirled through Llanfair.",
        "A record. They record the live wind, and wind the wire.",
      })
  void saysWhatFreeTtsSays(String text) {
    byte[] ours = heard(Kevin.load(), text);
    byte[] original = heard(Kevin.of(original()), text);
    assertThat(ours).hasSizeGreaterThan(10_000).isEqualTo(original);
  }

  private byte[] heard(Kevin kevin, String text) {
    heard.reset();
    OnceSink sink = new OnceSink(new Heard(), () -> {});
    PcmFramer framer = new PcmFramer(sink, 320, 1280);
    kevin.say(EnglishSpeakable.of(text), 1, framer, sink);
    framer.finish(text.length());
    return heard.toByteArray();
  }

  private static Voice original() {
    return Stream.of(new KevinVoiceDirectory().getVoices())
        .filter(voice -> voice.getName().equals("kevin16"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void hasThePhonesOfEveryWord() {
    // given
    KevinLexicon ours = new KevinLexicon();
    ours.load();
    Random random = new Random(1);
    String[] parts = {null, "0", "n", "v", "j"};
    // when, then: words of a list, and what only the rules know
    for (String word : words()) {
      String part = parts[random.nextInt(parts.length)];
      assertThat(ours.getPhones(word, part))
          .as(word + " " + part)
          .isEqualTo(ORIGINAL.getPhones(word, part));
      assertThat(ours.getPhones(word, part, false))
          .as(word)
          .isEqualTo(ORIGINAL.getPhones(word, part, false));
    }
  }

  /** FreeTTS writes them so where the default locale is Turkish. */
  @ParameterizedTest
  @ValueSource(strings = {"i", "island", "italy", "xiliphi"})
  void knowsWordsWhoseSmallLettersAreTurkish(String word) {
    KevinLexicon ours = new KevinLexicon();
    ours.load();
    assertThat(ours.getPhones(word.replace('i', '\u0131'), null))
        .isEqualTo(ORIGINAL.getPhones(word, null));
  }

  private static Iterable<String> words() {
    Random random = new Random(2);
    Stream<String> made =
        Stream.generate(
                () ->
                    random
                        .ints(1 + random.nextInt(7), 'a', 'z' + 1)
                        .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                        .toString())
            .limit(20_000);
    return Stream.concat(
            Stream.of("record", "the", "a", "project", "lead", "sentence", "zzz", "cannot", "it's"),
            made)
        .toList();
  }

  private final class Heard implements SpeechSink {
    @Override
    public void frame(byte[] pcm, int spokenChars, int wordSamples) {
      heard.writeBytes(pcm);
    }

    @Override
    public void end() {}

    @Override
    public void fail(FailureKind kind, String detail) {
      throw new AssertionError(detail);
    }
  }
}
