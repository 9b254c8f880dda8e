package io.voicebus.http;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.http.wire.AcceptHeader;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.QueryParameter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what audio a request is for: its parameters {@code format} and {@code rate}, or {@code
 * Accept}.
 */
final class AudioChoice {
  /** Of the query. */
  static final Set<String> PARAMETERS = Set.of("format", "rate");

  private static final int MAX_RATE_DIGITS = 6;

  private AudioChoice() {}

  /**
   * What this request is for. A {@code format} wins over {@code Accept}, which players set as they
   * like.
   *
   * @throws ProblemException 400 or 406, which names the formats that there are
   */
  static AudioCoding of(HttpServerRequest request) {
    return of(
        QueryParameter.of(request, "format"),
        QueryParameter.of(request, "rate"),
        String.join(",", request.headers().getAll("Accept")));
  }

  /** The same, of parameters that may be null. */
  static AudioCoding of(@Nullable String format, @Nullable String rate, String accept) {
    try {
      AudioCoding coding =
          format == null
              ? AudioCoding.of(accepted(accept).orElseThrow(AudioChoice::notAcceptable))
              : AudioCoding.of(format);
      return rate == null ? coding : coding.withRate(rateHz(rate));
    } catch (UnsupportedAudioException e) {
      throw JsonFields.invalid(e.getMessage());
    }
  }

  private static int rateHz(String rate) {
    boolean number =
        !rate.isEmpty()
            && rate.length() <= MAX_RATE_DIGITS
            && rate.chars().allMatch(c -> c >= '0' && c <= '9');
    int rateHz = number ? Integer.parseInt(rate) : AudioCoding.OWN_RATE;
    if (rateHz == AudioCoding.OWN_RATE) {
      throw JsonFields.invalid(
          "'rate' must be a whole number of Hz, from "
              + AudioCoding.MIN_RATE_HZ
              + " to "
              + AudioCoding.MAX_RATE_HZ
              + ", not "
              + JsonFields.show(rate));
    }
    return rateHz;
  }

  /**
   * The format that the client likes best, of several the first one.
   *
   * @param accept the {@code Accept} header's value; empty for an absent one
   */
  static Optional<AudioFormat> accepted(String accept) {
    if (accept.isBlank()) {
      return Optional.of(AudioFormat.WAV);
    }
    double best = 0;
    Optional<AudioFormat> found = Optional.empty();
    for (AudioFormat format : AudioFormat.values()) {
      double quality = AcceptHeader.quality(accept, Set.copyOf(format.mediaTypes()));
      if (quality > best && format.available()) {
        best = quality;
        found = Optional.of(format);
      }
    }
    return found;
  }

  private static ProblemException notAcceptable() {
    return new Problem(
            "not-acceptable",
            "There is no such format",
            406,
            "accept audio/wav, audio/mpeg, audio/ogg or audio/flac, or audio/pcm for the samples"
                + " alone; or name one of "
                + AudioFormat.availableNames()
                + " as ?format=")
        .toException();
  }
}
