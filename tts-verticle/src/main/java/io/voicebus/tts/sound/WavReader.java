package io.voicebus.tts.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The samples out of WAV files as they come, wherever they were cut, as 16-bit mono. A server that
 * streams a file does not know its length, and writes some large number or 0; others write the true
 * one, and may have chunks after the samples, which sound like a click. Some write a second head at
 * the end, when they know the length, and some a whole file for each sentence. NOT thread-safe.
 */
final class WavReader {
  /** What may come before the samples: pictures are not wanted. */
  static final int MAX_HEADER_BYTES = 1 << 20;

  /** Lengths from here on are no lengths; the least that was seen is 2,000,000,000. */
  private static final long ENDLESS = 1_900_000_000L;

  /** Chunks that were seen after the samples; what looks like one there is not heard. */
  private static final Set<Integer> TRAILERS =
      Set.of(
          id("LIST"),
          id("id3 "),
          id("ID3 "),
          id("C2PA"),
          id("bext"),
          id("iXML"),
          id("cue "),
          id("smpl"),
          id("fact"),
          id("JUNK"),
          id("PEAK"),
          id("DISP"),
          id("afsp"),
          id("inst"),
          id("acid"),
          id("LGWV"),
          id("axml"),
          id("chna"));

  /** The longest such chunk; a larger size is none. */
  private static final int MAX_TRAILER_BYTES = 1 << 24;

  /** By which the beginning of a chunk or of a file is known. */
  private static final int MARK_BYTES = 12;

  private static final byte[] NOTHING = {};

  private enum State {
    RIFF,
    CHUNK,
    SKIP,
    DATA,
    TO_THE_END
  }

  private final Consumer<byte[]> samples;
  private State state = State.RIFF;
  private byte[] rest = NOTHING;
  private WavFormat format = new WavFormat(0, 0, 0, 0);
  private long left;
  private long padding;
  private long headerBytes;
  private boolean sampled;
  private boolean trailing;

  /**
   * A reader at the start of a file.
   *
   * @param samples takes 16-bit little-endian mono samples, cut anywhere
   */
  WavReader(Consumer<byte[]> samples) {
    this.samples = samples;
  }

  /** The sample rate of the next samples in Hz; 0 until it is known. */
  int sampleRateHz() {
    return format.sampleRateHz();
  }

  /**
   * The next bytes.
   *
   * @param bytes of which the first {@code length} are meant; not kept
   * @throws IllegalArgumentException with what is wrong, if this is no WAV file, or one that cannot
   *     be read
   */
  void feed(byte[] bytes, int length) {
    if (rest.length > 0) {
      byte[] all = Arrays.copyOf(rest, rest.length + length);
      System.arraycopy(bytes, 0, all, rest.length, length);
      read(all, all.length);
    } else {
      read(bytes, length);
    }
  }

  private void read(byte[] bytes, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    boolean more = true;
    while (more) {
      more =
          switch (state) {
            case RIFF -> riff(in);
            case CHUNK -> chunk(in);
            case SKIP -> skip(in);
            case DATA -> data(in);
            case TO_THE_END -> dataToTheEnd(in);
          };
    }
    rest = in.hasRemaining() ? Arrays.copyOfRange(bytes, in.position(), in.limit()) : NOTHING;
  }

  private boolean riff(ByteBuffer in) {
    if (in.remaining() >= 4 && !isRiff(in.getInt(in.position()))) {
      throw new IllegalArgumentException("it is no WAV file");
    }
    if (in.remaining() < MARK_BYTES) {
      return false;
    }
    if (in.getInt(in.position() + 8) != id("WAVE")) {
      throw new IllegalArgumentException("it is no WAV file");
    }
    in.position(in.position() + MARK_BYTES);
    state = State.CHUNK;
    trailing = sampled;
    return true;
  }

  private static boolean printable(int id) {
    for (int i = 0; i < 4; i++) {
      int letter = (id >> (8 * i)) & 0xff;
      if (letter < ' ' || letter > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isRiff(int id) {
    return id == id("RIFF") || id == id("RF64");
  }

  private boolean chunk(ByteBuffer in) {
    if (in.remaining() < 8) {
      return false;
    }
    int id = in.getInt(in.position());
    long size = Integer.toUnsignedLong(in.getInt(in.position() + 4));
    if (isRiff(id) && sampled) {
      state = State.RIFF; // another file
      return true;
    }
    if (id == id("data")) {
      if (format.sampleRateHz() == 0) {
        throw new IllegalArgumentException("its format is not told before its samples");
      }
      in.position(in.position() + 8);
      left = size;
      padding = size & 1;
      state = size == 0 || size > ENDLESS ? State.TO_THE_END : State.DATA;
      return true;
    }
    if (sampled && !printable(id)) { // the size was that of the first sentence
      state = State.TO_THE_END;
      return true;
    }
    if (!sampled && headerBytes + 8 + size > MAX_HEADER_BYTES) {
      throw new IllegalArgumentException("its samples do not begin");
    }
    if (id == id("fmt ")) {
      if (in.remaining() < 8 + size) {
        return false; // it is looked at again, and counts once
      }
      format = WavFormat.of(in.slice(in.position() + 8, (int) size));
    }
    headerBytes += 8 + size + (size & 1);
    in.position(in.position() + 8);
    left = size + (size & 1);
    state = State.SKIP;
    return true;
  }

  private boolean skip(ByteBuffer in) {
    int skipped = (int) Math.min(left, in.remaining());
    in.position(in.position() + skipped);
    left -= skipped;
    if (left == 0) {
      state = State.CHUNK;
    }
    return left == 0;
  }

  /** Samples of which it is known how many they are. */
  private boolean data(ByteBuffer in) {
    int most = (int) Math.min(left, in.remaining());
    int taken = most == left ? most : whole(most);
    emit(in, taken);
    left -= taken;
    if (left > 0) {
      return false;
    }
    left = padding;
    state = State.SKIP;
    return true;
  }

  /** Samples to the end of all, or to something that is none. */
  private boolean dataToTheEnd(ByteBuffer in) {
    int mark = in.position();
    while (mark < in.limit() && !maybeMark(in, mark)) {
      mark++;
    }
    boolean found = mark + MARK_BYTES <= in.limit();
    emit(in, found ? mark - in.position() : whole(mark - in.position()));
    if (found) {
      state = State.CHUNK;
      return true;
    }
    return false;
  }

  /** Whether something begins here that is not sound, as far as can be seen. */
  private static boolean maybeMark(ByteBuffer in, int at) {
    int known = Math.min(MARK_BYTES, in.limit() - at);
    if (known < 4) {
      return startsLikeMark(in, at, known);
    }
    int id = in.getInt(at);
    if (isRiff(id)) {
      return known < MARK_BYTES || in.getInt(at + 8) == id("WAVE");
    }
    return TRAILERS.contains(id)
        && (known < 8 || Integer.compareUnsigned(in.getInt(at + 4), MAX_TRAILER_BYTES) < 0);
  }

  private static boolean startsLikeMark(ByteBuffer in, int at, int known) {
    int mask = (1 << (8 * known)) - 1;
    int start = 0;
    for (int i = known - 1; i >= 0; i--) {
      start = start << 8 | (in.get(at + i) & 0xff);
    }
    for (int trailer : TRAILERS) {
      if ((trailer & mask) == start) {
        return true;
      }
    }
    return (id("RIFF") & mask) == start || (id("RF64") & mask) == start;
  }

  /** Bytes of whole frames; those that need no change may be cut anywhere. */
  private int whole(int bytes) {
    return format.plain() ? bytes : bytes - bytes % format.frameBytes();
  }

  private void emit(ByteBuffer in, int bytes) {
    if (bytes > 0) {
      byte[] taken = new byte[bytes];
      in.get(taken);
      byte[] mono = format.mono(taken);
      sampled = true;
      trailing = false;
      if (mono.length > 0) {
        samples.accept(mono);
      }
    }
  }

  /** The file has ended; what looked like the beginning of something else was sound. */
  void end() {
    if (state == State.TO_THE_END && rest.length > 0) {
      ByteBuffer in = ByteBuffer.wrap(rest);
      rest = NOTHING;
      boolean mark = in.remaining() >= 8 && maybeMark(in.order(ByteOrder.LITTLE_ENDIAN), 0);
      emit(in, mark ? 0 : whole(in.remaining()));
    }
  }

  /** Whether the file may end here. */
  boolean complete() {
    return switch (state) {
      case TO_THE_END -> true;
      case DATA -> trailing || headCounted(); // trailing: a second head at the end
      case CHUNK, SKIP -> sampled || trailing;
      case RIFF -> sampled;
    };
  }

  /**
   * Some servers give the length of the file, or of all behind its first 8 bytes, as the sound's.
   */
  private boolean headCounted() {
    long head = MARK_BYTES + headerBytes + 8;
    return left == head || left == head - 8;
  }

  private static int id(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
