package io.voicebus.launcher.replay;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextTakenBack;
import io.voicebus.turn.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a recorded turn's text was written: when, and in which pieces. What another source took back
 * is left out.
 *
 * @param steps in order; the last one is its only end
 */
public record RecordedWriting(List<Step> steps) {
  /** What is done at a step. */
  public enum Kind {
    TEXT,
    FLUSH,
    /** The text is complete, or breaks off. */
    END
  }

  /**
   * One of them.
   *
   * @param atNanos from the turn's acceptance
   * @param text of {@link Kind#TEXT}; else empty
   * @param failure why it breaks off, at an end; null for a text that is complete
   */
  public record Step(long atNanos, Kind kind, String text, @Nullable Failure failure) {
    static Step text(long atNanos, String text) {
      return new Step(atNanos, Kind.TEXT, text, null);
    }
  }

  public RecordedWriting {
    steps = List.copyOf(steps);
  }

  /** That of a recording; where no end of the text was recorded, it ends with the recording. */
  public static RecordedWriting of(Recording recording) {
    List<Step> steps = new ArrayList<>();
    long inChunks = 0;
    long last = 0;
    for (Recording.Line line : recording.lines()) {
      Message item = line.item();
      last = line.atNanos();
      if (item instanceof TextDelta delta) {
        steps.add(Step.text(last, delta.text()));
      } else if (item instanceof TextFlush) {
        steps.add(new Step(last, Kind.FLUSH, "", null));
      } else if (item instanceof ChunkCaption caption) {
        inChunks = Math.max(inChunks, caption.sourceEnd());
      } else if (item instanceof TextTakenBack) {
        cut(steps, inChunks);
      } else if (item instanceof TextEnded) {
        return ended(steps, last, null);
      } else if (item instanceof TextBrokeOff broke) {
        return ended(steps, last, broke.why());
      }
    }
    return ended(steps, last, null);
  }

  private static RecordedWriting ended(List<Step> steps, long at, @Nullable Failure why) {
    steps.add(new Step(at, Kind.END, "", why));
    return new RecordedWriting(steps);
  }

  private static void cut(List<Step> steps, long chars) {
    long length = steps.stream().mapToLong(step -> step.text().length()).sum();
    while (length > chars && !steps.isEmpty()) {
      Step step = steps.remove(steps.size() - 1);
      length -= step.text().length();
      if (length < chars) {
        int kept = (int) (chars - length);
        steps.add(Step.text(step.atNanos(), step.text().substring(0, kept)));
        return;
      }
    }
  }

  /** All of it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    steps.forEach(step -> text.append(step.text()));
    return text.toString();
  }
}
