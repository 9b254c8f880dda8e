package io.voicebus.http.elevenlabs;

import java.util.ArrayList;
import java.util.List;

/**
 * When each character of a text is spoken. A list of its own for each, as ElevenLabs writes them;
 * all are equally long.
 *
 * @param chars one code point each
 * @param startsMs from the beginning of the turn
 * @param endsMs from the beginning of the turn
 */
record CharTimes(List<String> chars, List<Double> startsMs, List<Double> endsMs) {
  static final CharTimes NONE = new CharTimes(List.of(), List.of(), List.of());

  CharTimes {
    chars = List.copyOf(chars);
    startsMs = List.copyOf(startsMs);
    endsMs = List.copyOf(endsMs);
  }

  /** Spreads the time over a word; what follows its last letter takes none. */
  static CharTimes spread(String text, double fromMs, double toMs) {
    int[] points = text.codePoints().toArray();
    int sounding = points.length;
    while (sounding > 1 && Character.isWhitespace(points[sounding - 1])) {
      sounding--;
    }
    List<String> chars = new ArrayList<>(points.length);
    List<Double> starts = new ArrayList<>(points.length);
    List<Double> ends = new ArrayList<>(points.length);
    double each = (toMs - fromMs) / Math.max(1, sounding);
    for (int i = 0; i < points.length; i++) {
      chars.add(Character.toString(points[i]));
      starts.add(fromMs + each * Math.min(i, sounding));
      ends.add(fromMs + each * Math.min(i + 1, sounding));
    }
    return new CharTimes(chars, starts, ends);
  }

  boolean isEmpty() {
    return chars.isEmpty();
  }

  /** When the last one ends; 0 for none. */
  double endMs() {
    return isEmpty() ? 0 : endsMs.get(endsMs.size() - 1);
  }

  /** All of them, one after another. */
  static CharTimes join(List<CharTimes> parts) {
    return new CharTimes(
        parts.stream().flatMap(part -> part.chars.stream()).toList(),
        parts.stream().flatMap(part -> part.startsMs.stream()).toList(),
        parts.stream().flatMap(part -> part.endsMs.stream()).toList());
  }
}
