package io.voicebus.emulators;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a server heads WAV that it streams, before it can know how long it will be.
 *
 * @param size goes into the RIFF's and the data's size; {@link #TRUE_SIZE} for the real ones
 * @param listBefore whether a {@code LIST} chunk comes before the data
 * @param listAfter whether one comes after it, which must not be played
 * @param extensible whether the format is {@code WAVE_FORMAT_EXTENSIBLE}
 */
public record OpenAiWav(long size, boolean listBefore, boolean listAfter, boolean extensible) {
  private static final int PCM = 1;
  private static final int SAMPLE_BYTES = 2;

  /** The real sizes. */
  public static final long TRUE_SIZE = -1;

  /** With the real sizes. */
  public static final OpenAiWav EXACT = placeholder(TRUE_SIZE);

  /** As OpenAI sends it. */
  public static final OpenAiWav OPENAI = placeholder(0xFFFFFFFFL);

  /** As libsndfile writes into a pipe. */
  public static final OpenAiWav ZERO = placeholder(0);

  /** As ElevenLabs sends it. */
  public static final OpenAiWav MAX_INT = placeholder(0x7FFFFFFFL);

  /** As Pocket TTS sends it. */
  public static final OpenAiWav TWO_BILLION = placeholder(2_000_000_000L);

  /** As ffmpeg writes into a pipe. */
  public static final OpenAiWav FFMPEG = OPENAI.withListBefore();

  /** Any size in both places. */
  public static OpenAiWav placeholder(long size) {
    return new OpenAiWav(size, false, false, false);
  }

  public OpenAiWav withListBefore() {
    return new OpenAiWav(size, true, listAfter, extensible);
  }

  public OpenAiWav withListAfter() {
    return new OpenAiWav(size, listBefore, true, extensible);
  }

  public OpenAiWav withExtensible() {
    return new OpenAiWav(size, listBefore, listAfter, true);
  }

  /** All that comes before the samples. */
  byte[] head(int sampleRateHz, int dataBytes) {
    int formatBytes = extensible ? 40 : 16;
    int before = 4 + 8 + formatBytes + (listBefore ? list().length : 0) + 8;
    int after = listAfter ? list().length : 0;
    ByteBuffer head = ByteBuffer.allocate(8 + before).order(ByteOrder.LITTLE_ENDIAN);
    head.put(ascii("RIFF")).putInt(size(before + dataBytes + after)).put(ascii("WAVE"));
    head.put(ascii("fmt ")).putInt(formatBytes);
    head.putShort((short) (extensible ? 0xFFFE : PCM)).putShort((short) 1);
    head.putInt(sampleRateHz).putInt(SAMPLE_BYTES * sampleRateHz);
    head.putShort((short) SAMPLE_BYTES).putShort((short) (8 * SAMPLE_BYTES));
    if (extensible) {
      head.putShort((short) 22).putShort((short) (8 * SAMPLE_BYTES)).putInt(4);
      head.putShort((short) PCM).put(SUB_FORMAT_TAIL);
    }
    if (listBefore) {
      head.put(list());
    }
    head.put(ascii("data")).putInt(size(dataBytes));
    return head.array();
  }

  /** All that comes after the samples. */
  byte[] tail() {
    return listAfter ? list() : new byte[0];
  }

  /** The rest of the GUID that says which format an extensible one is. */
  private static final byte[] SUB_FORMAT_TAIL = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
  };

  private int size(int real) {
    return size == TRUE_SIZE ? real : (int) size;
  }

  private static byte[] list() {
    ByteBuffer list = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
    list.put(ascii("LIST")).putInt(26).put(ascii("INFOISFT")).putInt(14);
    return list.put(ascii("Lavf61.7.100")).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
