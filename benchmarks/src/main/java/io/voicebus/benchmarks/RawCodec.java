package io.voicebus.benchmarks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** The least that a frame can cost: by reference in one JVM, its bytes between two. */
final class RawCodec implements MessageCodec<byte[], byte[]> {
  static final String NAME = "raw";

  @Override
  public void encodeToWire(Buffer buffer, byte[] frame) {
    buffer.appendInt(frame.length).appendBytes(frame);
  }

  @Override
  public byte[] decodeFromWire(int position, Buffer buffer) {
    return buffer.getBytes(position + 4, position + 4 + buffer.getInt(position));
  }

  @Override
  public byte[] transform(byte[] frame) {
    return frame;
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
