package io.voicebus.bus;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Packets as bytes: a version, the packet's type number, then its record components as fields in
 * the encoding of Protocol Buffers. A component's field number is its place in the record, so
 * components are only ever added at the end; fields that a node does not know are skipped, and
 * those that it misses are 0, false or empty.
 */
final class WireFormat {
  /** Raised only when an older node could not make sense of what follows. */
  static final int VERSION = 1;

  /** A type's number is its place here: add at the end, never remove. */
  private static final List<Class<? extends Record>> TYPES =
      List.of(
          StreamPacket.Open.class,
          StreamPacket.Opened.class,
          StreamPacket.Refused.class,
          StreamPacket.Data.class,
          StreamPacket.End.class,
          StreamPacket.Fail.class,
          StreamPacket.Closed.class,
          StreamPacket.Cancel.class,
          StreamPacket.Credit.class,
          StreamPacket.PeerCredit.class,
          StreamPacket.Heartbeat.class,
          JobPacket.Claim.class,
          JobPacket.Granted.class,
          JobPacket.Done.class,
          JobPacket.Offer.class,
          JobPacket.Taken.class,
          JobPacket.Declined.class,
          JobPacket.Finished.class,
          JobPacket.Failed.class,
          JobPacket.Withdraw.class,
          JobPacket.Want.class,
          JobPacket.SlotKept.class,
          JobPacket.Pass.class,
          JobPacket.WorkerBeat.class,
          JobPacket.RollCall.class,
          ChunkAudio.class,
          ChunkCaption.class,
          ChunkSkipped.class,
          ChunkSpoken.class,
          Frame.class,
          FramesOpen.class,
          PlayoutFormat.class,
          PlayoutLength.class,
          PlayoutMark.class,
          PlayoutRequest.class,
          Position.class,
          Prompt.class,
          ReportOpen.class,
          SkipChunk.class,
          SpeechJob.class,
          StageTiming.class,
          TextDelta.class,
          TextLength.class,
          TextOpen.class,
          AnswerReport.class,
          Heard.class,
          ConversationAsk.class,
          ConversationAnswer.class,
          WordMark.class,
          NodePacket.WhoIsThere.class,
          NodePacket.Here.class,
          VoicesAsk.class,
          VoicesAnswer.class,
          EngineVoices.class,
          JobPacket.Asked.class,
          JobPacket.Recall.class,
          UnspokenText.class);

  private static final Map<Class<?>, Integer> NUMBERS = new HashMap<>();
  private static final List<RecordCodec> CODECS;

  static {
    for (int i = 0; i < TYPES.size(); i++) {
      NUMBERS.put(TYPES.get(i), i);
    }
    CODECS = TYPES.stream().map(RecordCodec::new).toList();
  }

  private WireFormat() {}

  static List<Class<? extends Record>> types() {
    return TYPES;
  }

  static byte[] encode(Packet packet) {
    return write(packet).toByteArray();
  }

  /**
   * @throws IllegalArgumentException for what does not travel
   */
  static WireWriter write(Packet packet) {
    WireWriter out = new WireWriter(expectedSize(packet));
    out.rawByte(VERSION);
    writeTyped(out, packet);
    return out;
  }

  private static int expectedSize(Packet packet) {
    if (packet instanceof StreamPacket.Data data) {
      return 160 + data.item().weight();
    }
    if (packet instanceof StreamPacket.Heartbeat beat) {
      return 160 + 12 * (beat.producing().size() + beat.consuming().size());
    }
    return 256;
  }

  static Packet decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /**
   * @throws UncheckedIOException for what is not a packet of this version, and for nothing else
   */
  static Packet decode(byte[] bytes, int offset, int length) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes, offset, length);
      int version = in.readRawByte();
      if (version != VERSION) {
        throw new IOException("wire format " + version + ", this node speaks " + VERSION);
      }
      return (Packet) readTyped(in, Packet.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void writeTyped(WireWriter out, Object value) {
    Integer number = NUMBERS.get(value.getClass());
    if (number == null) {
      throw new IllegalArgumentException(value.getClass() + " does not travel");
    }
    out.varint(number);
    CODECS.get(number).write(out, value);
  }

  /** Reads a packet where one is expected, or a message: neither nests in itself. */
  static Object readTyped(CodedInputStream in, Class<?> expected) throws IOException {
    int number = in.readUInt32();
    if (number < 0 || number >= TYPES.size()) {
      throw new IOException("a newer node's message, type " + Integer.toUnsignedString(number));
    }
    if (!expected.isAssignableFrom(TYPES.get(number))) {
      throw new IOException(TYPES.get(number).getSimpleName() + " in the wrong place");
    }
    return CODECS.get(number).read(in);
  }
}
