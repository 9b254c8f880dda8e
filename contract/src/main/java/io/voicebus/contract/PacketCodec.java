package io.voicebus.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * How packets travel on the event bus: by reference within a JVM, in the form of {@link WireFormat}
 * between JVMs.
 */
final class PacketCodec implements MessageCodec<Packet, Packet> {
  static final String NAME = "voicebus";

  static void register(EventBus eventBus) {
    try {
      eventBus.registerCodec(new PacketCodec());
    } catch (IllegalStateException alreadyRegistered) {
      // Another verticle of this Vert.x instance was first.
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, Packet packet) {
    byte[] bytes = WireFormat.encode(packet);
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  @Override
  public Packet decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    return WireFormat.decode(buffer.getBytes(position + 4, position + 4 + length));
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
