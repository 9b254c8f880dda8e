package io.voicebus.http.openai;

import io.voicebus.contract.Conversation;

/**
 * The text of an answer that is sent as it arrives and cannot be revoked. When another instance
 * writes a part of it again, only the new text is sent. NOT thread safe.
 */
public final class Transcript {
  /** What is kept of it, in UTF-16 units. */
  private static final int MAX_CHARS = Conversation.MAX_ANSWER_CHARS;

  private final StringBuilder sent = new StringBuilder();
  private int at;

  /**
   * The text behind a place will come again, perhaps in other words.
   *
   * @param place in UTF-16 units
   */
  public void cut(long place) {
    at = (int) Math.min(place, sent.length());
  }

  /** Takes the next piece and returns the part of it that was not sent before. */
  public String next(String piece) {
    int same = 0;
    while (same < piece.length() && at < sent.length() && sent.charAt(at) == piece.charAt(same)) {
      same++;
      at++;
    }
    String rest = piece.substring(same);
    if (!rest.isEmpty()) {
      sent.append(rest, 0, Math.min(rest.length(), MAX_CHARS - sent.length()));
      at = sent.length();
    }
    return rest;
  }

  /** The text that was sent. */
  public CharSequence text() {
    return sent;
  }
}
