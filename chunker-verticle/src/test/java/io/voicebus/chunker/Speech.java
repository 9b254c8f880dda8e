package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Runs texts through a chunker whose clock stands still. */
final class Speech {
  static final ChunkerOptions SENTENCES = ChunkerOptions.DEFAULT.withClauses(false);

  private Speech() {}

  static List<SpeakableChunk> chunks(ChunkerOptions options, String... deltas) {
    Chunker chunker = new Chunker(options);
    List<SpeakableChunk> chunks = new ArrayList<>();
    for (String delta : deltas) {
      chunks.addAll(chunker.accept(delta, 0));
    }
    chunks.addAll(chunker.flush());
    return chunks;
  }

  /** What is said of a text when it is cut at sentences only. */
  static List<String> sentences(String... deltas) {
    return texts(chunks(SENTENCES, deltas));
  }

  /** The same, as one text; proves that it is the same when the text comes char by char. */
  static String joined(String text) {
    String whole = String.join(" / ", sentences(text));
    assertThat(String.join(" / ", sentences(text.split("", -1)))).isEqualTo(whole);
    return whole;
  }

  static List<String> texts(List<SpeakableChunk> chunks) {
    return chunks.stream().map(SpeakableChunk::text).toList();
  }
}
