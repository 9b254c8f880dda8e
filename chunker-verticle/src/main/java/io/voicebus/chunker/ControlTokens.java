package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes away what a model writes for its own machinery: the tokens of chat templates ({@code
 * <|im_end|>}, {@code </s>}, {@code <end_of_turn>}, {@code [INST]}), the headers that name a role
 * or a channel, and channels that are not the answer. A token in quotes or code is talked about,
 * and stays. Goes before another filter. Not thread-safe.
 */
final class ControlTokens implements TextFilter {
  private enum Mode {
    TEXT,
    /** What may be a token is held. */
    HELD,
    /** The name of a role or a channel, up to the next token or line end. */
    HEADER,
    /** A channel that is not the answer, up to the next token. */
    MUTE
  }

  private static final Set<String> TOKENS =
      Set.of(
          "</s>",
          "<bos>",
          "<eos>",
          "<pad>",
          "<unk>",
          "<start_of_turn>",
          "<end_of_turn>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<</SYS>>");

  /** Tokens behind which a role or channel is named. */
  private static final Set<String> HEADERS =
      Set.of(
          "<|start|>",
          "<|im_start|>",
          "<|start_header_id|>",
          "<|channel|>",
          "<start_of_turn>",
          "<|start_of_role|>");

  private static final int MAX_TOKEN = 48;

  /** A longer name of a role or channel is text. */
  private static final int MAX_HEADER = 48;

  private final TextFilter next;
  private final HeldText held = new HeldText();
  private final HeldText header = new HeldText();
  private final StringBuilder token = new StringBuilder();
  private final List<UnspokenText> unspoken = new ArrayList<>();
  private Mode mode = Mode.TEXT;
  private Mode outer = Mode.TEXT;
  private int before = ' ';
  private boolean channel;
  private long muteStart;
  private long read;

  ControlTokens(TextFilter next) {
    this.next = next;
  }

  @Override
  public void accept(int cp, long end) {
    read = end;
    switch (mode) {
      case TEXT -> text(cp, end);
      case HELD -> held(cp, end);
      case HEADER -> header(cp, end);
      case MUTE -> mute(cp, end);
    }
  }

  private void text(int cp, long end) {
    boolean opens = (cp == '<' || cp == '[') && "`\"'“‘«".indexOf(before) < 0;
    before = cp;
    if (opens) {
      hold(cp, end);
    } else {
      next.accept(cp, end);
    }
  }

  private void hold(int cp, long end) {
    outer = mode;
    mode = Mode.HELD;
    token.setLength(0);
    held.clear();
    held.add(cp, end);
    token.appendCodePoint(cp);
  }

  private void held(int cp, long end) {
    held.add(cp, end);
    token.appendCodePoint(cp == '｜' ? '|' : cp);
    String text = token.toString();
    boolean bar = text.startsWith("<|");
    if (bar ? text.length() > 3 && text.endsWith("|>") : TOKENS.contains(text)) {
      token(text);
      return;
    }
    boolean goesOn =
        bar
            ? !Marks.isSpace(cp) && text.length() < MAX_TOKEN && (cp != '<' || text.length() == 1)
            : TOKENS.stream().anyMatch(name -> name.startsWith(text));
    if (!goesOn) {
      HeldText tried = held.take();
      mode = outer;
      for (int i = 0; i < tried.size(); i++) {
        release(tried.codePoint(i), tried.end(i), i == 0);
      }
    }
  }

  /** The held text is no token; only its first character is known to begin none. */
  private void release(int cp, long end, boolean first) {
    if (!first) {
      accept(cp, end);
    } else if (outer == Mode.TEXT) {
      next.accept(cp, end);
      before = cp;
    } else if (outer == Mode.HEADER) {
      name(cp, end);
    }
  }

  private void token(String text) {
    boolean ends = outer == Mode.HEADER && channel && text.equals("<|message|>");
    boolean answer = header.toString().strip().startsWith("final");
    mode = Mode.TEXT;
    if (ends && !answer) {
      mode = Mode.MUTE;
      muteStart = read;
    } else if (HEADERS.contains(text)) {
      mode = Mode.HEADER;
      channel = text.equals("<|channel|>");
    }
    header.clear();
    before = ' ';
  }

  private void header(int cp, long end) {
    if (cp == '<') {
      hold(cp, end);
    } else {
      name(cp, end);
    }
  }

  private void name(int cp, long end) {
    header.add(cp, end);
    if (cp == '\n') {
      mode = Mode.TEXT;
    } else if (header.size() > MAX_HEADER) {
      endHeader();
    }
  }

  /** The text that was taken for a name is text. */
  private void endHeader() {
    mode = Mode.TEXT;
    HeldText name = header.take();
    for (int i = 0; i < name.size(); i++) {
      text(name.codePoint(i), name.end(i));
    }
  }

  private void mute(int cp, long end) {
    if (cp == '<') {
      hold(cp, end);
    }
  }

  @Override
  public void cut() {
    next.cut();
  }

  @Override
  public void flush() {
    if (mode == Mode.HELD) {
      HeldText tried = held.take();
      mode = outer;
      for (int i = 0; i < tried.size() && mode == Mode.TEXT; i++) {
        next.accept(tried.codePoint(i), tried.end(i));
      }
    }
    if (mode == Mode.MUTE && read > muteStart) {
      unspoken.add(new UnspokenText(muteStart, read, UnspokenText.Content.THOUGHT));
    }
    next.flush();
  }

  @Override
  public List<UnspokenText> unspoken() {
    List<UnspokenText> all = new ArrayList<>(next.unspoken());
    all.addAll(unspoken);
    return all;
  }
}
