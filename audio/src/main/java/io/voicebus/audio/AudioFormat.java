package io.voicebus.audio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of audio, all mono. If a client accepts several equally, the first one is used. */
public enum AudioFormat {
  /** A WAV head, then signed 16-bit little-endian samples. */
  WAV(List.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"), List.of("wav", "wave")),
  /**
   * The samples alone, signed 16-bit little-endian. Not {@code audio/L16}, which is big-endian (RFC
   * 2586).
   */
  PCM(List.of("audio/pcm"), List.of("pcm", "raw")),
  /** MPEG-1 or MPEG-2 layer III at a constant bit rate, without tags. */
  MP3(List.of("audio/mpeg", "audio/mp3", "audio/x-mp3"), List.of("mp3")),
  /** Opus in Ogg (RFC 7845). */
  OPUS(List.of("audio/ogg", "audio/opus"), List.of("opus", "ogg", "oga")),
  /** FLAC in its own container (RFC 9639). */
  FLAC(List.of("audio/flac", "audio/x-flac"), List.of("flac")),
  /** AAC-LC in ADTS frames; only where {@code ffmpeg} is found. */
  AAC(List.of("audio/aac", "audio/x-aac", "audio/aacp"), List.of("aac")),
  /** G.711 μ-law, 8 kHz, without a head. */
  ULAW(List.of("audio/basic"), List.of("ulaw", "ul")),
  /** G.711 A-law, 8 kHz, without a head. */
  ALAW(List.of("audio/x-alaw-basic"), List.of("alaw", "al"));

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> mediaTypes;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> extensions;

  AudioFormat(List<String> mediaTypes, List<String> extensions) {
    this.mediaTypes = mediaTypes;
    this.extensions = extensions;
  }

  /** Its media types, the usual one foremost, without parameters. */
  public List<String> mediaTypes() {
    return mediaTypes;
  }

  /** Its name in settings and queries: lower-case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can be made on this machine. */
  public boolean available() {
    return this != AAC || Ffmpeg.found();
  }

  /** The format of this {@link #id}, or whose files end so; upper case is as good as lower case. */
  public static Optional<AudioFormat> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.id().equals(wanted) || format.extensions.contains(wanted))
        .findFirst();
  }

  /** Those that can be made here, for messages: {@code wav, pcm, mp3}. */
  public static String availableNames() {
    return Arrays.stream(values())
        .filter(AudioFormat::available)
        .map(AudioFormat::id)
        .collect(Collectors.joining(", "));
  }

  /**
   * Does nothing if this format can be made here.
   *
   * @throws UnsupportedAudioException names those that can
   */
  public void requireAvailable() {
    if (!available()) {
      throw new UnsupportedAudioException(
          id()
              + " cannot be made here, since there is no ffmpeg: install it, or use one of "
              + availableNames());
    }
  }
}
