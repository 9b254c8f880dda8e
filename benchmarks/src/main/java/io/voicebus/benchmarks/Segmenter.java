package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Something that cuts one text while it is coming. */
interface Segmenter {
  /** Takes the next delta and returns the pieces that are now decided. */
  List<String> accept(String delta);

  /** Ends the text and returns the rest of it. */
  List<String> flush();

  /** Feeds all deltas; each chunk with how many UTF-16 units had been fed when it came out. */
  static JsonArray run(Segmenter segmenter, List<String> deltas) {
    JsonArray chunks = new JsonArray();
    int fed = 0;
    for (String delta : deltas) {
      fed += delta.length();
      for (String text : segmenter.accept(delta)) {
        chunks.add(new JsonObject().put("text", text).put("emitted_at", fed));
      }
    }
    for (String text : segmenter.flush()) {
      chunks.add(new JsonObject().put("text", text).put("emitted_at", fed));
    }
    return chunks;
  }
}
