package io.voicebus.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages of one logical stream in Ogg (RFC 3533), of whole packets. NOT thread safe. */
final class OggPages {
  private static final int HEAD_BYTES = 27;
  private static final int CRC_AT = 22;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int MAX_SEGMENTS = 255;
  private static final int[] CRC = crcTable();

  private final int serial;
  private int sequence;

  /**
   * A stream.
   *
   * @param serial tells streams that are joined from each other
   */
  OggPages(int serial) {
    this.serial = serial;
  }

  /** RFC 3533, section 6: polynomial 04c11db7, not reflected, from zero. */
  private static int[] crcTable() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
      }
      table[i] = crc;
    }
    return table;
  }

  /**
   * The next page.
   *
   * @param packets at most 255 of under 255 bytes each, or fewer of more
   * @param granule the position after the last one
   */
  byte[] page(List<byte[]> packets, long granule, boolean last) {
    ByteArrayOutputStream lacing = new ByteArrayOutputStream();
    int bytes = 0;
    for (byte[] packet : packets) {
      for (int left = packet.length; left >= 255; left -= 255) {
        lacing.write(255);
      }
      lacing.write(packet.length % 255);
      bytes += packet.length;
    }
    if (lacing.size() > MAX_SEGMENTS) {
      throw new IllegalArgumentException("too much for a page: " + bytes + " bytes");
    }
    int flags = (sequence == 0 ? FIRST : 0) | (last ? LAST : 0);
    ByteBuffer page =
        ByteBuffer.allocate(HEAD_BYTES + lacing.size() + bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("OggS".getBytes(StandardCharsets.US_ASCII))
            .put((byte) 0)
            .put((byte) flags)
            .putLong(granule)
            .putInt(serial)
            .putInt(sequence++)
            .putInt(0)
            .put((byte) lacing.size())
            .put(lacing.toByteArray());
    packets.forEach(page::put);
    page.putInt(CRC_AT, crc(page.array()));
    return page.array();
  }

  private static int crc(byte[] page) {
    int crc = 0;
    for (byte b : page) {
      crc = (crc << 8) ^ CRC[(crc >>> 24) ^ (b & 0xff)];
    }
    return crc;
  }
}
