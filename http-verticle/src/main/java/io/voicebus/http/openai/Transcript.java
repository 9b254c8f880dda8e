package io.voicebus.http.openai;

import io.voicebus.contract.Conversation;

/**
 * The text of an answer that is sent as it comes, and cannot be taken back: where another instance
 * writes some of it again, only what is new is sent. NOT thread safe.
 */
public final class Transcript {
  /** What is kept of it, in UTF-16 units. */
  private static final int MAX_CHARS = Conversation.MAX_ANSWER_CHARS;

  private final StringBuilder sent = new StringBuilder();
  private int at;

  /** What was written behind this place comes again, perhaps in other words. */
  public void cut(long place) {
    at = (int) Math.min(place, sent.length());
  }

  /** What of the next piece has not been sent. */
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

  /** What was sent. */
  public CharSequence text() {
    return sent;
  }
}
