package io.voicebus.benchmarks;

import io.voicebus.benchmarks.EnduranceTurn.Behaviour;
import io.voicebus.benchmarks.EnduranceTurn.End;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold for every turn: one end; nothing heard twice, or out of order; nothing lost
 * without a word; and no harm to who has nothing to do with a fault.
 */
final class EnduranceLaws {
  private static final int MOST_KEPT = 100;

  private final List<String> broken = new ArrayList<>();
  private int resumed;

  synchronized void broken(String words) {
    if (broken.size() < MOST_KEPT) {
      broken.add(words);
      System.err.println("broken: " + words);
    }
  }

  void broken(EnduranceTurn turn, String words) {
    broken("turn " + turn.json().encode() + " " + words);
  }

  synchronized List<String> broken() {
    return List.copyOf(broken);
  }

  /** How often speech broke off within a word, and went on with it. */
  synchronized int resumed() {
    return resumed;
  }

  private synchronized void count(HeardPieces heard) {
    resumed += heard.resumed();
  }

  /**
   * Judges one.
   *
   * @param events of the turn after its end, as the server tells them; empty if it cannot be asked
   */
  void judge(EnduranceTurn turn, End end, String events) {
    HeardPieces heard = HeardPieces.of(turn.pcm(), turn.text());
    count(heard);
    if (!heard.inOrder()) {
      broken(
          turn, "was heard out of order, or twice: " + heard.disorder() + " in " + heard.pieces());
    }
    boolean listens =
        !turn.acted()
            || turn.behaviour() == Behaviour.PAUSES
            || (turn.behaviour() == Behaviour.COMES_BACK && turn.door() == EnduranceDoor.AUDIO);
    // While it does not read, a client hears of the close before what was sent ahead of it.
    boolean closedUnread = turn.behaviour() == Behaviour.PAUSES && end == End.LEFT;
    if (!turn.touched() && listens && end != End.FINISHED && !closedUnread) {
      broken(turn, "was not concerned by any fault, and ended " + end);
    }
    if (end == End.FINISHED && heard.missing() > 0 && !told(turn, events)) {
      broken(
          turn, "finished, and " + heard.missing() + " letters were not heard: " + heard.pieces());
    }
    if (!events.isEmpty() && ends(events) != 1) {
      broken(
          turn,
          "has " + ends(events) + " ends: " + events.substring(Math.max(0, events.length() - 300)));
    }
  }

  /** Whether it was said that something is missing. Doors without events cannot say so. */
  private static boolean told(EnduranceTurn turn, String events) {
    return turn.touched()
        && (events.isEmpty()
            || events.contains("event: skipped")
            || events.contains("\"ending\":\"truncated\"")
            || events.contains("\"ending\":\"blocked\""));
  }

  private static int ends(String events) {
    return (int) events.lines().filter(line -> line.equals("event: end")).count();
  }
}
