package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answer of a turn's owner to {@link TurnAsk}, or one of several parts of a long answer.
 *
 * @param json as it is told to clients; for captions their text
 */
public record TurnState(String json) implements Message {
  /** Of one part: far below what a message may have, also in bytes. */
  private static final int PART_CHARS = 16 * 1024;

  /** An answer of any length in parts that fit into messages; at least one. */
  public static List<TurnState> parts(String whole) {
    return whole.isEmpty()
        ? List.of(new TurnState(whole))
        : TextDelta.pieces(whole, PART_CHARS).stream().map(TurnState::new).toList();
  }

  /** The answer whose parts these are. */
  public static String joined(List<TurnState> parts) {
    return parts.stream().map(TurnState::json).collect(Collectors.joining());
  }

  @Override
  public int weight() {
    return 64 + json.length();
  }
}
