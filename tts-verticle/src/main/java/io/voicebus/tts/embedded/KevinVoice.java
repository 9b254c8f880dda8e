package io.voicebus.tts.embedded;

import com.sun.speech.freetts.Age;
import com.sun.speech.freetts.Gender;
import com.sun.speech.freetts.UtteranceProcessor;
import com.sun.speech.freetts.en.us.CMUDiphoneVoice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import java.net.URL;
import java.util.Locale;

/** FreeTTS's kevin16, whose lexicon and units are loaded in a tenth of the time. */
final class KevinVoice extends CMUDiphoneVoice {
  KevinVoice() {
    super(
        "kevin16",
        Gender.MALE,
        Age.YOUNGER_ADULT,
        "default 16-bit diphone voice",
        Locale.US,
        "general",
        "cmu",
        new KevinLexicon(),
        KevinVoiceDirectory.class.getResource("cmu_us_kal16.bin"));
  }

  /** FreeTTS looks for its files beside the voice's class. */
  @Override
  protected URL getResource(String resource) {
    return CMUDiphoneVoice.class.getResource(resource);
  }

  @Override
  public UtteranceProcessor getUnitSelector() {
    return new KevinUnits();
  }
}
