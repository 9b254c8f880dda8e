package io.voicebus.chunker;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what starts with {@code <} until it is known to be a tag, a comment, a link or text. What
 * follows a tag decides with it: {@code <b>bold} is formatted, "use the {@code <b>} tag" names an
 * element, and a name of no element is a placeholder, as in {@code <user>.txt}.
 */
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
    /** A tag that asks for a pause. */
    PAUSE,
    /** All up to {@link #terminator()} is not for the ear. */
    SILENT,
    /** The same, and the last code point is the tag's own. */
    COMMENT,
    /**
     * An address in angle brackets: {@link #inside()} is spoken; the last code point is its own.
     */
    LINK,
    /** A tag that is talked about, or a placeholder: {@link #inside()} is spoken. */
    NAME,
    /** Text, read again from {@link #held()}, with the last code point. */
    TEXT,
    /** Text, perhaps long: read again without looking for tags. */
    TEXT_ONLY
  }

  private enum Part {
    NAME,
    ATTRIBUTES,
    ADDRESS,
    /** After the closing bracket. */
    END,
    /** After the closing bracket and a space, of a tag that starts a line. */
    SPACE
  }

  /** Longest tag, in code points; longer ones are text. */
  private static final int MAX_TAG = 1_000;

  private static final int MAX_NAME = 32;

  /** The attributes of a tag, and the slash that closes it. */
  private static final Pattern ATTRIBUTES =
      Pattern.compile(
          """
          (?: \\s++
            (?: [\\w:@.-]++ \\s*+ = \\s*+
                (?: "[^"]*+"            # class="a"
                | '[^']*+'              # class='a'
                | [^\\s"'<>]++ )        # width=3
            | async | autoplay | checked | controls | defer | disabled | hidden | loop
            | muted | open | readonly | required | selected ) )*+
          \\s*+ /?                      # <br />
          """,
          Pattern.COMMENTS);

  /** The rest of a placeholder after its first word: {@code <your name here>}. */
  private static final Pattern PLACEHOLDER = Pattern.compile("(?:\\s+[\\p{L}\\p{N}_'’-]+){1,4}");

  private final HeldText held = new HeldText();
  private final StringBuilder name = new StringBuilder();
  private final Set<String> opened = new HashSet<>();
  private Part part = Part.NAME;
  private boolean closing;
  private int before;
  private boolean lineStart;
  private boolean textStart;
  private long spaceEnd;

  /**
   * Takes the opening bracket.
   *
   * @param before what stood before it
   * @param lineStart whether nothing is before it in its line
   * @param textStart whether nothing was spoken before it
   */
  void start(long end, int before, boolean lineStart, boolean textStart) {
    held.clear();
    held.add('<', end);
    name.setLength(0);
    part = Part.NAME;
    closing = false;
    this.before = before;
    this.lineStart = lineStart;
    this.textStart = textStart;
    spaceEnd = -1;
  }

  /** All that was read; valid once. */
  HeldText held() {
    return held.take();
  }

  /** What was read between the angle brackets; of an element only its name. Valid once. */
  HeldText inside() {
    HeldText all = held.take();
    int from = closing ? 2 : 1;
    boolean element = TagNames.isKnown(name.toString());
    return all.range(from, element ? from + name.length() : all.size() - 1);
  }

  /** What ends the silence that a tag began. */
  String terminator() {
    String tag = name.toString();
    return tag.equals("!--") ? "-->" : "</" + tag + ">";
  }

  /** Where the space ends that was read behind the tag, and is not part of it; or -1. */
  long spaceEnd() {
    return spaceEnd;
  }

  /** Whether the silence is a call of a tool. */
  boolean isCall() {
    return TagNames.isCall(name.toString());
  }

  /** Whether what follows is set above or below the line. */
  boolean opensScript() {
    return !closing && (isSuperscript() || "sub".contentEquals(name));
  }

  boolean isSuperscript() {
    return "sup".contentEquals(name);
  }

  /** Whether the silence is a model's reasoning. */
  boolean isThought() {
    return TagNames.isThought(name.toString());
  }

  /**
   * Takes a code point. Unless a result says otherwise, the last code point is not part of the tag,
   * and nor is the one before in a result after a space.
   */
  Result accept(int cp, long end) {
    if (part == Part.END || part == Part.SPACE) {
      return after(cp, end);
    }
    held.add(cp, end);
    if (held.size() > MAX_TAG) {
      return Result.TEXT_ONLY;
    }
    return switch (part) {
      case NAME -> inName(cp);
      case ADDRESS ->
          cp == '>' ? Result.LINK : cp == '<' || Marks.isSpace(cp) ? Result.TEXT : Result.READING;
      default -> cp == '>' ? tag() : cp == '<' ? Result.TEXT : Result.READING;
    };
  }

  /** What was read, if nothing follows in this line. */
  Result end() {
    return part == Part.END || part == Part.SPACE ? after('\n', -1) : Result.TEXT_ONLY;
  }

  private Result inName(int cp) {
    int at = held.size() - 2;
    if (at == 0 && cp == '/') {
      closing = true;
      return Result.READING;
    }
    boolean word = cp < 0x7F && (Character.isLetterOrDigit(cp) || cp == '-' || cp == '_');
    if (word || (at == 0 && cp == '!')) {
      name.append((char) Character.toLowerCase(cp));
      boolean letter = name.charAt(0) == '!' || Character.isLetter(name.charAt(0));
      if ("!--".contentEquals(name)) {
        return Result.COMMENT;
      }
      return letter && name.length() <= MAX_NAME ? Result.READING : Result.TEXT;
    }
    if (name.isEmpty()) {
      return Result.TEXT;
    }
    if (cp == '>') {
      return tag();
    }
    if (!closing && (cp == ':' || cp == '@' || cp == '.')) {
      part = Part.ADDRESS;
      return Result.READING;
    }
    boolean call = cp == '=' && name.toString().equals("function");
    boolean goesOn = cp == '/' || Marks.isSpace(cp) || call;
    part = goesOn ? Part.ATTRIBUTES : part;
    return goesOn ? Result.READING : Result.TEXT;
  }

  /** The closing bracket has come. */
  private Result tag() {
    String tag = name.toString();
    String rest = held.toString().substring(name.length() + (closing ? 2 : 1), held.size() - 1);
    boolean known = TagNames.isKnown(tag) || TagNames.isSound(tag);
    boolean afterWord = Character.isLetterOrDigit(before);
    boolean placeholder = !closing && !known && PLACEHOLDER.matcher(rest).matches();
    boolean attributes = rest.startsWith("=") || ATTRIBUTES.matcher(rest).matches();
    if ((!attributes && !placeholder) || (!known && !closing && afterWord && !rest.contains("="))) {
      return Result.TEXT; // "List<String>", "a <b and c> d"
    }
    part = Part.END;
    return Result.READING;
  }

  /** Decides by what follows the tag; {@code next} is a line feed at the line's end. */
  private Result after(int next, long end) {
    String tag = name.toString().toLowerCase(Locale.ROOT);
    boolean bare = held.size() == name.length() + (closing ? 3 : 2);
    if (part == Part.SPACE) {
      return Marks.isLower(next) ? Result.NAME : tag.equals("br") ? Result.LINE : Result.SILENT;
    }
    if (tag.startsWith("!")) {
      return Result.INLINE; // a declaration, as of the document's type
    }
    if (!TagNames.isKnown(tag)) {
      return unknown(tag, next, bare);
    }
    boolean silent = TagNames.isSilent(tag) && !closing;
    boolean lineEnd = tag.equals("br");
    boolean called = silent && TagNames.isCall(tag) && next == '\n';
    boolean apart = isApart(next) && !called;
    boolean tagged = bare || TagNames.isBlock(tag);
    boolean named = tagged && !lineEnd && !lineStart && apart && opensAfter(before);
    boolean late = TagNames.isThought(tag) && !textStart && isApart(next);
    boolean perhaps = lineEnd ? opensAfter(before) && !lineStart : silent && lineStart;
    if (perhaps && bare && next == ' ') {
      part = Part.SPACE;
      spaceEnd = end;
      return Result.READING;
    }
    if ((named || (silent && late)) && !(closing && opened.contains(tag))) {
      return Result.NAME;
    }
    if (silent || lineEnd) {
      return silent ? Result.SILENT : Result.LINE;
    }
    if (!closing) {
      opened.add(tag);
    }
    return TagNames.isPause(tag)
        ? Result.PAUSE
        : TagNames.isBlock(tag) ? Result.BLOCK : Result.INLINE;
  }

  private Result unknown(String tag, int next, boolean bare) {
    String rest = held.toString().substring(1 + name.length(), held.size() - 1);
    boolean words = !bare && PLACEHOLDER.matcher(rest).matches();
    boolean touches = Marks.isOrdinary(next) || (lineStart && next == '\n');
    boolean dropped = closing || TagNames.isSound(tag) || (!bare && !words) || (touches && !words);
    return dropped ? Result.INLINE : Result.NAME;
  }

  private static boolean isApart(int next) {
    return !Marks.isOrdinary(next) && "<([{$#@&*_`\\".indexOf(next) < 0;
  }

  private static boolean opensAfter(int before) {
    return Marks.isSpace(before) || Marks.isOpener(before);
  }
}
