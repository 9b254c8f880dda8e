package io.voicebus.http;

import io.voicebus.http.wire.AcceptHeader;
import io.voicebus.contract.WavHeader;
import java.util.Optional;
import java.util.Set;

/** What a playout looks like as an HTTP body. */
enum AudioFormat {
  /** A WAV header of unknown length, then the samples. The default. */
  WAV("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
  /**
   * The samples alone, signed 16-bit little-endian. Not {@code audio/L16}, which is big-endian (RFC
   * 2586).
   */
  PCM("audio/pcm");

  @SuppressWarnings("ImmutableEnumChecker") // Set.of
  private final Set<String> names;

  AudioFormat(String... names) {
    this.names = Set.of(names);
  }

  /** The content type for samples of this rate. */
  String contentType(int sampleRateHz) {
    return this == WAV ? "audio/wav" : "audio/pcm;rate=" + sampleRateHz + ";channels=1;bits=16";
  }

  /** What comes before the first sample; may be empty. */
  byte[] head(int sampleRateHz) {
    return this == WAV ? WavHeader.streaming(sampleRateHz) : new byte[0];
  }

  /** How long {@link #head} is. */
  int headBytes() {
    return this == WAV ? WavHeader.BYTES : 0;
  }

  /** The whole body of a playout without samples. */
  byte[] empty(int sampleRateHz) {
    return this == WAV ? WavHeader.exact(sampleRateHz, 0) : new byte[0];
  }

  /**
   * The format that the client likes best.
   *
   * @param accept the {@code Accept} header's value; empty for an absent one
   */
  static Optional<AudioFormat> negotiate(String accept) {
    if (accept.isBlank()) {
      return Optional.of(WAV);
    }
    double wav = AcceptHeader.quality(accept, WAV.names);
    double pcm = AcceptHeader.quality(accept, PCM.names);
    if (wav <= 0 && pcm <= 0) {
      return Optional.empty();
    }
    return Optional.of(pcm > wav ? PCM : WAV);
  }
}
