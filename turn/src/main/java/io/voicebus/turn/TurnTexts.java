package io.voicebus.turn;

/**
 * What a turn asked and answered, so that it can be kept out of the log.
 *
 * @param prompt what was asked; empty for nothing
 * @param answer the text that was spoken
 */
public record TurnTexts(String prompt, String answer) {
  /** As many characters in a row as no message shares with a text by chance. */
  private static final int RUN = 16;

  /** Shorter texts than this are words that a message may well use. */
  private static final int SHORTEST = 4;

  /** A message quotes a text from its begin, or the piece that was under way. */
  public static final int LOOKED_AT = 32_768;

  private static final int MAX_DETAIL = 500;

  /**
   * A failure's detail in one line, with an ellipsis for what it quotes: services repeat what they
   * do not like.
   */
  public String without(String detail) {
    String line = plain(detail);
    line = line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) + "\u2026" : line;
    String asked = plain(prompt.substring(0, Math.min(prompt.length(), LOOKED_AT)));
    String answered = plain(answer.substring(Math.max(0, answer.length() - LOOKED_AT)));
    return without(without(line, asked), answered);
  }

  private static String plain(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}\\x80-\\x9F]+", " ").strip();
  }

  private static String without(String line, String text) {
    int run = Math.min(RUN, text.length());
    if (run < SHORTEST) {
      return line;
    }
    StringBuilder kept = new StringBuilder();
    int i = 0;
    while (i < line.length()) {
      int end = i + run;
      if (end > line.length() || !text.contains(line.substring(i, end))) {
        kept.append(line.charAt(i++));
        continue;
      }
      while (end < line.length() && text.contains(line.substring(i, end + 1))) {
        end++;
      }
      kept.append('\u2026');
      i = end;
    }
    return kept.toString();
  }
}
