package io.voicebus.tts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the pieces of a segment's text end.
 *
 * @param pieces of the text as it was sent, in order; mostly single chars
 * @param endsMs when each was said, from the start of the segment
 */
record ElevenTiming(List<String> pieces, List<Double> endsMs) {

  /** From an {@code alignment}, under either of the names that its fields go by. */
  static Optional<ElevenTiming> of(@Nullable JsonObject alignment) {
    if (alignment == null) {
      return Optional.empty();
    }
    JsonArray chars = array(alignment, "chars", "chars");
    JsonArray starts = array(alignment, "charStartTimesMs", "charsStartTimesMs");
    JsonArray durations = array(alignment, "charDurationsMs", "charsDurationsMs");
    if (chars.isEmpty() || chars.size() != starts.size() || chars.size() != durations.size()) {
      return Optional.empty();
    }
    List<String> pieces = new ArrayList<>(chars.size());
    List<Double> ends = new ArrayList<>(chars.size());
    for (int i = 0; i < chars.size(); i++) {
      pieces.add(chars.getString(i));
      ends.add(starts.getDouble(i) + durations.getDouble(i));
    }
    return Optional.of(new ElevenTiming(pieces, ends));
  }

  private static JsonArray array(JsonObject alignment, String name, String other) {
    if (alignment.getValue(name) instanceof JsonArray found) {
      return found;
    }
    return alignment.getValue(other) instanceof JsonArray found ? found : new JsonArray();
  }
}
