package io.voicebus.chunker;

/**
 * Reads what starts with a bracket until it is known to be a link, an image, a footnote mark, a
 * definition of a link's target, or plain text in brackets.
 */
final class LinkReader {
  /** What the text read so far is. */
  enum Result {
    READING,
    /** A link or an image: {@link #label()} is spoken. */
    LINK,
    /** Not spoken at all. */
    DROPPED,
    /** Not spoken, nor is the rest of the line. */
    LINE_DROPPED,
    /** Not spoken, but the last code point, which was not a part of it. */
    DROPPED_BEFORE,
    /** Text in brackets: {@link #rest()} may hold links. */
    TEXT,
    /** Text after an unclosed bracket, perhaps long: no links are looked for in {@link #rest()}. */
    TEXT_ONLY
  }

  private enum Part {
    LABEL,
    AFTER_LABEL,
    TARGET,
    TITLE,
    REFERENCE,
    DEFINITION
  }

  /** Longest label, in code points; a longer text in brackets is no link. */
  private static final int MAX_LABEL = 1_000;

  /** Longest label with its target, in code points. */
  private static final int MAX_LINK = 5_000;

  private static final String SCHEME = "http";

  private final HeldText label = new HeldText();
  private final HeldText rest = new HeldText();
  private Part part = Part.LABEL;
  private boolean image;
  private boolean lineStart;

  /** Whether the bracket stands right behind a letter or a digit: "k[A][B]" has no link. */
  private boolean glued;

  private long start;
  private int depth;
  private int seen;

  void start(boolean image, boolean lineStart, boolean glued, long end) {
    this.glued = glued;
    this.image = image;
    this.lineStart = lineStart;
    start = end;
    part = Part.LABEL;
    depth = 1;
    seen = 0;
    label.clear();
    rest.clear();
  }

  boolean image() {
    return image;
  }

  /** Offset after the opening bracket. */
  long start() {
    return start;
  }

  /** The text between the brackets; valid once. */
  HeldText label() {
    return label.take();
  }

  /** All that was read after the opening bracket; valid once. */
  HeldText rest() {
    return rest.take();
  }

  Result accept(int cp, long end) {
    rest.add(cp, end);
    Result result =
        switch (part) {
          case LABEL -> inLabel(cp, end);
          case AFTER_LABEL -> afterLabel(cp);
          case TARGET -> inTarget(cp);
          case TITLE -> inTitle(cp);
          case REFERENCE -> cp == ']' ? Result.LINK : Result.READING;
          case DEFINITION -> inDefinition(cp);
        };
    boolean tooLong = label.size() > MAX_LABEL || rest.size() > MAX_LINK;
    return result == Result.READING && tooLong ? Result.TEXT_ONLY : result;
  }

  /** What was read, if nothing follows in this line. */
  Result end() {
    boolean labelOnly = part == Part.AFTER_LABEL && isDropped();
    return labelOnly ? Result.DROPPED : Result.TEXT_ONLY;
  }

  private Result inLabel(int cp, long end) {
    if (cp == '[') {
      depth++;
    } else if (cp == ']' && --depth == 0) {
      part = Part.AFTER_LABEL;
      return Result.READING;
    }
    label.add(cp, end);
    return Result.READING;
  }

  private Result afterLabel(int cp) {
    boolean link = cp == '(' && label.size() == 1; // "[x](https://example.com)" is no box
    if (isDropped() && !link) {
      return cp == ':' && lineStart ? Result.DROPPED : Result.DROPPED_BEFORE;
    }
    if (cp == '(') {
      part = Part.TARGET;
      depth = 1;
      return Result.READING;
    }
    if (cp == '[' && !isNumber() && !glued) {
      part = Part.REFERENCE;
      return Result.READING;
    }
    if (cp == ':' && lineStart) {
      part = Part.DEFINITION;
      return Result.READING;
    }
    return Result.TEXT;
  }

  /** A footnote mark, or the box of a task list. */
  private boolean isDropped() {
    if (label.size() == 0 || image) {
      return false;
    }
    int first = label.codePoint(0);
    boolean box = label.size() == 1 && lineStart && (Marks.isSpace(first) || (first | 32) == 'x');
    return box || (first == '^' && label.size() > 1);
  }

  private boolean isNumber() {
    return label.size() > 0 && label.toString().chars().allMatch(Character::isDigit);
  }

  private Result inTarget(int cp) {
    if (cp == '(') {
      depth++;
    } else if (cp == ')') {
      return --depth == 0 ? Result.LINK : Result.READING;
    } else if (Marks.isSpace(cp)) {
      part = Part.TITLE;
      seen = 0;
    }
    return Result.READING;
  }

  /** After a space only a quoted title may come; {@code seen} is its quotation mark. */
  private Result inTitle(int cp) {
    if (seen == 0) {
      if (cp == ')') {
        return Result.LINK;
      }
      if (Marks.isSpace(cp)) {
        return Result.READING;
      }
      seen = cp == '(' ? ')' : cp;
      return cp == '"' || cp == '\'' || cp == '(' ? Result.READING : Result.TEXT;
    }
    if (cp == seen) {
      seen = 0;
    }
    return Result.READING;
  }

  /** A colon and a web address: the target of links elsewhere in the text. */
  private Result inDefinition(int cp) {
    if (Marks.isSpace(cp) && seen == 0) {
      return Result.READING;
    }
    if (cp != SCHEME.charAt(seen)) {
      return Result.TEXT;
    }
    return ++seen == SCHEME.length() ? Result.LINE_DROPPED : Result.READING;
  }
}
