package io.voicebus.gemini;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out what a model thinks at the beginning of its answer, in any of the forms that models
 * are known to use, however it is cut. Anywhere else the same tags are words of the answer. What
 * might become an opening tag is held back until that is clear. Thought that does not end is never
 * said: {@link #hidden} tells that there was some.
 */
final class ThoughtFilter {
  /** The names of tags of thoughts, with what may come before the closing bracket. */
  private static final String NAMES =
      "think|thinking|thoughts?|thought_process|reason|reasoning|reflection|analysis|scratchpad"
          + "|seed:think|antthinking|antml:thinking";

  /** What opens thought; the group that matched says what closes it. */
  private static final Pattern OPENING =
      Pattern.compile(
          // <think>, <Thinking effort="low">
          ("<(?<name>" + NAMES + ")(?:\\s[^<>]{0,80})?>")
              // [THINK]
              + "|(?-i:\\[(?<bracketed>THINK|REASONING)])"
              // ◁think▷
              + "|(?<triangle>◁think▷)"
              // <|begin_of_thought|>, <|START_THINKING|>, <|think|>
              + "|<\\|(?:(?<begin>begin_of_thought)|(?<start>start_thinking)|(?<bar>think))\\|>"
              // <|channel>thought
              + "|(?<halfChannel><\\|channel>thought)"
              // <details type="reasoning" done="true">
              + "|(?<details><details\\s[^<>]{0,40}type=\"reasoning\"[^<>]{0,80}>)"
              // ```thinking
              + "|(?<fence>```(?:think|thinking|thought)[ \\t]{0,9}\\n)"
              // analysisThe user wants…: channels whose marks were lost on the way
              + "|(?<bare>analysis)(?=(?-i:\\p{Lu}))",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Closes thought whose opening tag was in the prompt. */
  private static final Pattern ANY_CLOSING =
      closing("</(?:" + NAMES + ")\\s{0,9}>|\\[/(?:think|thinking|reasoning)]|◁/think▷");

  /** No opening or closing tag is longer. */
  private static final int LONGEST_TAG = 160;

  private static final String QUOTES = "`'\"“”‘’«»„";

  private enum State {
    BEGINNING,
    THOUGHT,
    ANSWER
  }

  private State state;
  private Pattern closing = ANY_CLOSING;
  private final StringBuilder held = new StringBuilder();
  private boolean hidden;

  /**
   * A filter.
   *
   * @param thinking whether the answer begins in thought: some templates have the opening tag in
   *     the prompt, so that only the closing one comes
   */
  ThoughtFilter(boolean thinking) {
    this.state = thinking ? State.THOUGHT : State.BEGINNING;
  }

  /** What of the text is to be said; the rest was thought, or is held back. */
  String accept(String text) {
    if (state == State.ANSWER || text.isEmpty()) {
      return text;
    }
    held.append(text);
    boolean more = true;
    while (more) {
      more =
          switch (state) {
            case BEGINNING -> opens();
            case THOUGHT -> closes(false);
            case ANSWER -> false;
          };
    }
    return state == State.ANSWER ? takeHeld() : "";
  }

  /** The answer has ended: what is held back was no tag. */
  String rest() {
    while (state == State.THOUGHT && closes(true)) {
      if (state == State.BEGINNING && !opens()) {
        break;
      }
    }
    return state == State.THOUGHT ? "" : takeHeld();
  }

  /** Whether any thought has been left out. */
  boolean hidden() {
    return hidden;
  }

  private String takeHeld() {
    String all = held.toString();
    held.setLength(0);
    return all;
  }

  /** Whether it is decided how the answer goes on, and there may be more to decide. */
  private boolean opens() {
    int from = 0;
    while (from < held.length() && isBlank(held.charAt(from))) {
      from++;
    }
    if (from == held.length()) {
      return false;
    }
    Matcher opening = OPENING.matcher(held).region(from, held.length());
    if (opening.lookingAt()) {
      closing = closingOf(opening);
      held.delete(0, opening.end());
      state = State.THOUGHT;
      hidden = true;
      return true;
    }
    boolean mayOpen = opening.hitEnd() && held.length() - from <= LONGEST_TAG;
    if (!mayOpen) {
      state = State.ANSWER;
    }
    return false;
  }

  private boolean closes(boolean ended) {
    hidden |= !held.isEmpty();
    Matcher tag = closing.matcher(held);
    int keepFrom = Math.max(0, held.length() - LONGEST_TAG);
    while (tag.find()) {
      boolean afterQuote = tag.start() > 0 && isQuote(held.charAt(tag.start() - 1));
      boolean last = tag.end() == held.length();
      if (afterQuote && last && !ended) {
        keepFrom = Math.min(keepFrom, tag.start() - 1);
        break;
      }
      if (!afterQuote || last || !isQuote(held.charAt(tag.end()))) {
        held.delete(0, tag.end());
        state = State.BEGINNING;
        return true;
      }
      keepFrom = Math.max(keepFrom, tag.end());
    }
    held.delete(0, Math.min(keepFrom, held.length()));
    return false;
  }

  private static Pattern closingOf(Matcher opening) {
    if (opening.group("name") != null) {
      String name = Pattern.quote(opening.group("name"));
      // Some open with the one and close with the other.
      boolean either =
          opening.group("name").toLowerCase(java.util.Locale.ROOT).matches("think(ing)?");
      return closing("</(?:" + (either ? "think|thinking" : name) + ")\\s{0,9}>");
    }
    if (opening.group("bracketed") != null) {
      return closing("\\[/" + opening.group("bracketed") + "]");
    }
    if (opening.group("triangle") != null) {
      return closing("◁/think▷");
    }
    if (opening.group("begin") != null) {
      return closing("<\\|end_of_thought\\|>");
    }
    if (opening.group("start") != null) {
      return closing("<\\|end_thinking\\|>");
    }
    if (opening.group("bar") != null) {
      return closing("<\\|/think\\|>|<\\|end_think\\|>");
    }
    if (opening.group("halfChannel") != null) {
      return closing("<channel\\|>");
    }
    if (opening.group("details") != null) {
      return closing("</details>");
    }
    return opening.group("fence") != null ? closing("\\n```(?!\\w)") : closing("assistantfinal");
  }

  private static Pattern closing(String tag) {
    return Pattern.compile(tag, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || c == '\u00A0' || c == '\uFEFF' || c == '\u200B';
  }

  private static boolean isQuote(char c) {
    return QUOTES.indexOf(c) >= 0;
  }
}
