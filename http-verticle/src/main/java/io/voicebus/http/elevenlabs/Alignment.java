package io.voicebus.http.elevenlabs;

import io.voicebus.http.wire.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When a part of a turn's text is spoken.
 *
 * @param written as its writer has written it
 * @param spoken as the voice was given it, where numbers are words
 */
record Alignment(CharTimes written, CharTimes spoken) {
  static final Alignment NONE = new Alignment(CharTimes.NONE, CharTimes.NONE);

  boolean isEmpty() {
    return written.isEmpty() && spoken.isEmpty();
  }

  /** When it ends, in ms from the beginning of the turn. */
  double endMs() {
    return Math.max(written.endMs(), spoken.endMs());
  }

  /** All of them, one after another. */
  static Alignment join(List<Alignment> parts) {
    return new Alignment(
        CharTimes.join(parts.stream().map(Alignment::written).toList()),
        CharTimes.join(parts.stream().map(Alignment::spoken).toList()));
  }

  /**
   * Adds it as a message of a WebSocket has it: in milliseconds.
   *
   * @param baseMs what the times count from
   */
  void addMs(JsonText message, double baseMs) {
    message.putJson("alignment", ms(written, baseMs));
    message.putJson("normalizedAlignment", ms(spoken, baseMs));
  }

  private static String ms(CharTimes times, double baseMs) {
    if (times.isEmpty()) {
      return "null";
    }
    // Rounded ends, so that rounding does not add up.
    List<Long> starts = times.startsMs().stream().map(ms -> Math.round(ms - baseMs)).toList();
    List<Long> ends = times.endsMs().stream().map(ms -> Math.round(ms - baseMs)).toList();
    StringBuilder durations = new StringBuilder("[");
    for (int i = 0; i < starts.size(); i++) {
      durations.append(i == 0 ? "" : ",").append(ends.get(i) - starts.get(i));
    }
    return JsonText.object()
        .putJson("chars", list(times.chars(), JsonText::quoted))
        .putJson("charStartTimesMs", list(starts, String::valueOf))
        .putJson("charDurationsMs", durations.append(']').toString())
        .toString();
  }

  /** Adds it as a line over HTTP has it: in seconds, from the beginning. */
  void addSeconds(JsonText line) {
    line.putJson("alignment", seconds(written));
    line.putJson("normalized_alignment", seconds(spoken));
  }

  private static String seconds(CharTimes times) {
    return times.isEmpty()
        ? "null"
        : JsonText.object()
            .putJson("characters", list(times.chars(), JsonText::quoted))
            .putJson("character_start_times_seconds", list(times.startsMs(), Alignment::second))
            .putJson("character_end_times_seconds", list(times.endsMs(), Alignment::second))
            .toString();
  }

  private static String second(double ms) {
    return String.format(Locale.ROOT, "%.3f", ms / 1000);
  }

  private static <T> String list(List<T> items, Function<T, String> json) {
    return items.stream().map(json).collect(Collectors.joining(",", "[", "]"));
  }
}
