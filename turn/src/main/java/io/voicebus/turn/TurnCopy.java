package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Position;
import io.voicebus.contract.WordMark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn's journal as the facts that made it, in their order, without audio: its owner has one to
 * send, and the node that is to go on with the turn if the owner is lost has another. Told to a new
 * {@link Turn} in their order, they bring it to where the old one was. NOT thread safe.
 */
final class TurnCopy {
  /** Of a turn of more than that, in bytes, there is no copy: some hours of speech. */
  static final long MAX_WEIGHT = 4L * 1024 * 1024;

  /**
   * A place of the playout.
   *
   * @param sample of the turn
   * @param chunk the first one that is not wholly before it
   */
  record Place(long sample, int chunk) {}

  private final List<Message> facts = new ArrayList<>();
  private long weight;
  private @Nullable Position position;

  /**
   * Whether a later owner must know this before the listener gets the audio that follows: at which
   * sample who begins to speak. Without it, that audio would be spoken again.
   */
  static boolean precedesAudio(Message fact) {
    return fact instanceof PlayoutFormat
        || (fact instanceof PlayoutMark mark
            && (mark.kind() == PlayoutMark.Kind.CHUNK_START
                || mark.kind() == PlayoutMark.Kind.CHUNK_VOICE));
  }

  /** The next fact. */
  void add(Message fact) {
    if (fact instanceof Position reported) {
      // Only the last one matters.
      position = reported;
    } else {
      weight += fact.weight();
      facts.add(fact);
    }
  }

  /** Whether there is more of it than is kept. */
  boolean isTooLong() {
    return weight > MAX_WEIGHT;
  }

  /** How many facts there are. */
  int size() {
    return facts.size();
  }

  /** Forgets all of it. */
  void clear() {
    facts.clear();
    position = null;
  }

  /** All that makes another copy like this one. */
  List<Message> facts() {
    List<Message> all = new ArrayList<>(facts);
    if (position != null) {
      all.add(position);
    }
    return all;
  }

  /**
   * Where the turn goes on for a listener: at the last end of a word, or end or beginning of a
   * chunk, that is known and that it has; but where it has played more than that already, exactly
   * behind all that it has.
   *
   * @param has the samples that it has
   * @param fixed how many of them it cannot give back, since it has played or stored them
   */
  Place place(long has, long fixed) {
    long boundary = 0;
    int chunk = 0;
    for (Message fact : facts) {
      if (fact instanceof PlayoutMark mark && mark.atSample() <= has) {
        if (mark.kind() == PlayoutMark.Kind.CHUNK_START) {
          chunk = mark.chunk();
          boundary = mark.atSample();
        } else if (mark.kind() == PlayoutMark.Kind.CHUNK_END) {
          chunk = mark.chunk() + 1;
          boundary = mark.atSample();
        }
      } else if (fact instanceof WordMark word && word.atSample() <= has) {
        boundary = word.atSample();
      }
    }
    return new Place(fixed > boundary ? has : boundary, chunk);
  }

  /** Whether any audio of the turn is known, so that somebody may have it. */
  boolean hasAudio() {
    return facts.stream().anyMatch(PlayoutFormat.class::isInstance);
  }

  /**
   * The last place of the playout that is known: nothing beyond it was delivered, as far as is
   * known.
   */
  long lastSample() {
    return place(Long.MAX_VALUE, 0).sample();
  }

  /** What had happened when the playout was at a place, and all that was written. */
  List<Message> until(Place place) {
    List<Message> until = new ArrayList<>();
    for (Message fact : facts()) {
      boolean later =
          fact instanceof PlayoutMark mark
              ? mark.atSample() > place.sample
              : fact instanceof WordMark word
                  ? word.atSample() > place.sample
                  : fact instanceof ChunkSpoken spoken
                      ? spoken.chunk() >= place.chunk
                      : fact instanceof ChunkSkipped skipped && skipped.chunk() >= place.chunk;
      if (!later) {
        until.add(fact);
      }
    }
    return until;
  }
}
