package io.voicebus.tts.sound;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of the pieces of a segment's text.
 *
 * @param pieces the pieces of the text as it was sent, in order; mostly single chars
 * @param startsMs when each piece begins, in milliseconds from the start of the segment
 * @param endsMs when each piece ends, likewise
 * @param perhapsOfAll whether the times may count from the start of the whole utterance; they do if
 *     they go on where the last segment's ended
 */
public record CharTimes(
    List<String> pieces, List<Double> startsMs, List<Double> endsMs, boolean perhapsOfAll) {

  /** Reads the {@code alignment} of a WebSocket's message, whose fields have several names. */
  public static Optional<CharTimes> of(@Nullable JsonObject alignment) {
    if (alignment == null) {
      return Optional.empty();
    }
    JsonArray chars = array(alignment, "chars");
    JsonArray starts =
        array(alignment, "charStartTimesMs", "charsStartTimesMs", "char_start_times_ms");
    JsonArray durations =
        array(alignment, "charDurationsMs", "charsDurationsMs", "char_durations_ms");
    if (chars.isEmpty() || chars.size() != starts.size() || chars.size() != durations.size()) {
      return Optional.empty();
    }
    List<Double> from = new ArrayList<>(chars.size());
    List<Double> ends = new ArrayList<>(chars.size());
    for (int i = 0; i < chars.size(); i++) {
      from.add(starts.getDouble(i));
      ends.add(starts.getDouble(i) + durations.getDouble(i));
    }
    return Optional.of(new CharTimes(texts(chars), from, ends, false));
  }

  /** Reads the {@code alignment} of an HTTP answer, which has other names and counts seconds. */
  public static Optional<CharTimes> ofSeconds(JsonObject alignment) {
    JsonArray chars = array(alignment, "characters", "chars");
    JsonArray starts = array(alignment, "character_start_times_seconds", "starts");
    JsonArray ends = array(alignment, "character_end_times_seconds", "ends");
    if (chars.isEmpty() || chars.size() != starts.size() || chars.size() != ends.size()) {
      return Optional.empty();
    }
    List<Double> startsMs = new ArrayList<>(chars.size());
    List<Double> endsMs = new ArrayList<>(chars.size());
    for (int i = 0; i < chars.size(); i++) {
      startsMs.add(1_000 * starts.getDouble(i));
      endsMs.add(1_000 * ends.getDouble(i));
    }
    return Optional.of(new CharTimes(texts(chars), startsMs, endsMs, true));
  }

  /**
   * Reads the {@code timestamps} of Kokoro-FastAPI: words and marks with their times in seconds
   * from the start of the whole utterance.
   */
  public static Optional<CharTimes> ofWords(JsonObject message) {
    List<String> words = new ArrayList<>();
    List<Double> starts = new ArrayList<>();
    List<Double> ends = new ArrayList<>();
    if (message.getValue("timestamps") instanceof JsonArray timestamps) {
      for (Object each : timestamps) {
        if (each instanceof JsonObject word
            && word.getValue("word") instanceof String text
            && word.getValue("end_time") instanceof Number end) {
          double before = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
          words.add(text);
          starts.add(
              word.getValue("start_time") instanceof Number start
                  ? 1_000 * start.doubleValue()
                  : before);
          ends.add(1_000 * end.doubleValue());
        }
      }
    }
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(new CharTimes(words, starts, ends, true));
  }

  private static List<String> texts(JsonArray chars) {
    List<String> pieces = new ArrayList<>(chars.size());
    for (int i = 0; i < chars.size(); i++) {
      pieces.add(Objects.requireNonNull(chars.getString(i)));
    }
    return pieces;
  }

  private static JsonArray array(JsonObject alignment, String... names) {
    for (String name : names) {
      if (alignment.getValue(name) instanceof JsonArray found) {
        return found;
      }
    }
    return new JsonArray();
  }
}
