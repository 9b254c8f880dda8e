package io.voicebus.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How packets travel on the event bus: by reference within a JVM, in the form of {@link WireFormat}
 * between JVMs.
 */
final class PacketCodec implements MessageCodec<Packet, Packet> {
  static final String NAME = "voicebus";

  private static final Logger LOG = LoggerFactory.getLogger(PacketCodec.class);

  private final AtomicLong unreadable = new AtomicLong();

  static void register(EventBus eventBus) {
    try {
      eventBus.registerCodec(new PacketCodec());
    } catch (IllegalStateException alreadyRegistered) {
      // Another verticle of this Vert.x instance was first.
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, Packet packet) {
    // An exception here would leave the connection's queue half sent.
    try {
      WireWriter bytes = WireFormat.write(packet);
      buffer.appendInt(bytes.size()).appendBytes(bytes.array(), 0, bytes.size());
    } catch (RuntimeException e) {
      LOG.error("a {} cannot be sent", packet.getClass().getSimpleName(), e);
      buffer.appendInt(0);
    }
  }

  @Override
  public Packet decodeFromWire(int position, Buffer buffer) {
    // An exception here would leave who asked without an answer, for ever.
    try {
      int length = buffer.getInt(position);
      if (length < 0 || length > buffer.length() - position - 4) {
        throw new IllegalArgumentException("a length that cannot be");
      }
      byte[] bytes = buffer.getBytes(position + 4, position + 4 + length);
      return refusedFromElsewhere(WireFormat.decode(bytes));
    } catch (RuntimeException e) {
      long count = unreadable.incrementAndGet();
      BusCounter.UNREADABLE.count();
      if (Long.bitCount(count) == 1) {
        LOG.warn("{} packets could not be read, the last because of: {}", count, e.getMessage());
      }
      return new StreamPacket.Unreadable(
          new Failure(
              Stage.OWNER,
              FailureKind.UNAVAILABLE,
              "a message could not be read: do all nodes run the same version of Voicebus?"));
    }
  }

  /** Only what crosses the wire comes through here: nothing that it claims of its sender counts. */
  private static Packet refusedFromElsewhere(Packet packet) {
    Failure why =
        packet instanceof StreamPacket.Open open ? open.head().refusedFromElsewhere() : null;
    return why == null ? packet : new StreamPacket.Unreadable(why);
  }

  @Override
  public Packet transform(Packet packet) {
    return packet;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
