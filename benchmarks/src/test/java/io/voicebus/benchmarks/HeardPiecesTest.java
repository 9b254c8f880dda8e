package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.emulators.EmulatedSpeech;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeardPiecesTest {
  private static final String TEXT = "Bagido lemute kavora. Dofani remopi.";
  private static final int CHAR_BYTES = EmulatedSpeech.pcm("a", LoadPace.RATE_HZ).length;

  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();

  private HeardPiecesTest say(String text) {
    pcm.writeBytes(EmulatedSpeech.pcm(text, LoadPace.RATE_HZ));
    return this;
  }

  /** Breaks off within the last char. */
  private HeardPiecesTest say(String text, int chars, int moreBytes) {
    byte[] all = EmulatedSpeech.pcm(text, LoadPace.RATE_HZ);
    pcm.writeBytes(Arrays.copyOf(all, chars * CHAR_BYTES + moreBytes));
    return this;
  }

  private HeardPiecesTest pause() {
    pcm.writeBytes(new byte[2 * 5_001]);
    return this;
  }

  private HeardPieces heard() {
    return HeardPieces.of(pcm.toByteArray(), TEXT);
  }

  @Test
  void hearsAWholeTextInUtterancesWithPauses() {
    HeardPieces heard = say("Bagido lemute kavora. ").pause().say("Dofani remopi. ").heard();
    assertThat(heard.whole()).as("%s", heard).isTrue();
    assertThat(heard.resumed()).isZero();
  }

  @Test
  void hearsAWholeTextWhoseEdgesAreFaded() {
    // given: 12 ms of each edge fade, as playback does it
    byte[] faded = EmulatedSpeech.pcm(TEXT, LoadPace.RATE_HZ);
    for (int i = 0; i < 2 * 288; i++) {
      faded[i] = 0;
      faded[faded.length - 1 - i] = 0;
    }
    pcm.writeBytes(faded);
    // then
    assertThat(heard().whole()).as("%s", heard()).isTrue();
  }

  @Test
  void allowsTheWordInWhichSpeechBrokeOffToBeSaidAgain() {
    HeardPieces heard =
        say("Bagido lemute kavora. ", 10, 300).say("lemute kavora. ").say("Dofani remopi.").heard();
    assertThat(heard.whole()).as("%s", heard).isTrue();
    assertThat(heard.resumed()).isEqualTo(1);
  }

  @Test
  void allowsTheBlankBeforeThatWordToBeSaidAndFadedAway() {
    byte[] rest = EmulatedSpeech.pcm(" lemute kavora. ", LoadPace.RATE_HZ);
    Arrays.fill(rest, 0, 2 * 288, (byte) 0);
    say("Bagido lemute kavora. ", 10, 300).pcm.writeBytes(rest);
    HeardPieces heard = say("Dofani remopi.").heard();
    assertThat(heard.whole()).as("%s", heard).isTrue();
  }

  @Test
  void findsAWordThatIsSaidTwice() {
    HeardPieces heard =
        say("Bagido lemute kavora. ", 16, 0).say("lemute kavora. ").say("Dofani remopi.").heard();
    assertThat(heard.disorder()).startsWith("'lemute kavora. ' after 'Bagido lemute ka'");
  }

  @Test
  void findsASentenceThatIsSaidTwice() {
    HeardPieces heard = say("Bagido lemute kavora. ").say("Bagido lemute kavora. ").heard();
    assertThat(heard.inOrder()).isFalse();
  }

  @Test
  void findsSentencesInAnotherOrder() {
    assertThat(say("Dofani remopi. ").say("Bagido lemute kavora. ").heard().inOrder()).isFalse();
  }

  @Test
  void countsWhatIsMissing() {
    HeardPieces heard = say("Bagido ").say("kavora. ").say("Dofani remopi.").heard();
    assertThat(heard.inOrder()).isTrue();
    assertThat(heard.missing()).isEqualTo("lemute".length());
  }

  @Test
  void takesAWordWhoseFirstLetterIsFadedForNoOtherOneThatEndsSo() {
    String text = "Mazeba. Nazeba pazeba.";
    byte[] second = EmulatedSpeech.pcm("Nazeba pazeba.", LoadPace.RATE_HZ);
    Arrays.fill(second, 0, 2 * 288, (byte) 0);
    say("Mazeba.").pcm.writeBytes(Arrays.copyOf(second, 6 * CHAR_BYTES));
    say("pazeba.");
    assertThat(HeardPieces.of(pcm.toByteArray(), text).whole()).isTrue();
  }

  @Test
  void hearsNothingOfSilence() {
    assertThat(pause().heard())
        .returns(true, HeardPieces::inOrder)
        .returns(TEXT.replace(" ", "").length(), HeardPieces::missing);
  }
}
