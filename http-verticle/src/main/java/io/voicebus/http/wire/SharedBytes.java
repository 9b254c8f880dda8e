package io.voicebus.http.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Wraps bytes in a buffer without a copy. {@link Buffer#buffer(byte[])} copies them, and most of
 * what this server writes is audio.
 */
public final class SharedBytes {
  private SharedBytes() {}

  /**
   * Wraps bytes.
   *
   * @param bytes must not be changed afterwards
   */
  public static Buffer buffer(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
