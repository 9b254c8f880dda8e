package io.voicebus.turn;

import io.voicebus.contract.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A reader's place in {@link KeptAudio}. NOT thread safe. */
final class AudioCursor {
  private static final byte[] NOTHING = {};

  private final KeptAudio kept;

  /** The sample that comes next. */
  private long next;

  /** What was read of the file, from this sample on. */
  private byte[] block = NOTHING;

  private long blockAt;
  private boolean loading;
  private boolean lost;

  /** From a sample on that {@link KeptAudio#reaches}. */
  AudioCursor(KeptAudio kept, long next) {
    this.kept = kept;
    this.next = next;
  }

  /** The sample that comes next. */
  long next() {
    return next;
  }

  /** Whether everything that has come was taken. */
  boolean isAtEnd() {
    return next >= kept.end();
  }

  /** Whether what comes next is not kept any more. */
  boolean isLost() {
    return lost;
  }

  /** The reader has got it otherwise. */
  void skipTo(long sample) {
    next = sample;
  }

  /**
   * The next piece; null where there is none, or it has to be fetched.
   *
   * @param fetched then runs when it is there, or is lost
   */
  KeptAudio.@Nullable Piece take(Runnable fetched) {
    if (isAtEnd() || lost || loading) {
      return null;
    }
    KeptAudio.Piece piece = kept.from(next);
    if (piece == null) {
      piece = ofBlock();
    }
    if (piece == null) {
      fetch(fetched);
      return null;
    }
    next += piece.pcm().length / 2;
    return piece;
  }

  private KeptAudio.@Nullable Piece ofBlock() {
    int at = (int) Math.min(Integer.MAX_VALUE, 2 * (next - blockAt));
    if (at < 0 || at >= block.length) {
      return null;
    }
    long most = Math.min(Frame.MAX_BYTES, 2 * (kept.chunkEnd(next) - next));
    int to = (int) Math.min(block.length, at + most);
    return new KeptAudio.Piece(kept.chunk(next), Arrays.copyOfRange(block, at, to));
  }

  private void fetch(Runnable fetched) {
    loading = true;
    long from = next;
    kept.load(
        from,
        bytes -> {
          loading = false;
          block = bytes;
          blockAt = from;
          lost = bytes.length == 0;
          fetched.run();
        });
  }
}
