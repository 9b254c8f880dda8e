package io.voicebus.launcher.replay;

import io.voicebus.bus.Clock;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what a comparison needs of a replay. Thread-safe. */
public final class ReplayLog implements Consumer<TurnEvent> {
  private record Timed(long at, PlayoutMark mark) {}

  private final Clock clock;
  private final List<Timed> marks = new ArrayList<>();
  private final List<ChunkCaption> captions = new ArrayList<>();
  private long begunAt;
  private long endedAt;
  private TurnEvent.@Nullable Ended ended;

  /** The log of a turn; times count from {@link #begin}. */
  public ReplayLog(Clock clock) {
    this.clock = clock;
    begunAt = clock.nanoTime();
  }

  /** The turn begins now. */
  public synchronized void begin() {
    begunAt = clock.nanoTime();
  }

  @Override
  public synchronized void accept(TurnEvent event) {
    if (event instanceof TurnEvent.Mark mark) {
      marks.add(new Timed(clock.nanoTime(), mark.mark()));
    } else if (event instanceof TurnEvent.Caption caption) {
      captions.add(caption.chunk());
    } else if (event instanceof TurnEvent.Ended end) {
      ended = end;
      endedAt = clock.nanoTime();
    }
  }

  /**
   * The replay beside its recording.
   *
   * @throws IllegalStateException before the turn's end
   */
  public synchronized Comparison against(
      Recording recording, RecordedSpeech speech, ReplaySpeed speed) {
    TurnEvent.Ended end = ended;
    if (end == null) {
      throw new IllegalStateException("the turn has not ended");
    }
    long acceptedAt = endedAt - end.timings().end();
    List<PlayoutFigures.Marked> replayed =
        marks.stream()
            .map(
                timed ->
                    new PlayoutFigures.Marked(
                        speed.recorded(timed.at() - acceptedAt), timed.mark()))
            .toList();
    long first = end.timings().firstAudio();
    return new Comparison(
        figures(recording, speech.rateHz()),
        PlayoutFigures.of(replayed, speech.rateHz(), first < 0 ? -1 : speed.recorded(first)),
        BoundaryChange.between(speech.captions(), captions),
        new Comparison.Chunks(speech.captions().size(), captions.size()),
        speech.tally(),
        speed,
        endedAt - begunAt);
  }

  private static PlayoutFigures figures(Recording recording, int usualRateHz) {
    List<PlayoutFigures.Marked> marks = new ArrayList<>();
    int rateHz = usualRateHz;
    for (Recording.Line line : recording.lines()) {
      if (line.item() instanceof PlayoutMark mark) {
        marks.add(new PlayoutFigures.Marked(line.atNanos(), mark));
      } else if (line.item() instanceof PlayoutFormat format) {
        rateHz = format.sampleRateHz();
      }
    }
    Recording.End end = recording.end();
    return PlayoutFigures.of(marks, rateHz, end == null ? -1 : end.timings().firstAudio());
  }
}
