package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one turn of Voicebus, read back after its end. */
final class LoadEvents {
  private record Event(String name, JsonObject data) {}

  private final List<Event> events = new ArrayList<>();

  LoadEvents(String stream) {
    String name = "";
    for (String line : stream.split("\n", -1)) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        events.add(new Event(name, new JsonObject(line.substring("data: ".length()))));
      }
    }
  }

  private List<JsonObject> named(String name) {
    return events.stream().filter(event -> event.name.equals(name)).map(Event::data).toList();
  }

  /**
   * Where the chunks end in the text: at their last char that is no blank.
   *
   * @throws IllegalStateException if the text was changed on its way to the voice
   */
  List<Integer> cuts(String text) {
    List<Integer> cuts = new ArrayList<>();
    for (JsonObject chunk : named("chunk")) {
      int from = chunk.getInteger("source_start");
      String source = text.substring(from, chunk.getInteger("source_end"));
      if (!source.strip().equals(chunk.getString("text"))) {
        throw new IllegalStateException("'" + source + "' is not spoken as it is written");
      }
      cuts.add(from + source.stripTrailing().length());
    }
    if (cuts.isEmpty() || cuts.get(cuts.size() - 1) != text.length()) {
      throw new IllegalStateException("the chunks do not cover '" + text + "'");
    }
    return cuts;
  }

  /** Whether one tells that something of the turn is not heard. */
  boolean tellLoss() {
    return !named("skipped").isEmpty()
        || named("end").stream().anyMatch(end -> end.containsKey("failure"));
  }

  /** What the worker took for each chunk of which it had said so in time, in ms. */
  List<Double> speechMs() {
    return named("spoken").stream()
        .map(spoken -> spoken.getDouble("speech_ms", -1.0))
        .filter(ms -> ms >= 0)
        .toList();
  }

  /** Nothing if the turn's end is not among them: then it is not known any more. */
  Optional<LoadTrace> trace() {
    Optional<JsonObject> end = named("end").stream().findFirst();
    return end.map(ended -> trace(ended.getJsonObject("timings")));
  }

  private LoadTrace trace(JsonObject timings) {
    JsonObject first =
        named("spoken").stream()
            .filter(spoken -> spoken.getInteger("chunk") == 0)
            .findFirst()
            .orElse(new JsonObject());
    return new LoadTrace(
        timings.getDouble("first_delta_ms", -1.0),
        timings.getDouble("first_chunk_ms", -1.0),
        timings.getDouble("first_frame_ms", -1.0),
        timings.getDouble("first_audio_ms", -1.0),
        first.getDouble("wait_ms", -1.0),
        first.getDouble("first_frame_ms", -1.0));
  }
}
