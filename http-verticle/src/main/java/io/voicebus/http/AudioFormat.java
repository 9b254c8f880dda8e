package io.voicebus.http;

import io.voicebus.contract.WavHeader;
import java.util.Locale;
import java.util.Optional;

/** What a playout looks like as an HTTP body. */
enum AudioFormat {
  /** A WAV header of unknown length, then the samples. The default. */
  WAV,
  /**
   * The samples alone, signed 16-bit little-endian. Not {@code audio/L16}, which is big-endian (RFC
   * 2586).
   */
  PCM;

  private boolean named(String name) {
    return switch (name) {
      case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> this == WAV;
      case "audio/pcm" -> this == PCM;
      default -> false;
    };
  }

  /** The content type for samples of this rate. */
  String contentType(int sampleRateHz) {
    return this == WAV ? "audio/wav" : "audio/pcm;rate=" + sampleRateHz + ";channels=1;bits=16";
  }

  /** What comes before the first sample; may be empty. */
  byte[] head(int sampleRateHz) {
    return this == WAV ? WavHeader.streaming(sampleRateHz) : new byte[0];
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
    double wav = WAV.quality(accept);
    double pcm = PCM.quality(accept);
    if (wav <= 0 && pcm <= 0) {
      return Optional.empty();
    }
    return Optional.of(pcm > wav ? PCM : WAV);
  }

  /** The quality of the most specific range that matches; 0 for none. */
  private double quality(String accept) {
    double quality = 0;
    int specific = -1;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String name = parts[0].trim().toLowerCase(Locale.ROOT);
      int level = named(name) ? 2 : name.equals("audio/*") ? 1 : name.equals("*/*") ? 0 : -1;
      if (level > specific) {
        specific = level;
        quality = quality(parts);
      } else if (level >= 0 && level == specific) {
        quality = Math.max(quality, quality(parts));
      }
    }
    return quality;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
