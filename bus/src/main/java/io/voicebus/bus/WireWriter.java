package io.voicebus.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the encoding of Protocol Buffers into one growing array, in one pass: the length of what
 * is nested is filled in behind it. NOT thread safe.
 */
public final class WireWriter {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;

  private byte[] bytes;
  private int size;

  /** With room for so many bytes; it grows. */
  public WireWriter(int expectedSize) {
    bytes = new byte[expectedSize];
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** What was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** One byte, as it is. */
  public void rawByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void varint(int field, long value) {
    varint(((long) field << 3) | VARINT);
    varint(value);
  }

  /** As {@code sint64}: small where the absolute value is. */
  void signed(int field, long value) {
    varint(field, (value << 1) ^ (value >> 63));
  }

  void string(int field, String value) {
    // Malformed surrogates become '?': a decoder must never refuse them.
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(int field, byte[] value) {
    varint(((long) field << 3) | DELIMITED);
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /**
   * Begins a nested field.
   *
   * @param expectedSize of what is nested: a good guess saves a copy
   * @return what {@link #end} needs
   */
  int begin(int field, int expectedSize) {
    varint(((long) field << 3) | DELIMITED);
    int mark = size;
    int lengthBytes = lengthBytes(expectedSize);
    room(lengthBytes);
    size += lengthBytes;
    return mark;
  }

  void end(int mark, int expectedSize) {
    int reserved = lengthBytes(expectedSize);
    int length = size - mark - reserved;
    int needed = lengthBytes(length);
    if (needed > reserved) {
      room(needed - reserved);
      System.arraycopy(bytes, mark + reserved, bytes, mark + needed, length);
      size += needed - reserved;
    }
    // A length that needs fewer bytes than were reserved is padded, which every decoder takes.
    int width = Math.max(needed, reserved);
    int rest = length;
    for (int i = 0; i < width - 1; i++) {
      bytes[mark + i] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[mark + width - 1] = (byte) rest;
  }

  private static int lengthBytes(int length) {
    return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : 5;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
