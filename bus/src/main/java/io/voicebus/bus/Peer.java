package io.voicebus.bus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an inbox knows of one other inbox. NOT thread safe. */
final class Peer {
  final String inbox;

  /** Streams to that inbox, and from it, by number. */
  final Map<Long, BusWriteStream> producing = new LinkedHashMap<>();

  final Map<Long, BusReadStream> consuming = new LinkedHashMap<>();

  /** Called when the other inbox dies. */
  final Map<Object, Runnable> watchers = new HashMap<>();

  /** Streams that have data and credit of their own, but wait for the pair's; each once. */
  private final ArrayDeque<BusWriteStream> waiting = new ArrayDeque<>();

  long heardAt;

  /** Whether its silence counted as its death. */
  boolean dead;

  /** Silence after which it counts as dead, in nanoseconds. */
  final long patienceNanos;

  /** Sending: what was sent in this epoch, and up to where it may go. Epochs begin at 1. */
  final long epoch;

  long sent;
  private long limit = Limits.PEER_WINDOW;

  /** Receiving: the other's epoch, the bytes received in it, and the credit granted. */
  long peerEpoch;

  private long received;
  long granted = Limits.PEER_WINDOW;

  Peer(String inbox, long epoch, long now, Duration patience) {
    this.inbox = inbox;
    this.patienceNanos = patience.toNanos();
    this.epoch = epoch;
    this.heardAt = now;
  }

  boolean silent(long now) {
    return now - heardAt > patienceNanos;
  }

  boolean tied() {
    return !producing.isEmpty() || !consuming.isEmpty() || !watchers.isEmpty();
  }

  /**
   * Takes note of what the other has sent so far; what was lost on the way counts as received.
   *
   * @return whether it should be told of new credit
   */
  boolean received(long ofEpoch, long total) {
    if (ofEpoch < peerEpoch) {
      return false;
    }
    if (ofEpoch > peerEpoch) {
      peerEpoch = ofEpoch;
      received = 0;
      granted = Limits.PEER_WINDOW;
    }
    received = Math.max(received, total);
    if (received + Limits.PEER_WINDOW / 2 > granted) {
      granted = received + Limits.PEER_WINDOW;
      return true;
    }
    return false;
  }

  /** Whether the pair's credit covers so many bytes more. */
  boolean covers(int bytes) {
    return sent + bytes <= limit;
  }

  /** Calls the stream when there is credit; waiting streams take turns. */
  void await(BusWriteStream stream) {
    waiting.add(stream);
  }

  void awaitNoMore(BusWriteStream stream) {
    waiting.remove(stream);
  }

  /** Takes a credit for what we send. */
  void credit(long ofEpoch, long newLimit) {
    if (ofEpoch != epoch || newLimit <= limit) {
      return;
    }
    limit = newLimit;
    while (!waiting.isEmpty()) {
      BusWriteStream stream = waiting.remove();
      long before = sent;
      if (stream.peerCredit()) {
        // Used up. A stream that sent nothing keeps its turn; one that did goes to the end.
        if (sent == before) {
          waiting.removeLastOccurrence(stream);
          waiting.addFirst(stream);
        }
        return;
      }
    }
  }
}
