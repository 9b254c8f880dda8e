package io.voicebus.bus;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the streams that an inbox consumed have ended, so that the ending can be repeated for a
 * producer that missed it. Keeps the last {@link Limits#REMEMBERED_STREAMS}. NOT thread safe.
 */
final class Endings {
  private record Key(String producer, long stream) {
    // By hand, as in Meter.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && stream == that.stream && producer.equals(that.producer);
    }

    @Override
    public int hashCode() {
      return 31 * producer.hashCode() + Long.hashCode(stream);
    }
  }

  private final Map<Key, Optional<Failure>> endings = new Recent<>(Limits.REMEMBERED_STREAMS);

  /** Everything was received, and the producer's end. */
  void wholly(String producer, long stream) {
    endings.put(new Key(producer, stream), Optional.empty());
  }

  /** It was cut off, here or by the producer. */
  void because(String producer, long stream, Failure why) {
    endings.put(new Key(producer, stream), Optional.of(why));
  }

  boolean contains(String producer, long stream) {
    return endings.containsKey(new Key(producer, stream));
  }

  /** Why it was cut off; unknown for one that was received wholly, or is not remembered. */
  Failure why(String producer, long stream) {
    Optional<Failure> ending = endings.get(new Key(producer, stream));
    return ending == null ? unknown() : ending.orElseGet(Endings::unknown);
  }

  /** What to answer to a packet of a stream that is not open. */
  StreamPacket answer(String inbox, String producer, long stream) {
    Optional<Failure> ending = endings.get(new Key(producer, stream));
    if (ending == null) {
      return new StreamPacket.Cancel(inbox, stream, unknown());
    }
    return ending.isEmpty()
        ? new StreamPacket.Closed(inbox, stream)
        : new StreamPacket.Cancel(inbox, stream, ending.get());
  }

  static Failure unknown() {
    return new Failure(Stage.OWNER, FailureKind.LOST, "the other end does not know this stream");
  }
}
