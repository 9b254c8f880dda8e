package io.voicebus.bus;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packets as bytes: a version, the packet's type number, then its record components as fields in
 * the encoding of Protocol Buffers. A component's field number is its place in the record, so
 * components are only ever added at the end; fields that a node does not know are skipped, and
 * those that it misses are 0, false or empty.
 */
final class WireFormat {
  /** Raised only when an older node could not make sense of what follows. */
  static final int VERSION = 1;

  /** What one node wraps for another is an item with a message in it, or with a list of some. */
  private static final int MAX_DEPTH = 4;

  private static final WireTable TABLE;

  /** Why not all modules' types travel; null where they do. */
  private static final @Nullable IllegalStateException FAULT;

  static {
    WireTable table;
    IllegalStateException fault = null;
    try {
      table = WireTable.found();
    } catch (IllegalStateException e) {
      table = new WireTable(List.of(new BusWireTypes()));
      fault = e;
    }
    TABLE = table;
    FAULT = fault;
  }

  private WireFormat() {}

  /**
   * Fails if a module's types cannot travel, before anything is sent.
   *
   * @throws IllegalStateException where a module's list cannot be used, with what to change
   */
  static void check() {
    if (FAULT != null) {
      throw FAULT;
    }
  }

  /** Everything that travels, with its number. */
  static Map<Class<?>, Integer> types() {
    return TABLE.numbers();
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
      return (Packet) readTyped(in, Packet.class, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void writeTyped(WireWriter out, Object value) {
    int number = TABLE.number(value);
    out.varint(number);
    TABLE.codec(number).write(out, value);
  }

  /**
   * Reads a packet where one is expected, or a message.
   *
   * @param depth in how many others it is
   */
  static Object readTyped(CodedInputStream in, Class<?> expected, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("messages in messages, more than " + MAX_DEPTH + " deep");
    }
    int number = in.readUInt32();
    Class<?> type = TABLE.type(number);
    if (type == null && expected == Message.class) {
      BusCounter.UNKNOWN_ITEMS.count();
      in.skipMessage();
      return new Unknown(number);
    }
    if (type == null) {
      throw new IOException("a newer node's message, type " + Integer.toUnsignedString(number));
    }
    if (!expected.isAssignableFrom(type)) {
      throw new IOException(type.getSimpleName() + " in the wrong place");
    }
    return TABLE.codec(number).read(in, depth);
  }
}
