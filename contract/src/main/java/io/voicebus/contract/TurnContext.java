package io.voicebus.contract;

import java.util.List;

/**
 * What every stage needs to pass on or to answer; travels with everything of a turn, so that no
 * stage looks another up.
 *
 * @param turn the turn
 * @param owner the inbox of the {@code http} or {@code say} instance that accepted the turn
 * @param options what the caller chose
 * @param trace the trace that the turn belongs to, as a {@code traceparent} of W3C Trace Context;
 *     empty where nothing is traced
 */
public record TurnContext(TurnId turn, String owner, TurnOptions options, String trace) {
  /** Of a turn that is not traced. */
  public TurnContext(TurnId turn, String owner, TurnOptions options) {
    this(turn, owner, options, "");
  }

  /** The same turn without its pronunciations, for stages whose text is written out already. */
  public TurnContext withoutPronunciations() {
    return new TurnContext(turn, owner, options.withPronunciations(List.of()), trace);
  }
}
