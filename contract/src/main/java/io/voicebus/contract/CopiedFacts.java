package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.List;

/**
 * Item, owner to the holder of a turn's copy: what has happened since the last one, in order, as
 * the stages told it: {@link TextDelta}, {@link TextTakenBack}, {@link TextEnded}, {@link
 * TextBrokeOff}, {@link ChunkCaption}, {@link TextLength}, {@link ChunkSpoken}, {@link
 * ChunkSkipped}, {@link PlayoutFormat}, {@link PlayoutMark}, {@link WordMark}, {@link Position},
 * {@link Asked}. No audio.
 *
 * @param facts at least one
 */
public record CopiedFacts(List<CopiedFact> facts) implements Message {
  public CopiedFacts {
    facts = List.copyOf(facts);
  }

  @Override
  public int weight() {
    int weight = 16;
    for (CopiedFact fact : facts) {
      weight += 8 + fact.fact().weight();
    }
    return weight;
  }
}
