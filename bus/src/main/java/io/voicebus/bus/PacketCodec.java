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

  /**
   * Files and the sound card belong to this process: a member of the cluster that could name a file
   * here could write any that this user may. Only what crosses the wire comes through here, so
   * nothing that a packet claims of its sender is believed.
   */
  private static Packet refusedFromElsewhere(Packet packet) {
    boolean device =
        packet instanceof StreamPacket.Open open
            && open.head() instanceof PlayoutRequest request
            && request.sink() != Sink.BUS;
    return device
        ? new StreamPacket.Unreadable(
            new Failure(
                Stage.PLAYBACK,
                FailureKind.INVALID_REQUEST,
                "files and the sound card are only for turns of the same process: start the turn"
                    + " where playback runs, or take its audio over the bus"))
        : packet;
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
