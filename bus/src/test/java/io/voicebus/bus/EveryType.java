package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

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
