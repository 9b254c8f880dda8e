package io.voicebus.tts.sound;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * Reads sound of unknown form: the first bytes tell whether it is a WAV file or bare 16-bit
 * samples, whatever the service called it. Compressed sound and text, which would be heard as
 * noise, are refused. NOT thread-safe.
 */
public final class SpokenAudio {
  /** What playback takes. */
  private static final int LEAST_RATE_HZ = 8_000;

  private static final int MOST_RATE_HZ = 48_000;

  /** By which all but MPEG's frames are known. */
  private static final int FIRST_BYTES = 12;

  /** The first bytes of all that is looked for; a file of MP4 begins with a small size. */
  private static final String BEGINNINGS = "RIOf{[< \t\r\n\0\032\377";

  /** Before and after a text: those that {@link #BEGINNINGS} has. */
  private static final Pattern BLANKS = Pattern.compile("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$");

  private static final byte[] NOTHING = {};

  /** The sound cannot be played; the message says why. */
  public static final class Unplayable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unplayable(String what) {
      super(what);
    }
  }

  private final IntConsumer rate;
  private final Consumer<byte[]> samples;
  private final WavReader wav = new WavReader(this::wavSamples);
  private byte[] first = NOTHING;
  private byte[] odd = NOTHING;
  private boolean known;
  private boolean isWav;
  private int bareRateHz;
  private int toldRateHz;

  /**
   * Starts an answer.
   *
   * @param bareRateHz rate of samples without a header
   * @param rate receives the rate before the first samples, and when it changes
   * @param samples receives whole 16-bit little-endian mono samples
   */
  public SpokenAudio(int bareRateHz, IntConsumer rate, Consumer<byte[]> samples) {
    this.bareRateHz = bareRateHz;
    this.rate = rate;
    this.samples = samples;
  }

  /**
   * Sets the rate of samples without a header, which an HTTP header told. Call it before the first
   * byte.
   */
  public void bareRate(int hz) {
    bareRateHz = hz;
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes not changed afterwards, since they may be passed on as they are
   * @throws Unplayable if they are no sound that can be played
   */
  public void feed(byte[] bytes) {
    feed(bytes, bytes.length, true);
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes of which the first {@code length} count; the caller may overwrite them afterwards
   * @throws Unplayable if they are no sound that can be played
   */
  public void feed(byte[] bytes, int length) {
    feed(bytes, length, false);
  }

  private void feed(byte[] bytes, int length, boolean handedOver) {
    if (known) {
      pass(bytes, length, handedOver);
      return;
    }
    byte[] all = Arrays.copyOf(first, first.length + length);
    System.arraycopy(bytes, 0, all, first.length, length);
    first = all;
    look(false);
  }

  private void look(boolean ended) {
    int length = first.length;
    if (length < FIRST_BYTES
        && !ended
        && (length == 0 || BEGINNINGS.indexOf(first[0] & 0xff) >= 0)) {
      return;
    }
    if (MpegFrame.startsIn(first) && length < MpegFrame.MOST_BYTES && !ended) {
      return; // by its second frame it is known
    }
    String other = other(ended);
    if (!other.isEmpty()) {
      throw new Unplayable(other);
    }
    known = true;
    isWav = starts("RIFF") || starts("RF64");
    byte[] all = first;
    first = NOTHING;
    if (!isWav) {
      tell(bareRateHz);
    }
    pass(all, all.length, true);
  }

  /** The name of what is no sound that can be played; empty if it is. */
  private String other(boolean ended) {
    if (starts("ID3") || MpegFrame.follows(first, ended)) {
      return "it is MP3 or AAC";
    }
    if (starts("OggS")) {
      return "it is Ogg, mostly Opus";
    }
    if (starts("fLaC")) {
      return "it is FLAC";
    }
    if (starts("\032E\337\243")) {
      return "it is WebM";
    }
    if (first.length >= 8 && first[0] == 0 && "ftyp".equals(latin(4, 8))) {
      return "it is MP4";
    }
    return !text()
        ? ""
        : beginning().startsWith("<") ? "it is text, a page" : "it is text, as JSON is";
  }

  private boolean starts(String mark) {
    return first.length >= mark.length() && latin(0, mark.length()).equals(mark);
  }

  private String latin(int from, int to) {
    return new String(first, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String beginning() {
    return BLANKS.matcher(latin(0, Math.min(FIRST_BYTES, first.length))).replaceAll("");
  }

  /** JSON or a page: as samples, that would begin with a bang. */
  private boolean text() {
    String begin = beginning();
    boolean printable = begin.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n');
    String small = begin.toLowerCase(Locale.ROOT);
    return printable
        && begin.length() > 1
        && (begin.startsWith("{") || begin.startsWith("[") || small.startsWith("<"));
  }

  private void pass(byte[] bytes, int length, boolean handedOver) {
    if (!isWav) {
      whole(bytes, length, handedOver);
      return;
    }
    try {
      wav.feed(bytes, length);
    } catch (Unplayable e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new Unplayable("it is WAV, but " + e.getMessage());
    }
  }

  private void wavSamples(byte[] mono) {
    tell(wav.sampleRateHz());
    whole(mono, mono.length, true);
  }

  /** Passes on whole samples; half a one waits for its other half. */
  private void whole(byte[] bytes, int length, boolean handedOver) {
    int even = (odd.length + length) & ~1;
    if (handedOver && odd.length == 0 && even == bytes.length) {
      if (even > 0) {
        samples.accept(bytes);
      }
      return;
    }
    byte[] whole = Arrays.copyOf(odd, even);
    int taken = Math.max(0, even - odd.length);
    System.arraycopy(bytes, 0, whole, even - taken, taken);
    byte[] rest = Arrays.copyOfRange(bytes, taken, length);
    odd = even == 0 && rest.length == 0 ? odd : rest;
    if (even > 0) {
      samples.accept(whole);
    }
  }

  private void tell(int hz) {
    if (hz < LEAST_RATE_HZ || hz > MOST_RATE_HZ) {
      throw new Unplayable(
          "its rate is " + hz + " Hz, not " + LEAST_RATE_HZ + " to " + MOST_RATE_HZ);
    }
    if (toldRateHz == 0) {
      toldRateHz = hz;
      rate.accept(hz);
    } else if (hz != toldRateHz) {
      throw new Unplayable("its rate changes from " + toldRateHz + " to " + hz + " Hz");
    }
  }

  /**
   * Ends the sound.
   *
   * @return whether it may end here
   * @throws Unplayable if it is no sound that can be played
   */
  public boolean end() {
    if (!known && first.length > 0) {
      look(true);
    }
    if (isWav) {
      wav.end();
      return wav.complete();
    }
    return true;
  }
}
