package io.voicebus.http;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.contract.AudioKept;
import io.voicebus.contract.WavHeader;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The audio of a turn that has ended, as a file of which everything is known: its length, its tag,
 * and which part of it a request gets (RFC 9110, sections 13 and 14).
 *
 * @param coding what the bytes are; plain samples, but for {@link #tag}
 * @param kept what there is
 * @param base the sample after the head
 */
record RecordedAudio(AudioCoding coding, AudioKept kept, long base) {
  private static final int BYTES_PER_SAMPLE = 2;

  /** Examples: {@code bytes=0-1}, {@code bytes=96044-}, {@code bytes=-500}; one range only. */
  private static final Pattern RANGE =
      Pattern.compile(
          "\\s*+bytes\\s*+=\\s*+(?<first>[0-9]{0,18}+)\\s*+-\\s*+(?<last>[0-9]{0,18}+)\\s*+");

  /**
   * A part of the file.
   *
   * @param first its first byte
   * @param length in bytes; 0 where the whole file is empty
   * @param partial whether it was asked for as a part
   */
  record Part(long first, long length, boolean partial) {}

  int rateHz() {
    return kept.rateHz() == 0 ? AudioCoding.EMPTY_RATE_HZ : kept.rateHz();
  }

  private int headBytes() {
    return coding.format() == AudioFormat.WAV ? WavHeader.BYTES : 0;
  }

  /** In bytes. */
  long length() {
    return headBytes() + BYTES_PER_SAMPLE * (kept.end() - base);
  }

  /**
   * The entity tag: strong where the bytes are the samples themselves, weak where they are encoded.
   */
  String tag() {
    String tag =
        "\""
            + coding.format().id()
            + "-"
            + coding.encodedRateHz(rateHz())
            + "-"
            + base
            + "-"
            + kept.end()
            + "\"";
    return coding.isPlain() ? tag : "W/" + tag;
  }

  /** Whether one of the tags of {@code If-None-Match} is this one's. */
  boolean isKnown(@Nullable String ifNoneMatch) {
    return ifNoneMatch != null && matches(ifNoneMatch.replace("W/", ""), tag().replace("W/", ""));
  }

  /** Whether {@code If-Match} asks for another file than this one. */
  boolean isAnother(@Nullable String ifMatch) {
    return ifMatch != null && (!coding.isPlain() || !matches(ifMatch, tag()));
  }

  private static boolean matches(String tags, String tag) {
    return tags.strip().equals("*")
        || Arrays.stream(tags.split(",", -1)).map(String::strip).anyMatch(tag::equals);
  }

  /**
   * What a request gets. Several ranges, and what is no range, are ignored, as may be (RFC 9110,
   * section 14.2); so is one whose {@code If-Range} is not this file's tag, and one for the rest of
   * a head, which may have begun as that of a stream.
   *
   * @throws ProblemException 416 where nothing of the range is there; 410 of a turn that was
   *     cancelled, since {@code curl -C -} takes a 416 for success
   */
  Part part(@Nullable String range, @Nullable String ifRange) {
    Part whole = new Part(0, length(), false);
    Matcher asked = RANGE.matcher(range == null ? "" : range);
    boolean applies = ifRange == null || ifRange.strip().equals(tag());
    if (!asked.matches() || !applies) {
      return whole;
    }
    String first = asked.group("first");
    String last = asked.group("last");
    if (first.isEmpty()) {
      return last.isEmpty() ? whole : suffix(Long.parseLong(last));
    }
    long from = Long.parseLong(first);
    if (last.isEmpty() && ifRange == null && from > 0 && from < headBytes()) {
      return whole;
    }
    long to = last.isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(last);
    if (to < from) {
      return whole;
    }
    if (from >= length()) {
      throw nothing();
    }
    return new Part(from, Math.min(to + 1, length()) - from, true);
  }

  private Part suffix(long bytes) {
    long some = Math.min(bytes, length());
    if (some == 0) {
      throw nothing();
    }
    return new Part(length() - some, some, true);
  }

  private ProblemException nothing() {
    if (kept.ending() == AudioKept.Ending.CANCELLED) {
      return TurnProblems.cancelled();
    }
    return new Problem(
            "range-not-satisfiable",
            "There is nothing left",
            416,
            "the turn has finished, and you have all of it")
        .withHeader("Content-Range", "bytes */" + length())
        .toException();
  }

  /** The header {@code Content-Range} of a part. */
  String contentRange(Part part) {
    long last = part.first() + part.length() - 1;
    return "bytes " + part.first() + "-" + last + "/" + length();
  }

  /** What of a part is in the head. */
  byte[] head(Part part) {
    if (part.first() >= headBytes()) {
      return new byte[0];
    }
    byte[] head = WavHeader.exact(rateHz(), length() - headBytes());
    int from = (int) part.first();
    return Arrays.copyOfRange(head, from, (int) Math.min(head.length, from + part.length()));
  }

  /** The first sample that a part needs; it may need only the sample's second byte. */
  long firstSample(Part part) {
    return base + Math.max(0, part.first() - headBytes()) / BYTES_PER_SAMPLE;
  }

  /** How many bytes of that sample are not in the part. */
  int skippedBytes(Part part) {
    return (int) (Math.max(0, part.first() - headBytes()) % BYTES_PER_SAMPLE);
  }
}
