package io.voicebus.tts.time;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The time that voices need for a letter, learnt for each voice from its utterances, and the limits
 * of any speech. The caller decides what a voice is (its key) and what counts as a letter. NOT
 * thread-safe.
 */
public final class SpeakingPace {
  /** Half of what the fastest speakers need, in ms a character. */
  public static final int LEAST_MS = 20;

  /** More than the slowest speaker needs for a digit, in ms a character. */
  public static final int MOST_MS = 1_500;

  /** Below this no voice speaks a letter, not even at four times its speed, in ms. */
  public static final double IMPOSSIBLE_MS = 4;

  /** A voice that nothing is known of: English prose at 170 words a minute, in ms a letter. */
  private static final double TYPICAL_MS = 65;

  /** A fast voice that nothing is known of: some 250 words a minute, in ms a letter. */
  private static final double FAST_MS = 45;

  /** The weight of the latest utterance in the average, from 0 to 1. */
  private static final double LATEST = 0.2;

  /** How many utterances the shortest one is chosen from. */
  private static final int REMEMBERED = 8;

  /** From fewer utterances no shortest one is derived. */
  private static final int LEAST_KNOWN = 3;

  private static final int MOST_VOICES = 256;

  private static final class Learnt {
    final ArrayDeque<Double> latestMs = new ArrayDeque<>();
    double averageMs;

    void add(double ms) {
      averageMs = latestMs.isEmpty() ? ms : averageMs + LATEST * (ms - averageMs);
      if (latestMs.size() == REMEMBERED) {
        latestMs.remove();
      }
      latestMs.add(ms);
    }
  }

  /** By voice; the one that was used longest ago goes first. */
  private final Map<String, Learnt> voices =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Learnt> eldest) {
          return size() > MOST_VOICES;
        }
      };

  /**
   * Learns from an utterance.
   *
   * @param voice key of the voice
   * @param letters letters of its text
   * @param ms length of its sound in milliseconds
   */
  public void learn(String voice, int letters, double ms) {
    if (letters > 0 && ms > 0) {
      voices.computeIfAbsent(voice, key -> new Learnt()).add(ms / letters);
    }
  }

  /** Forgets what was learnt of a voice. */
  public void forget(String voice) {
    voices.remove(voice);
  }

  /** The moving average of a voice, in ms a letter; a typical pace for an unknown voice. */
  public double averageMs(String voice) {
    Learnt learnt = voices.get(voice);
    return learnt == null ? TYPICAL_MS : learnt.averageMs;
  }

  /** Whether enough utterances of a voice are known to say which one was the shortest. */
  public boolean knowsShortest(String voice) {
    Learnt learnt = voices.get(voice);
    return learnt != null && learnt.latestMs.size() >= LEAST_KNOWN;
  }

  /**
   * The shortest of a voice's last eight utterances, in ms a letter; a fast pace while fewer than
   * three are known.
   */
  public double shortestMs(String voice) {
    Learnt learnt = voices.get(voice);
    return learnt == null || learnt.latestMs.size() < LEAST_KNOWN
        ? FAST_MS
        : Collections.min(learnt.latestMs);
  }
}
