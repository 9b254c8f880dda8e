package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The types that travel, of all modules that a test knows. */
public final class EveryType {
  private EveryType() {}

  /** Those of this kind. */
  public static List<Class<?>> of(Class<?> kind) {
    return WireFormat.types().keySet().stream().filter(kind::isAssignableFrom).toList();
  }

  /** Each, with random content, alone or as a head and as an item. */
  public static void comesBack(Random random) {
    AnyRecord records = new AnyRecord(random, of(Message.class));
    for (Class<?> type : of(Packet.class)) {
      for (int i = 0; i < 20; i++) {
        assertComesBack((Packet) records.any(type));
      }
    }
    for (Class<?> type : of(Message.class)) {
      for (int i = 0; i < 20; i++) {
        Message message = (Message) records.any(type);
        assertComesBack(new StreamPacket.Open("from", 7, message));
        assertComesBack(new StreamPacket.Data("from", 7, 1, i, 99, message, 7));
      }
    }
  }

  /** The bytes of one packet of each type, and of one with each message, with random content. */
  public static List<byte[]> examples(Random random) {
    AnyRecord records = new AnyRecord(random, of(Message.class));
    Stream<Packet> packets = of(Packet.class).stream().map(type -> (Packet) records.any(type));
    Stream<Packet> messages =
        of(Message.class).stream()
            .map(type -> new StreamPacket.Data("a", 7, 1, 1, 9, (Message) records.any(type), 7));
    return Stream.concat(packets, messages).map(WireFormat::encode).toList();
  }

  /**
   * Bytes from another node are a packet, which then travels on as it is, or are refused.
   *
   * @return whether they are one
   */
  public static boolean isReadOrRefused(byte[] bytes) {
    Packet packet;
    try {
      packet = WireFormat.decode(bytes);
    } catch (UncheckedIOException refused) {
      return false;
    }
    if (packet.toString().contains("Unknown[")) {
      return true; // of a newer node, and not sent on
    }
    byte[] again = WireFormat.encode(packet);
    assertThat(WireFormat.encode(WireFormat.decode(again))).isEqualTo(again);
    return true;
  }

  /** A packet's bytes. */
  public static byte[] bytes(Message item) {
    return WireFormat.encode(new StreamPacket.Data("from", 7, 1, 1, 99, item, 7));
  }

  static void assertComesBack(Packet packet) {
    Packet decoded = WireFormat.decode(WireFormat.encode(packet));
    assertThat(decoded).usingRecursiveComparison().isEqualTo(packet);
  }
}
