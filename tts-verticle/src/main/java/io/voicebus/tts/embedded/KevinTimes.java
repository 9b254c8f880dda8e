package io.voicebus.tts.embedded;

import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When what is said in which samples of one FreeTTS utterance: its segments know that before a
 * sample is made, to a pitch period.
 *
 * @param sounds the stretches that are no pause, in order
 * @param tokens what is between blanks of the text, in order
 */
record KevinTimes(List<Sound> sounds, List<Token> tokens) {
  /** The name of a segment that is a pause. */
  private static final String PAUSE = "pau";

  private static final String SYLLABLES = Relation.SYLLABLE_STRUCTURE;

  /**
   * A stretch of samples.
   *
   * @param from its first
   * @param to the one after its last
   */
  record Sound(int from, int to) {}

  /**
   * A token that is said.
   *
   * @param text as it is written, without marks
   * @param from the first of its samples
   * @param to the one after the last
   */
  record Token(String text, int from, int to) {}

  /** The times of an utterance whose segments have their lengths. */
  static KevinTimes of(Utterance utterance) {
    return new KevinTimes(sounds(utterance), tokens(utterance));
  }

  private static List<Sound> sounds(Utterance utterance) {
    List<Sound> sounds = new ArrayList<>();
    int start = -1;
    int end = 0;
    for (Item segment = utterance.getRelation(Relation.SEGMENT).getHead();
        segment != null;
        segment = segment.getNext()) {
      boolean pause = segment.toString().equals(PAUSE);
      if (pause && start >= 0) {
        sounds.add(new Sound(start, end));
        start = -1;
      } else if (!pause && start < 0) {
        start = end;
      }
      end = end(segment);
    }
    if (start >= 0) {
      sounds.add(new Sound(start, end));
    }
    return sounds;
  }

  private static List<Token> tokens(Utterance utterance) {
    List<Token> tokens = new ArrayList<>();
    for (Item token = utterance.getRelation(Relation.TOKEN).getHead();
        token != null;
        token = token.getNext()) {
      Item first = null;
      Item last = null;
      for (Item word = token.getDaughter(); word != null; word = word.getNext()) {
        Item itsFirst = segment(word, false);
        first = first == null ? itsFirst : first;
        Item itsLast = segment(word, true);
        last = itsLast == null ? last : itsLast;
      }
      if (first != null && last != null) {
        Item before = first.getPrevious();
        tokens.add(new Token(token.toString(), before == null ? 0 : end(before), end(last)));
      }
    }
    return tokens;
  }

  /** The first or last segment of a word; null for one that is not said. */
  private static @Nullable Item segment(Item word, boolean last) {
    Item at = word.getItemAs(SYLLABLES);
    for (int depth = 0; depth < 2 && at != null; depth++) {
      at = last ? at.getLastDaughter() : at.getDaughter();
    }
    return at == null ? null : at.getItemAs(Relation.SEGMENT);
  }

  private static int end(Item segment) {
    return Math.round(segment.getFeatures().getFloat("end") * Kevin.SAMPLE_RATE_HZ);
  }
}
