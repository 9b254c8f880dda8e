package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The text of one turn on its way to the voice: cut into sentences, and joined as far as what is
 * buffered at the listener allows. Times are of one monotonic clock, in ns. Not thread-safe.
 */
final class TurnChunks {
  /** A sentence waits for another one no longer than this: the model has stalled. */
  private static final long MAX_WAIT_NANOS = 1_000_000_000;

  private final Chunker chunker;
  private final ChunkGroup group;
  private final boolean grows;
  private final VoicePace pace = new VoicePace();

  /**
   * Nothing was said yet.
   *
   * @param maxChars the longest chunk, in UTF-16 units
   * @param grows whether sentences may be joined; else each is a chunk
   */
  TurnChunks(Chunker chunker, int maxChars, boolean grows) {
    this(chunker, maxChars, grows, 0);
  }

  /** The same, of a turn that has so many chunks already. */
  TurnChunks(Chunker chunker, int maxChars, boolean grows, int made) {
    this.chunker = chunker;
    this.group = new ChunkGroup(maxChars, made);
    this.grows = grows;
  }

  /** Takes text as the model wrote it; the chunks that are now to be spoken. */
  List<SpeakableChunk> accept(String delta, long nowNanos) {
    return made(group.add(chunker.accept(delta, nowNanos), speechMs(nowNanos)));
  }

  /**
   * How long to wait for more text before {@link #waited}, in ns; empty if nothing waits for it.
   * Changes with each call of another method.
   */
  OptionalLong waitNanos(long nowNanos) {
    OptionalLong deadline = chunker.deadlineNanos();
    long wait =
        deadline.isPresent() ? Math.max(0, deadline.getAsLong() - nowNanos) : Long.MAX_VALUE;
    if (!group.isEmpty()) {
      wait = Math.min(wait, Math.min(pace.spareNanos(nowNanos), MAX_WAIT_NANOS));
    }
    return wait < Long.MAX_VALUE ? OptionalLong.of(wait) : OptionalLong.empty();
  }

  /** Nothing has come for so long that what is held, by the scanner or the group, goes out. */
  List<SpeakableChunk> waited(long nowNanos) {
    List<SpeakableChunk> chunks = new ArrayList<>(group.release());
    chunks.addAll(group.add(chunker.poll(nowNanos), speechMs(nowNanos)));
    return made(chunks);
  }

  /** The text's writer ends a chunk here: all that there is goes out. */
  List<SpeakableChunk> cut(long nowNanos) {
    List<SpeakableChunk> chunks = new ArrayList<>(group.add(chunker.cut(), speechMs(nowNanos)));
    chunks.addAll(group.release());
    return made(chunks);
  }

  /** The text has ended; all that is left of it. */
  List<SpeakableChunk> flush(long nowNanos) {
    List<SpeakableChunk> chunks = new ArrayList<>(group.add(chunker.flush(), speechMs(nowNanos)));
    chunks.addAll(group.release());
    return chunks;
  }

  /** What of the text is not spoken although nothing closed it; whole after {@link #flush}. */
  List<UnspokenText> unspoken() {
    return chunker.unspoken();
  }

  /**
   * Playback has wholly received a chunk.
   *
   * @param speechMs its estimated length
   * @param firstNanos from the taking to the first frame; negative if unknown
   * @param totalNanos from the taking to the last frame; negative if unknown
   */
  void done(long speechMs, long firstNanos, long totalNanos, long nowNanos) {
    pace.done(speechMs, firstNanos, totalNanos, nowNanos);
  }

  /**
   * A chunk will not be heard.
   *
   * @param speechMs its estimated length
   */
  void skipped(long speechMs) {
    pace.skipped(speechMs);
  }

  private List<SpeakableChunk> made(List<SpeakableChunk> chunks) {
    for (SpeakableChunk chunk : chunks) {
      pace.made(SpeechLength.estimateMs(chunk.text()));
    }
    return chunks;
  }

  private long speechMs(long nowNanos) {
    return grows ? pace.speechMs(nowNanos) : 0;
  }
}
