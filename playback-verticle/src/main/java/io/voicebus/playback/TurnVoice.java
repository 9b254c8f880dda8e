package io.voicebus.playback;

import io.voicebus.contract.Speaker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which engine and voice speak each chunk of a turn. Several workers speak chunks of one
 * turn at once; only this class decides on a change, so that the voice changes at most once, and
 * only if the first one has failed. NOT thread safe.
 *
 * <p>A voice is an engine and its voice, as {@link Speaker} has it, without the rate.
 */
final class TurnVoice {
  /**
   * How often a chunk may be ordered again: if every worker has its own engines, they never agree.
   */
  private static final int MOST_RESTARTS = 3;

  /** The voices by the first chunk that each speaks. */
  private final TreeMap<Integer, String> from = new TreeMap<>();

  /** The engine that the last attempt at a chunk was told to use; empty for none. */
  private final Map<Integer, String> told = new HashMap<>();

  /** The engines that spoke what is held of a chunk. */
  private final TreeMap<Integer, Set<String>> sounding = new TreeMap<>();

  private final Map<Integer, Integer> restarts = new HashMap<>();
  private int decisions;

  /**
   * The voice of a turn that begins or continues.
   *
   * @param chunk the first one that is spoken
   * @param speaker who spoke it so far; empty for nobody
   */
  TurnVoice(int chunk, String speaker) {
    if (!speaker.isEmpty()) {
      decide(chunk, voice(speaker));
    }
  }

  private static String voice(String speaker) {
    int rate = speaker.lastIndexOf('@');
    return rate < 0 ? speaker : speaker.substring(0, rate);
  }

  /** An attempt at a chunk begins: returns the engine that must speak it; empty for any. */
  String asks(int chunk) {
    String voice = of(chunk);
    told.put(chunk, voice);
    return voice;
  }

  /** How often the engine of the turn, or of its rest, was decided. */
  int decisions() {
    return decisions;
  }

  /**
   * The engine that speaks the chunk; if nothing was heard of it yet, the engine of the next chunk
   * that was.
   */
  private String of(int chunk) {
    Map.Entry<Integer, String> at = from.floorEntry(chunk);
    if (at == null) {
      at = from.firstEntry();
    }
    return at == null ? "" : at.getValue();
  }

  /**
   * An attempt sounds.
   *
   * @param again whether the chunk can be ordered again, because nothing of it was heard
   * @return whether it must be: another engine speaks the turn, and the attempt did not know that
   */
  boolean disagrees(int chunk, String speaker, boolean again) {
    String voice = voice(speaker);
    String expected = of(chunk);
    if (!voice.equals(expected)) {
      boolean earliest = from.isEmpty() || chunk < from.firstKey();
      if (again
          && !earliest
          && mayRestart(chunk)
          && !told.getOrDefault(chunk, "").equals(expected)) {
        return true;
      }
      decide(chunk, voice);
    } else if (chunk < from.firstKey()) {
      from.remove(from.firstKey());
      from.put(chunk, voice);
    }
    sounding.computeIfAbsent(chunk, none -> new HashSet<>()).add(voice);
    return false;
  }

  private void decide(int chunk, String voice) {
    from.tailMap(chunk, true).clear();
    from.put(chunk, voice);
    decisions++;
  }

  /** The chunks that were spoken in another voice than is theirs by now. */
  List<Integer> others() {
    List<Integer> others = new ArrayList<>();
    sounding.forEach(
        (chunk, voices) -> {
          boolean changes = from.containsKey(chunk);
          if (!changes
              && mayRestart(chunk)
              && voices.stream().anyMatch(voice -> !voice.equals(of(chunk)))) {
            others.add(chunk);
          }
        });
    return others;
  }

  private boolean mayRestart(int chunk) {
    return restarts.getOrDefault(chunk, 0) < MOST_RESTARTS;
  }

  /** The samples of a chunk are discarded. */
  void restarted(int chunk) {
    sounding.remove(chunk);
    restarts.merge(chunk, 1, Integer::sum);
  }

  /** Chunks before this one are heard, and never ordered again. */
  void forgetBefore(int chunk) {
    sounding.headMap(chunk).clear();
    told.keySet().removeIf(each -> each < chunk);
    restarts.keySet().removeIf(each -> each < chunk);
  }
}
