package io.voicebus.audio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a turn's samples, as they come, into the bytes of an {@link AudioCoding}: {@link #begin},
 * any number of {@link #encode}, {@link #end}, and {@link #close} whatever happened. It keeps at
 * most some tens of milliseconds back. NOT thread safe.
 *
 * <p>A call may take milliseconds, or block where the format needs another process. On an event
 * loop only WAV, PCM, μ-law and A-law in the turn's own rate are made with it; for the others there
 * is {@link AsyncEncoder}.
 */
public final class AudioEncoder implements AutoCloseable {
  static final byte[] NOTHING = {};

  private static final long MP3_BYTES = 640 * 1024;
  private static final long OPUS_BYTES = 64 * 1024;

  private final AudioCoding coding;
  private final Codec codec;
  private final WholeSamples whole = new WholeSamples();
  private @Nullable RateConverter converter;
  private boolean closed;

  AudioEncoder(AudioCoding coding) {
    this(coding, codec(coding));
  }

  AudioEncoder(AudioCoding coding, Codec codec) {
    this.coding = coding;
    this.codec = codec;
  }

  private static Codec codec(AudioCoding coding) {
    return switch (coding.format()) {
      case PCM -> new PcmCodec();
      case WAV -> new WavCodec();
      case MP3 -> new Mp3Codec(coding.kbps());
      case OPUS -> new OpusCodec(coding.kbps());
      case FLAC -> new FlacCodec();
      case AAC -> new FfmpegCodec(coding.kbps());
      case ULAW -> new G711Codec(G711Codec::ulaw);
      case ALAW -> new G711Codec(G711Codec::alaw);
    };
  }

  /** What one holds of the heap between two calls, in bytes, as measured; 0 for next to nothing. */
  static long heldBytes(AudioCoding coding) {
    return switch (coding.format()) {
      case MP3 -> MP3_BYTES;
      case OPUS -> OPUS_BYTES;
      case PCM, WAV, ULAW, ALAW, FLAC, AAC -> 0;
    };
  }

  /** Whether each call only copies: then it may be made on an event loop. */
  static boolean isLight(AudioCoding coding, int turnRateHz) {
    return coding.encodedRateHz(turnRateHz) == turnRateHz
        && switch (coding.format()) {
          case PCM, WAV, ULAW, ALAW -> true;
          case MP3, OPUS, FLAC, AAC -> false;
        };
  }

  /**
   * The bytes before the first sample; may be empty.
   *
   * @param turnRateHz the rate of the samples that follow
   */
  public byte[] begin(int turnRateHz) {
    requireOpen();
    int rateHz = coding.encodedRateHz(turnRateHz);
    converter = rateHz == turnRateHz ? null : new RateConverter(turnRateHz, rateHz);
    return codec.begin(rateHz);
  }

  /**
   * The bytes that are known by now; may be empty.
   *
   * @param pcm signed 16-bit little-endian mono; may be empty, and end within a sample. It is not
   *     changed, and may be what is returned.
   */
  public byte[] encode(byte[] pcm) {
    requireOpen();
    byte[] samples = whole.take(pcm);
    if (samples.length > 0 && converter != null) {
      samples = converter.convert(samples);
    }
    return samples.length == 0 ? NOTHING : codec.encode(samples);
  }

  /** The rest; nothing may follow. Half a sample at the end is left out. */
  public byte[] end() {
    requireOpen();
    byte[] left = converter == null ? NOTHING : converter.finish();
    byte[] last = left.length == 0 ? NOTHING : codec.encode(left);
    return concat(last, codec.end());
  }

  /**
   * After {@link #end}: what to write over the bytes of {@link #begin}, where that is possible, now
   * that the length is known; empty for nothing.
   */
  public byte[] finishedHead() {
    return codec.finishedHead();
  }

  /** Frees what it has, also in the middle; more than once does no harm. */
  @Override
  public void close() {
    closed = true;
    codec.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the encoder is closed");
    }
  }

  static byte[] concat(byte[] first, byte[] second) {
    if (first.length == 0) {
      return second;
    }
    if (second.length == 0) {
      return first;
    }
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
