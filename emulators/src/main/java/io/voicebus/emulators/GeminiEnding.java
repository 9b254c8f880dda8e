package io.voicebus.emulators;

import org.jspecify.annotations.Nullable;

/**
 * How an answer ends, after its parts.
 *
 * @param kind which way
 * @param reason the {@code finishReason} or the {@code blockReason}; empty where there is none
 * @param error for the two ways that carry one
 */
public record GeminiEnding(Kind kind, String reason, @Nullable GeminiError error) {

  /** The ways to end. */
  enum Kind {
    /** A last event with an empty text, a signature and the reason: what was recorded. */
    SIGNED,
    /** The last event with text carries the reason. */
    INLINE,
    /** Every event with text carries the reason. */
    EACH,
    /** A last event with the reason and no content. */
    BARE,
    /** One event only: the prompt was refused. */
    BLOCKED,
    /** An event with an error. */
    ERROR_EVENT,
    /** Pretty-printed JSON with an error, which is no event. */
    JSON_TAIL,
    /** The body ends without a reason. */
    TRUNCATED,
    /** The connection or the stream is reset. */
    RESET,
    /** Nothing more comes, and nothing ends. */
    SILENCE
  }

  /** Ends well. */
  public static final GeminiEnding STOP = signed("STOP");

  /** The body ends without a reason. */
  public static final GeminiEnding TRUNCATED = new GeminiEnding(Kind.TRUNCATED, "", null);

  /** The connection or the stream is reset. */
  public static final GeminiEnding RESET = new GeminiEnding(Kind.RESET, "", null);

  /** Nothing more comes, and nothing ends. */
  public static final GeminiEnding SILENCE = new GeminiEnding(Kind.SILENCE, "", null);

  /** A last event with an empty text, a signature and the reason. */
  public static GeminiEnding signed(String finishReason) {
    return new GeminiEnding(Kind.SIGNED, finishReason, null);
  }

  /** The last event with text carries the reason. */
  public static GeminiEnding inline(String finishReason) {
    return new GeminiEnding(Kind.INLINE, finishReason, null);
  }

  /** Every event with text carries the reason. */
  public static GeminiEnding inEach(String finishReason) {
    return new GeminiEnding(Kind.EACH, finishReason, null);
  }

  /** A last event with the reason and no content. */
  public static GeminiEnding bare(String finishReason) {
    return new GeminiEnding(Kind.BARE, finishReason, null);
  }

  /** The prompt was refused. */
  public static GeminiEnding blocked(String blockReason) {
    return new GeminiEnding(Kind.BLOCKED, blockReason, null);
  }

  /** An event with an error. */
  public static GeminiEnding errorEvent(GeminiError error) {
    return new GeminiEnding(Kind.ERROR_EVENT, "", error);
  }

  /** Pretty-printed JSON with an error, which is no event. */
  public static GeminiEnding jsonTail(GeminiError error) {
    return new GeminiEnding(Kind.JSON_TAIL, "", error);
  }
}
