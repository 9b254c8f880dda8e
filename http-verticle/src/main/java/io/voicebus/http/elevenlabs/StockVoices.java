package io.voicebus.http.elevenlabs;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The voices that ElevenLabs gives to every account, by its list of August 2026. Its clients name
 * them without asking, and older ones look for the id of a name in the list of voices.
 */
final class StockVoices {
  private static final Map<String, String> IDS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    IDS.put("Adam", "pNInz6obpgDQGcFmaJgB");
    IDS.put("Alice", "Xb7hH8MSUJpSbSDYk0k2");
    IDS.put("Antoni", "ErXwobaYiN019PkySvjV");
    IDS.put("Aria", "9BWtsMINqrJLrRacOk9x");
    IDS.put("Arnold", "VR6AewLTigWG4xSOukaG");
    IDS.put("Bill", "pqHfZKP75CvOlQylNhV4");
    IDS.put("Brian", "nPczCjzI2devNBz1zQrb");
    IDS.put("Callum", "N2lVS1w4EtoT3dr4eOWO");
    IDS.put("Charlie", "IKne3meq5aSn9XLyUdCD");
    IDS.put("Charlotte", "XB0fDUnXU5powFXDhCwa");
    IDS.put("Chris", "iP95p4xoKVk53GoZ742B");
    IDS.put("Daniel", "onwK4e9ZLuTAKqWW03F9");
    IDS.put("Domi", "AZnzlk1XvdvUeBnXmlld");
    IDS.put("Elli", "MF3mGyEYCl7XYWbV9V6O");
    IDS.put("Eric", "cjVigY5qzO86Huf0OWal");
    IDS.put("George", "JBFqnCBsd6RMkjVDRZzb");
    IDS.put("Jessica", "cgSgspJ2msm6clMCkdW9");
    IDS.put("Josh", "TxGEqnHWrfWFTfGW9XjX");
    IDS.put("Laura", "FGY2WhTYpPnrIDTdsKH5");
    IDS.put("Liam", "TX3LPaxmHKxFdv7VOQHJ");
    IDS.put("Lily", "pFZP5JQG7iQjIQuC4Bku");
    IDS.put("Matilda", "XrExE9yKIg1WjnnlVkGX");
    IDS.put("Rachel", "21m00Tcm4TlvDq8ikWAM");
    IDS.put("River", "SAz9YHcvj6GT2YYXdXww");
    IDS.put("Roger", "CwhRBWXzGAHq8TQ4Fs17");
    IDS.put("Sam", "yoZ06aMxZJJ28mfd3POQ");
    IDS.put("Sarah", "EXAVITQu4vr4xnSDxMaL");
    IDS.put("Will", "bIHbv24MWmeRgasZH58o");
  }

  private StockVoices() {}

  /** Ids by names, which are sorted. */
  static Map<String, String> all() {
    return Collections.unmodifiableMap(IDS);
  }

  /** The id of the voice of this name, in upper or lower case; empty if there is none. */
  static Optional<String> id(String name) {
    return Optional.ofNullable(IDS.get(name.strip()));
  }
}
