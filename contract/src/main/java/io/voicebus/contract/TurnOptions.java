package io.voicebus.contract;

/**
 * What a caller may choose for one turn.
 *
 * @param voice an engine's voice, or empty for the default
 * @param conversation names what the turn belongs to, and remembers; empty for none
 * @param clauses whether the first chunk may be an early clause, instead of a whole sentence
 * @param pace how far the speech may run ahead of the listener
 * @param processing {@code none}: samples reach the listener as the engine made them
 */
public record TurnOptions(
    String voice, String conversation, boolean clauses, Pace pace, String processing) {

  /** No post-processing of samples; the only processing there is. */
  public static final String NO_PROCESSING = "none";

  /** The default voice, no conversation, early clauses, real-time pace. */
  public static final TurnOptions DEFAULTS =
      new TurnOptions("", "", true, Pace.REALTIME, NO_PROCESSING);

  public TurnOptions withPace(Pace other) {
    return new TurnOptions(voice, conversation, clauses, other, processing);
  }
}
