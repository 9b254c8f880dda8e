package io.voicebus.chunker;

import java.util.Locale;
import java.util.Set;

/** Reads what starts with {@code <} until it is known to be a tag, a comment, a link or text. */
final class TagReader {
  /** What the text read so far is. */
  enum Result {
    READING,
    /** A tag within a line, which is dropped. */
    INLINE,
    /** A tag that ends a line. */
    LINE,
    /** A tag that starts or ends a block. */
    BLOCK,
    /** All up to a closing mark is dropped: {@link #skip(int)}. */
    SKIP,
    /** An address in angle brackets: {@link #inside()} is spoken. */
    LINK,
    /** Text, read again from {@link #held()}. */
    TEXT,
    /** Text, perhaps long: read again without looking for tags. */
    TEXT_ONLY
  }

  /** Elements whose content is not for the ear; the first three hold a model's reasoning. */
  private static final Set<String> SILENT =
      Set.of("think", "thinking", "thought", "script", "style", "svg");

  private static final Set<String> BLOCKS =
      Set.of(
          "address article aside blockquote center dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead tr ul"
              .split(" ", -1));

  private static final Set<String> INLINES =
      Set.of(
          "a abbr b bdi bdo big cite code del dfn em font i img input ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr audio video source iframe button html head body"
              .split(" ", -1));

  /** Longest tag, in code points; longer ones are text. */
  private static final int MAX_TAG = 1_000;

  private static final int MAX_NAME = 32;

  private final HeldText held = new HeldText();
  private final StringBuilder name = new StringBuilder();
  private boolean closing;
  private boolean named;
  private boolean address;
  private boolean afterWord;
  private String terminator = "";
  private int matched;

  void start(long end, int before) {
    held.clear();
    held.add('<', end);
    name.setLength(0);
    closing = false;
    named = false;
    address = false;
    afterWord = Character.isLetterOrDigit(before);
  }

  /** All that was read; valid once. */
  HeldText held() {
    return held.take();
  }

  /** What was read between the angle brackets; valid once. */
  HeldText inside() {
    HeldText all = held.take();
    HeldText inside = new HeldText();
    for (int i = 1; i < all.size() - 1; i++) {
      inside.add(all.codePoint(i), all.end(i));
    }
    return inside;
  }

  Result accept(int cp, long end) {
    held.add(cp, end);
    if (held.size() > MAX_TAG) {
      return Result.TEXT_ONLY;
    }
    if (address) {
      return cp == '>'
          ? Result.LINK
          : cp == '<' || Marks.isSpace(cp) ? Result.TEXT : Result.READING;
    }
    if (named) {
      return cp == '>' ? tag() : Result.READING;
    }
    return inName(cp);
  }

  private Result inName(int cp) {
    int at = held.size() - 2;
    if (at == 0 && cp == '/') {
      closing = true;
      return Result.READING;
    }
    if (cp < 0x7F && (Character.isLetterOrDigit(cp) || cp == '-' || (at == 0 && cp == '!'))) {
      name.append((char) Character.toLowerCase(cp));
      boolean letter = name.charAt(0) == '!' || Character.isLetter(name.charAt(0));
      if ("!--".contentEquals(name)) {
        return skipTo("-->");
      }
      return letter && name.length() <= MAX_NAME ? Result.READING : Result.TEXT;
    }
    if (name.isEmpty()) {
      return Result.TEXT;
    }
    if (cp == '>') {
      return isKnown() || !afterWord ? tag() : Result.TEXT;
    }
    if (!closing && (cp == ':' || cp == '@' || cp == '.')) {
      address = true;
      return Result.READING;
    }
    named = isKnown() && (cp == '/' || Marks.isSpace(cp));
    return named ? Result.READING : Result.TEXT;
  }

  private boolean isKnown() {
    String tag = name.toString();
    return tag.equals("br")
        || SILENT.contains(tag)
        || BLOCKS.contains(tag)
        || INLINES.contains(tag);
  }

  private Result tag() {
    String tag = name.toString().toLowerCase(Locale.ROOT);
    if (SILENT.contains(tag) && !closing) {
      return skipTo("</" + tag + ">");
    }
    if (tag.equals("br")) {
      return Result.LINE;
    }
    return BLOCKS.contains(tag) || SILENT.contains(tag) ? Result.BLOCK : Result.INLINE;
  }

  private Result skipTo(String mark) {
    terminator = mark;
    matched = 0;
    return Result.SKIP;
  }

  /** Drops a code point; whether it was the last of those to drop. */
  boolean skip(int cp) {
    int lower = Character.toLowerCase(cp);
    if (lower == terminator.charAt(matched)) {
      matched++;
    } else if (lower != '-' || matched != 2) { // "--->" ends a comment too
      matched = lower == terminator.charAt(0) ? 1 : 0;
    }
    return matched == terminator.length();
  }
}
