package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.WordMark;
import org.jspecify.annotations.Nullable;

/** Which event of a turn an item of a stage makes. */
final class ItemEvents {
  private ItemEvents() {}

  /** The event of an item; null for an item that the caller of the turn does not see. */
  static @Nullable TurnEvent of(Stage from, Message item) {
    if (item instanceof TextDelta delta) {
      return new TurnEvent.Text(delta.text());
    } else if (item instanceof ChunkCaption caption) {
      return new TurnEvent.Caption(caption);
    } else if (item instanceof ChunkSpoken spoken) {
      return new TurnEvent.Spoken(spoken);
    } else if (item instanceof ChunkSkipped skipped) {
      return new TurnEvent.Skipped(skipped);
    } else if (item instanceof UnspokenText unspoken) {
      return new TurnEvent.Unspoken(unspoken);
    } else if (item instanceof AnswerReport answer) {
      return new TurnEvent.Answered(answer);
    } else if (item instanceof StageTiming timing) {
      return new TurnEvent.Timing(from, timing);
    } else if (item instanceof PlayoutMark mark) {
      return new TurnEvent.Mark(mark);
    } else if (item instanceof SpeechNotice notice) {
      return new TurnEvent.Notice(notice);
    } else if (item instanceof WordMark word) {
      return new TurnEvent.Word(word);
    }
    return null;
  }
}
