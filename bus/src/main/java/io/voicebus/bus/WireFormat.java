package io.voicebus.bus;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
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

  private static final Map<Class<?>, Integer> NUMBERS = new LinkedHashMap<>();
  private static final List<@Nullable RecordCodec> CODECS = new ArrayList<>();
  private static final List<@Nullable Class<?>> TYPES = new ArrayList<>();

  static {
    add(new BusWireTypes());
    ServiceLoader.load(WireTypes.class, WireFormat.class.getClassLoader()).forEach(WireFormat::add);
  }

  private static void add(WireTypes module) {
    int number = module.first();
    for (Class<? extends Record> type : module.records()) {
      while (TYPES.size() <= number) {
        TYPES.add(null);
        CODECS.add(null);
      }
      if (TYPES.get(number) != null || number >= module.first() + WireTypes.BLOCK) {
        throw new IllegalStateException("type number " + number + " is not free for " + type);
      }
      TYPES.set(number, type);
      NUMBERS.put(type, number);
      CODECS.set(number, new RecordCodec(type));
      number++;
    }
  }

  private WireFormat() {}

  /** Everything that travels, with its number. */
  static Map<Class<?>, Integer> types() {
    return Collections.unmodifiableMap(NUMBERS);
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
    Integer number = NUMBERS.get(value.getClass());
    if (number == null) {
      throw new IllegalArgumentException(value.getClass() + " does not travel");
    }
    out.varint(number);
    codec(number).write(out, value);
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
    Class<?> type = number < 0 || number >= TYPES.size() ? null : TYPES.get(number);
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
    return codec(number).read(in, depth);
  }

  private static RecordCodec codec(int number) {
    return Objects.requireNonNull(CODECS.get(number));
  }
}
