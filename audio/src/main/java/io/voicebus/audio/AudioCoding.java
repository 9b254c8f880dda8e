package io.voicebus.audio;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a listener wants the samples: format, rate and bit rate. A coding that exists can be made on
 * this machine.
 *
 * @param format of the bytes
 * @param rateHz of the samples that are encoded; {@link #OWN_RATE} for the turn's own, or the next
 *     one that the format knows
 * @param kbps kilobits a second, for formats that lose something; {@link #USUAL} for what is good
 *     for speech
 */
public record AudioCoding(AudioFormat format, int rateHz, int kbps) {
  /** The turn's own rate, as far as the format knows it. */
  public static final int OWN_RATE = 0;

  /** What is good for speech. */
  public static final int USUAL = 0;

  /** The lowest rate that can be asked for. */
  public static final int MIN_RATE_HZ = 8_000;

  /** The highest rate that can be asked for. */
  public static final int MAX_RATE_HZ = 48_000;

  /** A turn without samples has this rate. */
  public static final int EMPTY_RATE_HZ = 24_000;

  /** OpenAI's {@code pcm} does not tell its rate: clients know that it is this one. */
  private static final int OPENAI_PCM_HZ = 24_000;

  private static final int G711_HZ = 8_000;

  /** RFC 6716, section 2: what an encoder takes. */
  private static final int[] OPUS_HZ = {8_000, 12_000, 16_000, 24_000, 48_000};

  /** MPEG-1 and MPEG-2. (Not 2.5, below 16 kHz: browsers and players differ on it.) */
  private static final int[] MPEG_HZ = {16_000, 22_050, 24_000, 32_000, 44_100, 48_000};

  /** ISO/IEC 13818-3: rates below 32 kHz. */
  private static final int[] MPEG_2_KBPS = {
    8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };

  /** ISO/IEC 11172-3: rates from 32 kHz. */
  private static final int[] MPEG_1_KBPS = {
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };

  private static final int MPEG_1_HZ = 32_000;

  /** Examples: {@code mp3_44100_128}, {@code pcm_16000}, {@code opus_48000_32}. */
  private static final Pattern ELEVENLABS =
      Pattern.compile(
          "(?<format>mp3|pcm|opus|ulaw|alaw|wav)_(?<rate>[0-9]{4,5})(?:_(?<kbps>[0-9]{2,3}))?");

  /**
   * A coding.
   *
   * @throws UnsupportedAudioException it cannot be made; says what can
   */
  public AudioCoding {
    format.requireAvailable();
    if (rateHz != OWN_RATE) {
      requireRate(format, rateHz);
    }
    if (kbps != USUAL) {
      requireKbps(format, rateHz, kbps);
    }
  }

  /** In the turn's own rate, as far as the format knows it. */
  public static AudioCoding of(AudioFormat format) {
    return new AudioCoding(format, OWN_RATE, USUAL);
  }

  /**
   * The coding of this name; {@link AudioFormat#named}.
   *
   * @throws UnsupportedAudioException there is none; names those that there are
   */
  public static AudioCoding of(String name) {
    return of(
        AudioFormat.named(name).orElseThrow(() -> unknown(name, AudioFormat.availableNames())));
  }

  /**
   * OpenAI's {@code response_format}: {@code mp3}, {@code opus}, {@code aac}, {@code flac}, {@code
   * wav}, or {@code pcm}, which is always 24 kHz.
   *
   * @throws UnsupportedAudioException there is none; names those that there are
   */
  public static AudioCoding openAi(String responseFormat) {
    return openAi(responseFormat, "pcm");
  }

  /**
   * The same for chats, which call samples alone {@code pcm16}.
   *
   * @throws UnsupportedAudioException there is none; names those that there are
   */
  public static AudioCoding openAiChat(String format) {
    return openAi(format, "pcm16");
  }

  private static AudioCoding openAi(String format, String samples) {
    if (format.equals(samples) || format.equals("pcm")) {
      return new AudioCoding(AudioFormat.PCM, OPENAI_PCM_HZ, USUAL);
    }
    return switch (format) {
      case "mp3", "opus", "aac", "flac", "wav" -> of(format);
      default ->
          throw unknown(
              format,
              (AudioFormat.AAC.available()
                      ? "mp3, opus, aac, flac, wav, "
                      : "mp3, opus, flac, wav, ")
                  + samples);
    };
  }

  /**
   * ElevenLabs' {@code output_format}: {@code pcm_24000}, {@code wav_24000}, {@code mp3_44100_128},
   * {@code opus_48000_32}, {@code ulaw_8000}, {@code alaw_8000} and their like.
   *
   * @throws UnsupportedAudioException there is none; says which there are
   */
  public static AudioCoding elevenLabs(String outputFormat) {
    Matcher name = ELEVENLABS.matcher(outputFormat);
    if (!name.matches()) {
      throw unknown(
          outputFormat,
          "pcm_16000, pcm_22050, pcm_24000, pcm_44100, wav_24000, mp3_22050_32, mp3_44100_64,"
              + " mp3_44100_128, opus_48000_32, ulaw_8000, alaw_8000");
    }
    String kbps = name.group("kbps");
    return new AudioCoding(
        AudioFormat.valueOf(name.group("format").toUpperCase(Locale.ROOT)),
        Integer.parseInt(name.group("rate")),
        kbps == null ? USUAL : Integer.parseInt(kbps));
  }

  /**
   * The same in another rate.
   *
   * @throws UnsupportedAudioException the format does not know it
   */
  public AudioCoding withRate(int newRateHz) {
    return new AudioCoding(format, newRateHz, kbps);
  }

  private static UnsupportedAudioException unknown(String name, String those) {
    String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
    return new UnsupportedAudioException(
        "there is no audio format '" + shown + "'; use one of " + those);
  }

  private static void requireRate(AudioFormat format, int rateHz) {
    switch (format) {
      case WAV, PCM, FLAC -> {
        if (rateHz < MIN_RATE_HZ || rateHz > MAX_RATE_HZ) {
          throw new UnsupportedAudioException(
              "a rate must be from " + MIN_RATE_HZ + " to " + MAX_RATE_HZ + " Hz, not " + rateHz);
        }
      }
      case MP3, AAC -> requireOneOf(format, "Hz", rateHz, MPEG_HZ);
      case OPUS -> requireOneOf(format, "Hz", rateHz, OPUS_HZ);
      case ULAW, ALAW -> requireOneOf(format, "Hz", rateHz, new int[] {G711_HZ});
    }
  }

  private static void requireKbps(AudioFormat format, int rateHz, int kbps) {
    switch (format) {
      case MP3 ->
          requireOneOf(format, "kbit/s", kbps, rateHz < MPEG_1_HZ ? MPEG_2_KBPS : MPEG_1_KBPS);
      case OPUS, AAC -> {
        if (kbps < 8 || kbps > 256) {
          throw new UnsupportedAudioException(
              "a bit rate of " + format.id() + " must be from 8 to 256 kbit/s, not " + kbps);
        }
      }
      default -> throw new UnsupportedAudioException(format.id() + " has no bit rate to choose");
    }
  }

  private static void requireOneOf(AudioFormat format, String unit, int value, int[] values) {
    if (Arrays.stream(values).noneMatch(one -> one == value)) {
      throw new UnsupportedAudioException(
          format.id() + " knows " + Arrays.toString(values) + " " + unit + ", not " + value);
    }
  }

  /**
   * The rate of the samples that are encoded of a turn. (What a decoder makes of Opus is always 48
   * kHz.)
   */
  public int encodedRateHz(int turnRateHz) {
    if (rateHz != OWN_RATE) {
      return rateHz;
    }
    return switch (format) {
      case WAV, PCM, FLAC -> turnRateHz;
      case MP3, AAC -> next(MPEG_HZ, turnRateHz);
      case OPUS -> next(OPUS_HZ, turnRateHz);
      case ULAW, ALAW -> G711_HZ;
    };
  }

  private static int next(int[] rates, int atLeastHz) {
    return Arrays.stream(rates)
        .filter(rate -> rate >= atLeastHz)
        .findFirst()
        .orElse(rates[rates.length - 1]);
  }

  /** Whether the bytes are the turn's samples as they are, perhaps behind a head. */
  public boolean isPlain() {
    return rateHz == OWN_RATE && (format == AudioFormat.PCM || format == AudioFormat.WAV);
  }

  /**
   * The content type of a turn in this coding.
   *
   * @param turnRateHz the rate of the turn's own samples
   */
  public String contentType(int turnRateHz) {
    String type = format.mediaTypes().get(0);
    return format == AudioFormat.PCM
        ? type + ";rate=" + encodedRateHz(turnRateHz) + ";channels=1;bits=16"
        : type;
  }

  /** Encodes one turn; to be closed. */
  public AudioEncoder encoder() {
    return new AudioEncoder(this);
  }
}
