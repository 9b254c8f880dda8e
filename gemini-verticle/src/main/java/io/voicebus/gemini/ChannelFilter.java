package io.voicebus.gemini;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out the control tokens that servers let through ({@code <|eot_id|>}, {@code </s>}, {@code
 * <end_of_turn>} …), and what belongs to another channel or another speaker, as in {@code
 * <|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…}: only what
 * is meant for the user is said. A token in quotes is a word of the answer.
 *
 * <p>Sources: OpenAI's "harmony" response format; the chat templates of Llama, Qwen, Gemma, Phi,
 * GLM, DeepSeek and Mistral.
 */
final class ChannelFilter {
  /** Control tokens, without the tags of thoughts, which {@link ThoughtFilter} handles. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "<\\|(?!begin_of_thought|end_of_thought|start_thinking|end_thinking|/?think|end_think)"
              + "(?<bar>/?[a-z0-9_.-]{1,40})\\|>"
              + "|<｜(?<wide>[^<>｜]{1,40})｜>"
              + "|</?(?<angle>s|eos|bos|pad|unk|eot|end_of_turn|start_of_turn|end_of_utterance)>"
              + "|\\[/?(?<bracket>INST|EOS|BOS)]",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_TOKEN = 48;

  /** Between the marks of a header stand a role, a channel and a recipient: never so much. */
  private static final int MAX_HEADER_CHARS = 200;

  private static final String QUOTES = "`'\"";

  private enum State {
    SAID,
    /** What follows is a role, a channel or a recipient, up to a token. */
    HEADER,
    /** The same, up to the end of the line. */
    ROLE_LINE,
    HIDDEN
  }

  private State state = State.SAID;
  private final StringBuilder header = new StringBuilder();
  private String held = "";
  private char before = ' ';
  private boolean hidden;

  /** What of the text is to be said; the rest is not for the user, or is held back. */
  String accept(String text) {
    if (state == State.SAID && held.isEmpty() && text.indexOf('<') < 0 && text.indexOf('[') < 0) {
      if (!text.isEmpty()) {
        before = text.charAt(text.length() - 1);
      }
      return text;
    }
    return take(held + text, false);
  }

  /** The answer has ended: what is held back was no token. */
  String rest() {
    return take(held, true);
  }

  /** Whether anything has been left out that is not for the user. */
  boolean hidden() {
    return hidden;
  }

  private String take(String all, boolean ended) {
    held = "";
    StringBuilder said = new StringBuilder();
    int from = 0;
    for (int at = 0; at < all.length(); ) {
      char c = all.charAt(at);
      if (c != '<' && c != '[') {
        at++;
        continue;
      }
      put(said, all.substring(from, at));
      from = at;
      Matcher token = TOKEN.matcher(all).region(at, all.length());
      boolean found = token.lookingAt();
      if (!ended && mayBecome(all, at, token, found)) {
        held = all.substring(at);
        return said.toString();
      }
      if (found && !isQuoted(all, token.end())) {
        token(token);
        at = token.end();
        from = at;
      } else {
        at++;
      }
    }
    put(said, all.substring(from));
    return said.toString();
  }

  private boolean mayBecome(String all, int at, Matcher token, boolean found) {
    if (found) {
      return token.end() == all.length() && QUOTES.indexOf(before) >= 0;
    }
    return token.hitEnd() && all.length() - at <= LONGEST_TOKEN;
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
      case HIDDEN -> hidden |= !text.isBlank();
      case HEADER -> {
        header.append(text);
        if (header.length() > MAX_HEADER_CHARS) {
          state = State.SAID;
          said.append(header);
          header.setLength(0);
        }
      }
      case ROLE_LINE -> {
        int line = text.indexOf('\n');
        header.append(text, 0, line < 0 ? text.length() : line);
        if (line >= 0 || header.length() > MAX_HEADER_CHARS) {
          endHeader();
          put(said, text.substring(line + 1));
        }
      }
    }
  }

  private void token(Matcher token) {
    String name = token.group("bar");
    name = name == null ? token.group("wide") : name;
    name = name == null ? token.group("angle") : name;
    name = name == null ? "" : name.toLowerCase(Locale.ROOT).replace('▁', '_');
    switch (name) {
      case "start", "start_header_id" -> beginHeader(State.HEADER);
      case "im_start", "start_of_turn" -> beginHeader(State.ROLE_LINE);
      case "channel" -> {
        if (state != State.HEADER) {
          beginHeader(State.HEADER);
        }
        header.append(' ');
      }
      case "constrain" -> header.append(' ');
      case "message", "end_header_id" -> endHeader();
      case "user", "system", "observation", "tool" -> state = State.HIDDEN;
      default -> {
        if (state != State.HIDDEN || name.equals("assistant") || name.matches("end|call|return")) {
          state = State.SAID;
          header.setLength(0);
        }
      }
    }
    before = ' ';
  }

  private void beginHeader(State how) {
    state = how;
    header.setLength(0);
  }

  private void endHeader() {
    state = isForTheUser(header.toString()) ? State.SAID : State.HIDDEN;
    header.setLength(0);
  }

  /** A header like {@code assistant final}, or {@code commentary to=functions.weather json}. */
  private static boolean isForTheUser(String header) {
    String words = header.toLowerCase(Locale.ROOT).strip();
    boolean elsewhere = words.matches("(?s)(?:user|system|developer|tool|functions?)\\b.*");
    return !elsewhere && !words.contains("to=") && !words.contains("analysis");
  }
}
