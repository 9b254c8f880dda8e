package io.voicebus.emulators;

import org.jspecify.annotations.Nullable;

/**
 * How a streamed answer ends, after its parts.
 *
 * @param kind which way
 * @param reason the {@code finish_reason}; empty where there is none
 * @param error for the ways that carry one
 * @param done whether {@code data: [DONE]} follows
 */
public record OpenAiEnding(Kind kind, String reason, @Nullable OpenAiError error, boolean done) {

  /** The ways to end. */
  enum Kind {
    /** An event of its own with the reason and an empty delta. */
    FINISH,
    /** The last event with text carries the reason. */
    INLINE,
    /** Every event with text carries the reason. */
    EACH,
    /** No reason. */
    BARE,
    /** An event with an error. */
    ERROR_EVENT,
    /** A line {@code error: {…}}, which is no field of SSE. */
    ERROR_LINE,
    /** The connection is reset. */
    RESET,
    /** Nothing more comes, and nothing ends. */
    SILENCE
  }

  /** Ends well. */
  public static final OpenAiEnding STOP = finish("stop");

  /** The body ends with neither a reason nor {@code [DONE]}. */
  public static final OpenAiEnding TRUNCATED = new OpenAiEnding(Kind.BARE, "", null, false);

  /** {@code [DONE]} without a reason before it. */
  public static final OpenAiEnding DONE_ONLY = new OpenAiEnding(Kind.BARE, "", null, true);

  /** The connection is reset. */
  public static final OpenAiEnding RESET = new OpenAiEnding(Kind.RESET, "", null, false);

  /** Nothing more comes, and nothing ends. */
  public static final OpenAiEnding SILENCE = new OpenAiEnding(Kind.SILENCE, "", null, false);

  /** An event of its own with the reason, then {@code [DONE]}. */
  public static OpenAiEnding finish(String reason) {
    return new OpenAiEnding(Kind.FINISH, reason, null, true);
  }

  /** The last event with text carries the reason; then {@code [DONE]}. */
  public static OpenAiEnding inline(String reason) {
    return new OpenAiEnding(Kind.INLINE, reason, null, true);
  }

  /** Every event with text carries the reason; then {@code [DONE]}. */
  public static OpenAiEnding inEach(String reason) {
    return new OpenAiEnding(Kind.EACH, reason, null, true);
  }

  /** An event with an error, and the end. */
  public static OpenAiEnding errorEvent(OpenAiError error) {
    return new OpenAiEnding(Kind.ERROR_EVENT, "", error, false);
  }

  /** A line {@code error: {…}}, and the end. */
  public static OpenAiEnding errorLine(OpenAiError error) {
    return new OpenAiEnding(Kind.ERROR_LINE, "", error, false);
  }

  /** The same with {@code [DONE]} after it. */
  public OpenAiEnding withDone() {
    return new OpenAiEnding(kind, reason, error, true);
  }

  /** The same without {@code [DONE]}. */
  public OpenAiEnding withoutDone() {
    return new OpenAiEnding(kind, reason, error, false);
  }
}
