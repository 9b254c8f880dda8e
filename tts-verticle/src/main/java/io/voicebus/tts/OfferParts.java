package io.voicebus.tts;

import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.tts.engine.Voice;
import java.util.ArrayList;
import java.util.List;

/** An engine's offer in parts that fit into messages. */
final class OfferParts {
  /** What the voices of one part weigh, in bytes: far below what a message may. */
  static final int PART_BYTES = 16 * 1024;

  /** The most voices that are listed of one engine. */
  static final int MAX_VOICES = 1000;

  /** Longest name and id, in UTF-16 units: no turn names a voice by a longer one. */
  static final int MAX_NAME = 200;

  private static final int MAX_REASON = 1000;

  private OfferParts() {}

  /** At least one part. Voices that no turn could name, and those over the limit, are left out. */
  static List<EngineVoices> of(EngineOffer offer) {
    List<EngineVoices> parts = new ArrayList<>();
    List<EngineVoice> voices = new ArrayList<>();
    int weight = 0;
    for (Voice each :
        offer.voices().stream()
            .filter(voice -> voice.id().length() <= MAX_NAME)
            .limit(MAX_VOICES)
            .toList()) {
      EngineVoice voice =
          new EngineVoice(each.id(), cut(each.name(), MAX_NAME), cut(each.language(), MAX_NAME));
      if (weight + voice.weight() > PART_BYTES) {
        parts.add(part(offer, voices));
        voices.clear();
        weight = 0;
      }
      voices.add(voice);
      weight += voice.weight();
    }
    parts.add(part(offer, voices));
    return parts;
  }

  private static EngineVoices part(EngineOffer offer, List<EngineVoice> voices) {
    return new EngineVoices(
        offer.engine(),
        offer.usable(),
        cut(offer.reason(), MAX_REASON),
        voices,
        offer.order(),
        cut(offer.defaultVoice(), MAX_NAME));
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
