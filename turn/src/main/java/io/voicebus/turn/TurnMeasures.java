package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextDelta;
import io.voicebus.turn.TurnSummary.Cause;
import io.voicebus.turn.TurnSummary.Underrun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures one turn for its {@link TurnSummary}. What a piece of audio costs here is an addition.
 * NOT thread safe.
 */
final class TurnMeasures {
  /** Shorter silences are of timers and sockets, and nobody hears them. */
  static final long LEAST_UNDERRUN_NANOS = 20_000_000;

  private static final long NANOS = 1_000_000_000L;

  private static final class Chunk {
    private final int index;
    private final int chars;
    private final long madeAt;
    private String engine = "";
    private long startedAt = -1;
    private long spokenAt = -1;
    private @Nullable ChunkSpoken spoken;
    private @Nullable ChunkSkipped skipped;

    Chunk(int index, int chars, long madeAt) {
      this.index = index;
      this.chars = chars;
      this.madeAt = madeAt;
    }

    TurnSummary.Chunk summary() {
      ChunkSpoken done = spoken;
      return new TurnSummary.Chunk(
          index,
          chars,
          madeAt,
          engine,
          startedAt,
          spokenAt,
          done == null ? 0 : done.attempts(),
          done == null ? -1 : done.waitNanos(),
          done == null ? -1 : done.firstFrameNanos(),
          done == null ? -1 : done.speechNanos(),
          skipped == null ? null : skipped.failure().kind());
    }
  }

  private final long acceptedAt;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Underrun> underruns = new ArrayList<>();
  private final Map<Stage, Integer> takeovers = new EnumMap<>(Stage.class);
  private int firstChunk = -1;
  private int chunkCount;
  private long textChars;
  private long textEnd = -1;
  private @Nullable AnswerReport answer;
  private int rateHz;

  /** The chunk whose audio comes. */
  private int playing = -1;

  /** When the listener will have heard all that was handed to it; -1 before the first audio. */
  private long emptyAt = -1;

  /** Whether the listener itself is why nothing was handed to it. */
  private boolean held;

  private boolean paused;

  /**
   * Of a turn that was accepted then.
   *
   * @param acceptedAt on the owner's clock
   */
  TurnMeasures(long acceptedAt) {
    this.acceptedAt = acceptedAt;
  }

  /** A stage told something that is news. */
  void item(Message item, long now) {
    long at = now - acceptedAt;
    if (item instanceof TextDelta delta) {
      textChars += delta.text().length();
    } else if (item instanceof ChunkCaption caption) {
      made(caption, at);
    } else if (item instanceof ChunkSpoken spoken) {
      Chunk chunk = chunk(spoken.chunk());
      if (chunk != null) {
        chunk.spoken = spoken;
        chunk.spokenAt = at;
      }
    } else if (item instanceof ChunkSkipped skipped) {
      Chunk chunk = chunk(skipped.chunk());
      if (chunk != null) {
        chunk.skipped = skipped;
        chunk.spokenAt = at;
      }
    } else if (item instanceof PlayoutFormat format) {
      rateHz = format.sampleRateHz();
    } else if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_START) {
      Chunk chunk = chunk(mark.chunk());
      if (chunk != null && chunk.startedAt < 0) {
        chunk.startedAt = at;
        chunk.engine = engine(mark.voice());
      }
    } else if (item instanceof AnswerReport report) {
      answer = report;
    }
  }

  private void made(ChunkCaption caption, long at) {
    if (firstChunk < 0) {
      firstChunk = caption.chunk();
    }
    chunkCount++;
    if (chunks.size() < TurnSummary.MAX_CHUNKS) {
      chunks.add(new Chunk(caption.chunk(), caption.spokenChars(), at));
    }
  }

  private @Nullable Chunk chunk(int index) {
    int at = index - firstChunk;
    return firstChunk < 0 || at < 0 || at >= chunks.size() ? null : chunks.get(at);
  }

  /** A speaker is {@code engine/voice@rate}. */
  private static String engine(String speaker) {
    int slash = speaker.indexOf('/');
    return slash < 0 ? speaker : speaker.substring(0, slash);
  }

  /** No more text comes. */
  void textOver(long now) {
    if (textEnd < 0) {
      textEnd = now - acceptedAt;
    }
  }

  /** The node of a stage was lost, and another one is sought. */
  void takenOver(Stage stage) {
    takeovers.merge(stage, 1, Integer::sum);
  }

  // The audio.

  /** Audio of a chunk came from playback. */
  void received(int chunk) {
    playing = chunk;
  }

  /** The listener takes nothing for now: until the next audio no silence is ours. */
  void held() {
    held = true;
  }

  /** The listener has paused, or goes on. */
  void paused(boolean nowPaused) {
    paused = nowPaused;
    held = true;
  }

  /** Audio was handed to the listener for the first time. */
  void delivered(int samples, long now) {
    if (rateHz == 0) {
      return;
    }
    long at = now - acceptedAt;
    long silence = at - emptyAt;
    if (emptyAt >= 0
        && !held
        && silence >= LEAST_UNDERRUN_NANOS
        && underruns.size() < TurnSummary.MAX_UNDERRUNS) {
      underruns.add(new Underrun(emptyAt, silence, cause()));
    }
    held = paused;
    emptyAt = Math.max(at, emptyAt) + samples * NANOS / rateHz;
  }

  private Cause cause() {
    Chunk chunk = chunk(playing);
    return chunk != null && chunk.madeAt > emptyAt ? Cause.TEXT : Cause.SPEECH;
  }

  // The sum.

  int chunkCount() {
    return chunkCount;
  }

  long textChars() {
    return textChars;
  }

  long textEnd() {
    return textEnd;
  }

  @Nullable AnswerReport answer() {
    return answer;
  }

  List<TurnSummary.Chunk> chunks() {
    return chunks.stream().map(Chunk::summary).toList();
  }

  List<Underrun> underruns() {
    return underruns;
  }

  Map<Stage, Integer> takeovers() {
    return takeovers;
  }
}
