package io.voicebus.gemini;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out calls of tools that a model writes into its text, and that its server has not parsed:
 * {@code <tool_call>{…}</tool_call>} and its like. A tag that is named in prose, or in quotes, is a
 * word: it is a call only if something follows that looks like one. A call that does not end is not
 * said either: {@link #hidden} tells that there was one.
 */
final class CallFilter {
  private static final Pattern OPENING =
      Pattern.compile(
          // <tool_call>{"name": …, <function_calls>\n<invoke …, <tool_call>get_weather\n<arg_key>…
          "<(?<name>tool_calls?|function_calls?|tool_use|tool_code|tool_responses?|tool_result"
              + "|minimax:tool_call|invoke)(?:\\s[^<>]{0,120})?>"
              + "(?=\\s{0,9}[{\\[<]|\\s{0,9}[A-Za-z_][\\w.-]{0,60}+\\s{0,9}[\\n<({])"
              // <function=get_weather>
              + "|<(?<equals>function)=[\\w.-]{1,60}+>"
              // <|tool_call|>, <|tool_calls_section_begin|>, <|python_tag|>
              + "|<\\|(?<bar>tool_calls?|tool_calls_section_begin|tool_call_begin|python_tag)\\|>"
              // <｜tool▁calls▁begin｜>
              + "|(?<wide><｜tool▁calls▁begin｜>)"
              // <|tool_call>call:…
              + "|(?<half><\\|tool_call>)"
              // [TOOL_CALLS][{…}]
              + "|(?<bracket>\\[TOOL_CALLS])",
          Pattern.CASE_INSENSITIVE);

  /** No opening with what must follow it, and no closing tag, is longer. */
  private static final int LONGEST_TAG = 256;

  private static final String QUOTES = "`'\"“‘«";

  private final StringBuilder held = new StringBuilder();
  private char before = ' ';
  private boolean calling;
  private Pattern closing = OPENING;
  private boolean hidden;

  /** What of the text is to be said; the rest is a call, or is held back. */
  String accept(String text) {
    if (!calling && held.isEmpty() && text.indexOf('<') < 0 && text.indexOf('[') < 0) {
      if (!text.isEmpty()) {
        before = text.charAt(text.length() - 1);
      }
      return text;
    }
    held.append(text);
    return take(false);
  }

  /** The answer has ended: what is held back was no call. */
  String rest() {
    return take(true);
  }

  /** Whether any call has been left out. */
  boolean hidden() {
    return hidden;
  }

  private String take(boolean ended) {
    StringBuilder said = new StringBuilder();
    boolean more = true;
    while (more && !held.isEmpty()) {
      more = calling ? closes() : opens(said, ended);
    }
    if (!said.isEmpty()) {
      before = said.charAt(said.length() - 1);
    }
    return said.toString();
  }

  /** Says what comes before an opening tag; whether there is more to look at. */
  private boolean opens(StringBuilder said, boolean ended) {
    int at = 0;
    while (at < held.length()) {
      char c = held.charAt(at);
      char last = at == 0 ? before : held.charAt(at - 1);
      if ((c == '<' || c == '[') && QUOTES.indexOf(last) < 0) {
        Matcher opening = OPENING.matcher(held).region(at, held.length());
        boolean found = opening.lookingAt();
        if (found && (ended || !opening.hitEnd() || opening.end() < held.length())) {
          said.append(held, 0, at);
          closing = closingOf(opening);
          held.delete(0, opening.end());
          calling = true;
          hidden = true;
          return true;
        }
        if (!ended && opening.hitEnd() && held.length() - at <= LONGEST_TAG) {
          said.append(held, 0, at);
          held.delete(0, at);
          before = at == 0 ? before : last;
          return false;
        }
      }
      at++;
    }
    said.append(held);
    held.setLength(0);
    return false;
  }

  private boolean closes() {
    Matcher tag = closing.matcher(held);
    if (tag.find()) {
      held.delete(0, tag.end());
      calling = false;
      before = ' ';
      return true;
    }
    held.delete(0, Math.max(0, held.length() - LONGEST_TAG));
    return false;
  }

  private static Pattern closingOf(Matcher opening) {
    String tag;
    if (opening.group("name") != null) {
      tag = "</" + Pattern.quote(opening.group("name")) + "\\s{0,9}>";
    } else if (opening.group("equals") != null) {
      tag = "</function\\s{0,9}>";
    } else if (opening.group("bar") != null) {
      tag = "<\\|/?(?:end_)?tool_calls?(?:_section_end|_end)?\\|>|<\\|(?:eom_id|eot_id|im_end)\\|>";
    } else if (opening.group("wide") != null) {
      tag = "<｜tool▁calls▁end｜>";
    } else {
      tag = opening.group("half") != null ? "<tool_call\\|>" : "\\n";
    }
    return Pattern.compile(tag, Pattern.CASE_INSENSITIVE);
  }
}
