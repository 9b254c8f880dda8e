package io.voicebus.tts.embedded;

import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.Utterance;
import java.util.Set;

/**
 * Kevin has recorded no glide or "h" before a consonant or a pause, and no "ng" but after a vowel.
 * Letters that are no English word, such as "yc", ask for them; FreeTTS then complains on the
 * standard error stream and says something else. The nearest sound that there is takes their place.
 */
final class MissingDiphones {
  private static final Set<String> VOWELS =
      Set.of(
          "aa", "ae", "ah", "ao", "aw", "ax", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy", "uh",
          "uw");

  private MissingDiphones() {}

  static void replace(Utterance utterance) {
    String previous = "pau";
    for (Item at = utterance.getRelation(Relation.SEGMENT).getHead();
        at != null;
        at = at.getNext()) {
      Item following = at.getNext();
      String phone = at.toString();
      String sayable = sayable(previous, phone, following == null ? "pau" : following.toString());
      if (!sayable.equals(phone)) {
        at.getFeatures().setString("name", sayable);
      }
      previous = sayable;
    }
  }

  private static String sayable(String previous, String phone, String next) {
    boolean beforeVowel = VOWELS.contains(next);
    return switch (phone) {
      case "y" -> beforeVowel ? "y" : "iy";
      case "w" -> beforeVowel ? "w" : "uw";
      case "hh" -> beforeVowel || next.equals("y") ? "hh" : "ax";
      case "ng" -> VOWELS.contains(previous) && !previous.equals("er") ? "ng" : "n";
      default -> phone;
    };
  }
}
