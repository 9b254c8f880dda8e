package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.Underrun;
import io.voicebus.turn.TurnSummary.TimedUnderrun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures one turn for its {@link TurnSummary}. NOT thread safe. */
final class TurnMeasures {
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
  private final List<TimedUnderrun> underruns = new ArrayList<>();
  private final Map<Stage, Integer> takeovers = new EnumMap<>(Stage.class);
  private int firstChunk = -1;
  private int chunkCount;
  private long textChars;
  private long textEnd = -1;
  private @Nullable AnswerReport answer;

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
    } else if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_START) {
      Chunk chunk = chunk(mark.chunk());
      if (chunk != null && chunk.startedAt < 0) {
        chunk.startedAt = at;
        chunk.engine = mark.spokenWith();
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

  /** The listener had waited for the sound that came then. */
  void underrun(Underrun underrun, long now) {
    if (underruns.size() < TurnSummary.MAX_UNDERRUNS) {
      underruns.add(new TimedUnderrun(now - acceptedAt - underrun.ms() * 1_000_000, underrun));
    }
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

  List<TimedUnderrun> underruns() {
    return underruns;
  }

  Map<Stage, Integer> takeovers() {
    return takeovers;
  }
}
