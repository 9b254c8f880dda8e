package io.voicebus.http.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Bytes that are only read, as a buffer that has them and not a copy of them: {@link
 * Buffer#buffer(byte[])} copies, and most of what this server writes is audio.
 */
public final class SharedBytes {
  private SharedBytes() {}

  /**
   * A buffer of these bytes.
   *
   * @param bytes not to be changed any more
   */
  public static Buffer buffer(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
