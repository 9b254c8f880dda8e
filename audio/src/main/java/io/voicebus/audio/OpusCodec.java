package io.voicebus.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Opus in Ogg (RFC 7845), in frames of 20 ms, by the codec's transform: told that it hears a voice,
 * the library's linear prediction makes tones up to 7 dB too loud where they begin. The first audio
 * has a page of its own; later ones have three frames each. The last page's position ends the audio
 * at its last sample.
 */
final class OpusCodec implements Codec {
  private static final int FRAMES_PER_SECOND = 50;
  private static final int FRAMES_PER_PAGE = 3;

  /** Positions count in this rate, whatever the encoder's is. */
  private static final int GRANULE_HZ = 48_000;

  private static final int USUAL_KBPS = 32;

  /** From 0 to 10; 5 costs three quarters of 10. */
  private static final int COMPLEXITY = 5;

  /** RFC 6716, section 3.4. */
  private static final int MAX_PACKET_BYTES = 1275;

  private final int kbps;
  private final List<byte[]> packets = new ArrayList<>();
  private final byte[] packet = new byte[MAX_PACKET_BYTES];
  private OggPages pages = new OggPages(0);
  private @Nullable OpusEncoder encoder;
  private int rateHz;
  private short[] pending = {};
  private int preSkip;
  private long samplesIn;
  private long framesOut;
  private boolean first = true;

  /**
   * One turn.
   *
   * @param kbps {@link AudioCoding#USUAL} for what is good for speech
   */
  OpusCodec(int kbps) {
    this.kbps = kbps == AudioCoding.USUAL ? USUAL_KBPS : kbps;
  }

  @Override
  public byte[] begin(int newRateHz) {
    rateHz = newRateHz;
    pages = new OggPages(ThreadLocalRandom.current().nextInt());
    try {
      OpusEncoder made = new OpusEncoder(newRateHz, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
      made.setBitrate(kbps * 1000);
      made.setComplexity(COMPLEXITY);
      made.setUseVBR(true);
      encoder = made;
      preSkip = made.getLookahead() * (GRANULE_HZ / newRateHz);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus refuses its parameters: " + e.getMessage(), e);
    }
    return AudioEncoder.concat(
        pages.page(List.of(head()), 0, false), pages.page(List.of(tags()), 0, false));
  }

  /** RFC 7845, section 5.1. */
  private byte[] head() {
    return ByteBuffer.allocate(19)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii("OpusHead"))
        .put((byte) 1)
        .put((byte) 1) // channels
        .putShort((short) preSkip)
        .putInt(rateHz)
        .putShort((short) 0) // gain
        .put((byte) 0) // mono or stereo
        .array();
  }

  /** RFC 7845, section 5.2: the vendor, and no comments. */
  private static byte[] tags() {
    byte[] vendor = ascii("Voicebus");
    return ByteBuffer.allocate(8 + 4 + vendor.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii("OpusTags"))
        .putInt(vendor.length)
        .put(vendor)
        .putInt(0)
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] encode(byte[] pcm) {
    samplesIn += pcm.length / 2;
    return frames(WholeSamples.shorts(pcm));
  }

  private byte[] frames(short[] more) {
    pending = WholeSamples.concat(pending, more);
    int frame = rateHz / FRAMES_PER_SECOND;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (; pending.length - at >= frame; at += frame) {
      packets.add(frame(at, frame));
      if (first || packets.size() == FRAMES_PER_PAGE) {
        first = false;
        out.writeBytes(page(framesOut * GRANULE_HZ / FRAMES_PER_SECOND, false));
      }
    }
    pending = Arrays.copyOfRange(pending, at, pending.length);
    return out.toByteArray();
  }

  private byte[] frame(int at, int length) {
    if (encoder == null) {
      throw new IllegalStateException("not begun");
    }
    try {
      int bytes = encoder.encode(pending, at, length, packet, 0, packet.length);
      framesOut++;
      return Arrays.copyOf(packet, bytes);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus cannot encode: " + e.getMessage(), e);
    }
  }

  private byte[] page(long granule, boolean last) {
    byte[] page = pages.page(packets, granule, last);
    packets.clear();
    return page;
  }

  /** Adds silence until the decoder has the last sample: at least a part of one frame. */
  @Override
  public byte[] end() {
    int frame = rateHz / FRAMES_PER_SECOND;
    long perSample = GRANULE_HZ / rateHz;
    long toEncode = samplesIn + preSkip / perSample;
    int left = (int) ((toEncode + frame - 1) / frame - framesOut);
    byte[] before =
        left < 2 ? AudioEncoder.NOTHING : frames(new short[(left - 1) * frame - pending.length]);
    pending = Arrays.copyOf(pending, frame);
    packets.add(frame(0, frame));
    return AudioEncoder.concat(before, page(preSkip + samplesIn * perSample, true));
  }

  @Override
  public void close() {
    encoder = null;
    packets.clear();
  }
}
