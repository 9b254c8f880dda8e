package io.voicebus.gemini;

import io.voicebus.contract.Conversation;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Heard;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.PastTurn.State;
import io.voicebus.contract.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a conversation changes: turns stand in the order in which they began, and turns that are too
 * many or too old are removed from the beginning. Times are wall-clock times.
 */
final class ConversationRules {
  private final ConversationLimits limits;

  ConversationRules(ConversationLimits limits) {
    this.limits = limits;
  }

  /** A turn begins, unless it has already; one whose prompt alone is too long is not remembered. */
  Conversation begun(Conversation before, TurnId turn, String prompt, long nowMs) {
    if (before.turn(turn).isPresent()) {
      return before;
    }
    List<PastTurn> turns = trimmed(before.turns(), limits.turns(), nowMs);
    if (remembers(prompt)) {
      turns.add(new PastTurn(turn, prompt, "", State.UNDER_WAY, 0, nowMs));
    }
    return new Conversation(turns);
  }

  /** Whether a turn with this prompt is remembered, for as long as its answer is not too long. */
  boolean remembers(String prompt) {
    return prompt.length() <= limits.chars() && limits.turns() > 0;
  }

  /** What was heard of a turn; of one that is not remembered any more, it is of no matter. */
  Conversation heard(Conversation before, Heard heard, long nowMs) {
    List<PastTurn> turns =
        changed(
            before,
            turn ->
                turn.turn().equals(heard.turn()) && turn.revision() < heard.revision()
                    ? turn.with(heard.answer(), heard.state(), heard.revision())
                    : turn);
    if (turns.equals(before.turns())) {
      return before;
    }
    turns.removeIf(turn -> turn.state() == State.DROPPED);
    return new Conversation(trimmed(turns, limits.turns() + 1, nowMs));
  }

  /** Whether a turn before this one may still change soon. */
  boolean waits(Conversation conversation, TurnId turn) {
    return before(conversation, turn).stream().anyMatch(t -> t.state() == State.UNDER_WAY);
  }

  /** The wait for earlier turns has timed out: no later turn waits for them. */
  Conversation waitedInVain(Conversation before, TurnId waiting) {
    List<PastTurn> former = before(before, waiting);
    return new Conversation(
        changed(
            before,
            turn ->
                turn.state() == State.UNDER_WAY && former.contains(turn)
                    ? turn.with(turn.answer(), State.CUT, turn.revision())
                    : turn));
  }

  /** What a model is told before it answers this turn. */
  List<Exchange> history(Conversation conversation, TurnId turn) {
    return before(conversation, turn).stream()
        .map(past -> new Exchange(past.prompt(), past.answer()))
        .toList();
  }

  /** All turns, if this one is not remembered. */
  private static List<PastTurn> before(Conversation conversation, TurnId turn) {
    return conversation.turns().stream().takeWhile(past -> !past.turn().equals(turn)).toList();
  }

  /** What is left of it by now. */
  Conversation remembered(Conversation conversation, long nowMs) {
    return new Conversation(trimmed(conversation.turns(), limits.turns() + 1, nowMs));
  }

  private static List<PastTurn> changed(Conversation conversation, UnaryOperator<PastTurn> change) {
    List<PastTurn> turns = new ArrayList<>(conversation.turns());
    turns.replaceAll(change);
    return turns;
  }

  /**
   * Without the turns that are too long alone, and then without the oldest, as many as are over a
   * limit: one long exchange does not take the others with it.
   */
  private List<PastTurn> trimmed(List<PastTurn> turns, int most, long nowMs) {
    List<PastTurn> kept = new ArrayList<>();
    long chars = 0;
    for (int i = turns.size() - 1; i >= 0 && kept.size() < most; i--) {
      PastTurn turn = turns.get(i);
      if (turn.chars() > limits.chars()) {
        continue;
      }
      chars += turn.chars();
      if (chars > limits.chars() || nowMs - turn.beganAtMs() >= limits.age().toMillis()) {
        break;
      }
      kept.add(0, turn);
    }
    return kept;
  }
}
