package io.voicebus.benchmarks;

import io.voicebus.chunker.Chunker;
import io.voicebus.chunker.ChunkerOptions;
import io.voicebus.chunker.SpeakableChunk;
import java.util.List;

/** The chunker of this project; its clock stands still, so that nothing times out. */
final class VoicebusSegmenter implements Segmenter {
  private final Chunker chunker;

  VoicebusSegmenter(ChunkerOptions options) {
    chunker = new Chunker(options);
  }

  @Override
  public List<String> accept(String delta) {
    return texts(chunker.accept(delta, 0));
  }

  @Override
  public List<String> flush() {
    return texts(chunker.flush());
  }

  private static List<String> texts(List<SpeakableChunk> chunks) {
    return chunks.stream().map(SpeakableChunk::text).toList();
  }
}
