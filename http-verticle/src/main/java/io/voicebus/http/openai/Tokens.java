package io.voicebus.http.openai;

/** Estimates token counts where no service counts them, close to what OpenAI would count. */
public final class Tokens {
  /** Characters in a token, by OpenAI's own rule of thumb for English. */
  public static final int CHARS = 4;

  /** OpenAI: a token of audio that is spoken is 50 ms. */
  private static final int SPEECH_MS = 50;

  private Tokens() {}

  public static int ofText(CharSequence text) {
    return (text.length() + CHARS - 1) / CHARS;
  }

  public static long ofSpeech(long ms) {
    return (ms + SPEECH_MS - 1) / SPEECH_MS;
  }
}
