package io.voicebus.turn.recording;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Message;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Position;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.SpeechPiece;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextTakenBack;
import io.voicebus.contract.Underrun;
import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.WordMark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What passes through a turn's owner, as JSON: {@code type}, and the fields of the message. */
final class ItemJson {
  static final String TYPE = "type";

  private static final Map<String, Class<? extends Record>> TYPES = new LinkedHashMap<>();
  private static final Set<Class<?>> WRITTEN;

  static {
    List<Class<? extends Record>> types =
        List.of(
            TextDelta.class,
            TextFlush.class,
            TextTakenBack.class,
            TextEnded.class,
            TextBrokeOff.class,
            ChunkCaption.class,
            TextLength.class,
            SpeechPiece.class,
            Speaker.class,
            Frame.class,
            ChunkSpoken.class,
            ChunkSkipped.class,
            PlayoutFormat.class,
            PlayoutMark.class,
            WordMark.class,
            Position.class,
            Underrun.class,
            StageTiming.class,
            AnswerReport.class,
            UnspokenText.class,
            SpeechNotice.class);
    types.forEach(type -> TYPES.put(name(type), type));
    WRITTEN = Set.copyOf(types);
  }

  private ItemJson() {}

  private static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** Whether it is written at all: what is for a turn's accounts is not. */
  static boolean isWritten(Message item) {
    return WRITTEN.contains(item.getClass());
  }

  static JsonObject of(Message item) {
    return new JsonObject().put(TYPE, name(item.getClass())).mergeIn(RecordJson.of((Record) item));
  }

  /** Whether a type is known: others are of later versions, and ignored. */
  static boolean isKnown(String type) {
    return TYPES.containsKey(type);
  }

  /**
   * Reads one of a known type.
   *
   * @throws IllegalArgumentException for what is none
   */
  static Message read(JsonObject json) {
    Class<? extends Record> type = TYPES.get(json.getString(TYPE));
    if (type == null) {
      throw new IllegalArgumentException("there is no type '" + json.getString(TYPE) + "'");
    }
    return (Message) RecordJson.read(json, type);
  }

  /** The names of all types. */
  static List<String> names() {
    return List.copyOf(TYPES.keySet());
  }
}
