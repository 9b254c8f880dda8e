package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds calls of tools that a model writes as bare text, since no server has parsed them: JSON that
 * fills a line or more, {@code [TOOL_CALLS]} and {@code functions.name:0}. They go on as a block of
 * code, which is not spoken, and are told of; so does other JSON over several lines. JSON within a
 * line is text, and within a block it is code already. Goes before a filter of Markdown. Not
 * thread-safe.
 */
final class ToolCalls implements TextFilter {
  private enum Mode {
    /** Nothing but spaces was in the line. */
    LINE_START,
    TEXT,
    /** What may be a call is held. */
    HELD,
    /** A call goes on to the end of its line. */
    LINE,
    /** JSON that is too long to be held goes on as code. */
    CODE
  }

  /** Longer JSON is not held, in code points. */
  private static final int MAX_CALL = 4_000;

  /** A longer object without another one in it is text, in code points. */
  private static final int MAX_FLAT = 400;

  /** With another first key, JSON is no call. */
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "tool",
          "tool_name",
          "function",
          "function_name",
          "function_call",
          "type",
          "id",
          "tool_calls",
          "tool_uses",
          "recipient_name",
          "action",
          "arguments",
          "parameters");

  private static final String MARK = "[TOOL_CALLS]";

  /**
   * {@code [TOOL_CALLS][{…}]}, {@code [TOOL_CALLS]get_weather{…}}, {@code [TOOL_CALLS]f[ARGS]{…}}.
   */
  private static final Pattern MARKED =
      Pattern.compile("\\[TOOL_CALLS]\\s{0,3}+(?:[\\w.-]{1,60}+)?+(?:\\[ARGS])?+[\\[{]");

  private static final Pattern CALL =
      Pattern.compile(
          """
          "(?:name|tool|tool_name|function|function_name|recipient_name|action)" \\s*+ : \\s*+
              "[\\w./:-]{1,80}+"                       # "name": "get_weather"
          | "(?:tool_calls|tool_uses)" \\s*+ : \\s*+ \\[  # "tool_calls": [
          | "function(?:_call)?" \\s*+ : \\s*+ \\{        # "function": {
          """,
          Pattern.COMMENTS);

  private static final Pattern ARGUMENTS =
      Pattern.compile(
          """
          "(?:arguments|parameters|args|kwargs|input|tool_input|action_input)" \\s*+ : \\s*+
              (?: [{\\[]                               # "arguments": {"city": "Ulm"}
              | " \\s*+ \\{ )                          # "arguments": "{\\"city\\": \\"Ulm\\"}"
          | "(?:tool|tool_name)" \\s*+ : \\s*+ " [^"]{1,80}+ " \\s*+ ,  # "tool": "search", "query": …
          | "(?:tool_calls|tool_uses)" \\s*+ :         # "tool_calls": […]
          """,
          Pattern.COMMENTS);

  /** {@code functions.get_weather:0 {"city": "Ulm"}}, or its beginning. */
  private static final Pattern FUNCTIONS =
      Pattern.compile("functions\\.[\\w.-]{1,60}+:\\d{1,4}+\\s{0,3}+\\{");

  private final TextFilter next;
  private final HeldText held = new HeldText();
  private final StringBuilder text = new StringBuilder();
  private final List<UnspokenText> unspoken = new ArrayList<>();
  private Mode mode = Mode.LINE_START;
  private boolean atLineStart;
  private int before = ' ';
  private int fence;
  private int run;
  private int depth;
  private boolean quoted;
  private boolean escaped;
  private boolean keyed;
  private int keyStart;

  /** Whether the first key of an object has come with its colon. */
  private boolean paired;

  /** The bracket that was opened last. */
  private int opener;

  private boolean nested;
  private long codeStart;

  ToolCalls(TextFilter next) {
    this.next = next;
  }

  @Override
  public void accept(int cp, long end) {
    switch (mode) {
      case LINE_START -> lineStart(cp, end);
      case TEXT -> text(cp, end);
      case HELD -> held(cp, end);
      case LINE -> {
        if (cp == '\n') {
          drop();
          pass(cp, end);
        } else {
          held.add(cp, end);
        }
      }
      case CODE -> code(cp, end);
    }
  }

  private void lineStart(int cp, long end) {
    if (cp == '`' || cp == '~') {
      run = cp == before ? run + 1 : 1;
      if (run == 3) {
        fence = fence == 0 ? cp : fence == cp ? 0 : fence;
        mode = Mode.TEXT;
      }
    } else if (fence == 0 && (cp == '{' || cp == '[' || cp == 'f')) {
      hold(cp, end, true);
      return;
    } else if (!Marks.isSpace(cp)) {
      mode = Mode.TEXT;
    }
    pass(cp, end);
  }

  private void text(int cp, long end) {
    if (cp == '[' && fence == 0 && "`\"'“‘«".indexOf(before) < 0) {
      hold(cp, end, false);
    } else {
      pass(cp, end);
    }
  }

  private void pass(int cp, long end) {
    before = cp;
    if (cp == '\n') {
      mode = Mode.LINE_START;
      run = 0;
    }
    next.accept(cp, end);
  }

  private void hold(int cp, long end, boolean lineStart) {
    mode = Mode.HELD;
    atLineStart = lineStart;
    held.clear();
    text.setLength(0);
    depth = 0;
    quoted = false;
    escaped = false;
    keyed = false;
    keyStart = -1;
    paired = false;
    opener = 0;
    nested = false;
    held(cp, end);
  }

  private void held(int cp, long end) {
    boolean marked = text.length() > 1 && text.charAt(1) == 'T';
    if (cp == '\n' && (depth == 0 || marked)) {
      decide();
      pass(cp, end);
      return;
    }
    held.add(cp, end);
    text.appendCodePoint(cp);
    if (!isOpen(cp)) {
      if (isJson() && depth > 0 && held.size() > MAX_CALL) {
        begin();
      } else {
        release();
      }
    }
  }

  /** Whether what is held is JSON that nobody would read aloud. */
  private boolean isJson() {
    return paired && (nested || isSpread());
  }

  /** Whether what is held may still become a call. */
  private boolean isOpen(int cp) {
    int length = Math.min(MARK.length(), text.length());
    boolean mark = MARK.startsWith(text.substring(0, length));
    if (mark && text.length() > 1) {
      return marked();
    }
    if (mark && !atLineStart) {
      return true;
    }
    if (!atLineStart || held.size() > MAX_CALL) {
      return false;
    }
    if (text.charAt(0) == 'f' && depth == 0) {
      Matcher name = FUNCTIONS.matcher(text);
      boolean found = name.lookingAt();
      depth = found && name.end() == text.length() ? 1 : 0;
      keyed = true;
      paired = true;
      return depth > 0 || Marks.isSpace(cp) || (!found && name.hitEnd());
    }
    return json(cp) && (held.size() <= MAX_FLAT || !paired || isJson());
  }

  /** After the mark a call must follow; otherwise the text talks about the mark. */
  private boolean marked() {
    Matcher call = MARKED.matcher(text);
    if (call.lookingAt()) {
      mode = Mode.LINE;
      return true;
    }
    return call.hitEnd();
  }

  private boolean json(int cp) {
    if (quoted) {
      quoted = cp != '"' || escaped;
      escaped = cp == '\\' && !escaped;
      boolean first = !quoted && !keyed;
      keyed |= first;
      return !first || opener == '{' || isKnown() || isSpread();
    }
    switch (cp) {
      case '"' -> {
        quoted = true;
        escaped = false;
        keyStart = text.length();
      }
      case '{', '[' -> {
        depth++;
        opener = cp;
        nested |= depth > 1;
      }
      case '}', ']' -> depth--;
      default -> {
        paired |= cp == ':' && keyed && opener == '{';
        boolean between = Marks.isSpace(cp) || cp == ',' || cp == ';';
        return between || (depth > 0 && keyed && (paired || isKnown() || isSpread()));
      }
    }
    return depth >= 0;
  }

  /** Whether the first key is one of those that calls begin with. */
  private boolean isKnown() {
    int close = text.indexOf("\"", keyStart);
    return close > 0 && KEYS.contains(text.substring(keyStart, close));
  }

  /** Whether what is held goes over several lines. */
  private boolean isSpread() {
    return text.charAt(0) != 'f' && text.indexOf("\n") > 0;
  }

  private void decide() {
    boolean functions = text.charAt(0) == 'f' && depth == 0 && FUNCTIONS.matcher(text).lookingAt();
    boolean call = CALL.matcher(text).find() && (depth > 0 || ARGUMENTS.matcher(text).find());
    boolean shown = keyed && (depth == 0 ? isSpread() || isJson() : isJson());
    if (functions || shown || (keyed && call)) {
      drop();
    } else if (paired && text.charAt(0) == '{' && text.indexOf("`") < 0) {
      sayObject();
    } else {
      release();
    }
  }

  private void release() {
    mode = Mode.TEXT;
    HeldText words = held.take();
    for (int i = 0; i < words.size(); i++) {
      pass(words.codePoint(i), words.end(i));
    }
  }

  /** An object without another one in it is said as code within a line is. */
  private void sayObject() {
    HeldText object = held.take();
    write("`", object.end(0) - 1);
    for (int i = 0; i < object.size(); i++) {
      next.accept(object.codePoint(i), object.end(i));
    }
    write("`", object.end(object.size() - 1));
    mode = Mode.TEXT;
  }

  /** What is held, and what comes, is a block of code. */
  private void begin() {
    mode = Mode.CODE;
    HeldText json = held.take();
    codeStart = json.end(0) - 1;
    write("```\n", codeStart);
    for (int i = 0; i < json.size(); i++) {
      next.accept(json.codePoint(i), json.end(i));
    }
  }

  /** A block of code ends with the bracket that closes the first; else with the text. */
  private void code(int cp, long end) {
    next.accept(cp, end);
    if (quoted) {
      quoted = cp != '"' || escaped;
      escaped = cp == '\\' && !escaped;
      return;
    }
    quoted = cp == '"';
    depth += cp == '{' || cp == '[' ? 1 : cp == '}' || cp == ']' ? -1 : 0;
    if (depth == 0) {
      unspoken.add(new UnspokenText(codeStart, end, UnspokenText.Content.CODE));
      write("\n```", end);
      mode = Mode.TEXT;
    }
  }

  /** The call goes on as a block of code. */
  private void drop() {
    HeldText call = held.take();
    long start = call.end(0) - 1;
    long last = call.end(call.size() - 1);
    unspoken.add(new UnspokenText(start, last, UnspokenText.Content.CODE));
    write(atLineStart ? "```\n" : "\n```\n", start);
    for (int i = 0; i < call.size(); i++) {
      next.accept(call.codePoint(i), call.end(i));
    }
    write("\n```", last);
    mode = Mode.TEXT;
  }

  private void write(String marks, long at) {
    marks.chars().forEach(mark -> next.accept(mark, at));
  }

  @Override
  public void cut() {
    next.cut();
  }

  @Override
  public void flush() {
    if (mode == Mode.HELD) {
      decide();
    } else if (mode == Mode.LINE) {
      drop();
    }
    next.flush();
  }

  @Override
  public List<UnspokenText> unspoken() {
    return TextFilter.inOrder(next, unspoken);
  }
}
