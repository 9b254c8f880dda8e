package io.voicebus.gemini;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out the channels of models that write several of them into one text, as in {@code
 * <|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…}: only what
 * is meant for the user is said, without the marks. A mark in quotes is a word of the answer.
 *
 * <p>Source: OpenAI's "harmony" response format.
 */
final class ChannelFilter {
  private static final Pattern MARK =
      Pattern.compile("<\\|(start|channel|message|end|return|call|constrain)\\|>");

  private static final String LONGEST_MARK = "<|constrain|>";

  /** Between the marks of a header stand a role, a channel and a recipient: never so much. */
  private static final int MAX_HEADER_CHARS = 200;

  private static final String QUOTES = "`'\"";

  private enum State {
    SAID,
    HEADER,
    HIDDEN
  }

  private State state = State.SAID;
  private final StringBuilder header = new StringBuilder();
  private String held = "";
  private char before = ' ';
  private boolean hidden;

  /** What of the text is to be said; the rest is another channel, or is held back. */
  String accept(String text) {
    if (state == State.SAID && held.isEmpty() && text.indexOf('<') < 0) {
      if (!text.isEmpty()) {
        before = text.charAt(text.length() - 1);
      }
      return text;
    }
    return take(held + text, false);
  }

  /** The answer has ended: what is held back was no mark. */
  String rest() {
    return take(held, true);
  }

  /** Whether anything of another channel has been left out. */
  boolean hidden() {
    return hidden;
  }

  private String take(String all, boolean ended) {
    held = "";
    StringBuilder said = new StringBuilder();
    int at = 0;
    while (at < all.length()) {
      int bracket = all.indexOf('<', at);
      int end = bracket < 0 ? all.length() : bracket;
      put(said, all.substring(at, end));
      at = end;
      if (at == all.length()) {
        break;
      }
      Matcher mark = MARK.matcher(all).region(at, all.length());
      if (!ended && mayBecome(all, at, mark)) {
        held = all.substring(at);
        return said.toString();
      }
      if (mark.lookingAt() && !isQuoted(all, mark.end())) {
        mark(mark.group(1));
        at = mark.end();
      } else {
        put(said, "<");
        at++;
      }
    }
    return said.toString();
  }

  private boolean mayBecome(String all, int at, Matcher mark) {
    if (mark.lookingAt()) {
      return mark.end() == all.length() && QUOTES.indexOf(before) >= 0;
    }
    return mark.hitEnd() && all.length() - at < LONGEST_MARK.length();
  }

  private boolean isQuoted(String all, int end) {
    return state == State.SAID
        && end < all.length()
        && QUOTES.indexOf(before) >= 0
        && all.charAt(end) == before;
  }

  private void put(StringBuilder said, String text) {
    if (text.isEmpty()) {
      return;
    }
    switch (state) {
      case SAID -> {
        said.append(text);
        before = text.charAt(text.length() - 1);
      }
      case HIDDEN -> hidden = true;
      case HEADER -> {
        header.append(text);
        if (header.length() > MAX_HEADER_CHARS) {
          state = State.SAID;
          said.append(header);
          header.setLength(0);
        }
      }
    }
  }

  private void mark(String name) {
    switch (name) {
      case "start" -> {
        state = State.HEADER;
        header.setLength(0);
      }
      case "channel" -> {
        state = State.HEADER;
        header.append(' ');
      }
      case "message" -> {
        state = isForTheUser(header.toString()) ? State.SAID : State.HIDDEN;
        header.setLength(0);
      }
      case "constrain" -> header.append(' ');
      default -> {
        state = State.SAID;
        header.setLength(0);
      }
    }
    before = ' ';
  }

  /** A header like {@code assistant final}, or {@code commentary to=functions.weather json}. */
  private static boolean isForTheUser(String header) {
    String words = header.toLowerCase(Locale.ROOT).strip();
    boolean elsewhere = words.matches("(?s)(?:user|system|developer|tool|functions?)\\b.*");
    return !elsewhere && !words.contains("to=") && !words.contains("analysis");
  }
}
