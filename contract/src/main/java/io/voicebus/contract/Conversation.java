package io.voicebus.contract;

import com.google.protobuf.CodedInputStream;
import io.voicebus.bus.RecordCodec;
import io.voicebus.bus.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a conversation.
 *
 * @param turns in the order in which they began
 */
public record Conversation(List<PastTurn> turns) {
  /** Nothing was said yet. */
  public static final Conversation NONE = new Conversation(List.of());

  /**
   * Longest answer that is remembered, in UTF-16 units: what an owner keeps of a turn's text. Five
   * hours of speech.
   */
  public static final int MAX_ANSWER_CHARS = 256 * 1024;

  /** Raised only when an older node could not make sense of what follows. */
  private static final int VERSION = 1;

  private static final RecordCodec CODEC = new RecordCodec(Conversation.class);

  public Conversation {
    turns = List.copyOf(turns);
  }

  /** The turn of this name. */
  public Optional<PastTurn> turn(TurnId id) {
    return turns.stream().filter(turn -> turn.turn().equals(id)).findFirst();
  }

  /** As bytes: a version, then the fields in the encoding of the wire format. */
  public byte[] encode() {
    WireWriter out = new WireWriter(64 + turns.stream().mapToInt(turn -> 64 + turn.chars()).sum());
    out.rawByte(VERSION);
    CODEC.write(out, this);
    return out.toByteArray();
  }

  /**
   * From its bytes.
   *
   * @throws UncheckedIOException for what is no conversation of this version
   */
  public static Conversation decode(byte[] bytes) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      int version = in.readRawByte();
      if (version != VERSION) {
        throw new IOException("conversation format " + version + ", this node knows " + VERSION);
      }
      return (Conversation) CODEC.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
