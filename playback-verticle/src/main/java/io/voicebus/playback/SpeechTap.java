package io.voicebus.playback;

import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.contract.SpeechPiece;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells a turn's owner what workers say, as it comes, where the owner has asked for that. What an
 * owner that reads nothing leaves waiting is bounded by what playback has room to order. NOT thread
 * safe.
 */
final class SpeechTap {
  private final Link link;
  private final boolean open;
  private final Map<Integer, Long> knownAt = new HashMap<>();

  SpeechTap(Link link, boolean open) {
    this.link = link;
    this.open = open;
  }

  /** A chunk is to be spoken. */
  void known(int chunk, long nowNanos) {
    if (open) {
      knownAt.put(chunk, nowNanos);
    }
  }

  /** A worker has said something of it, which playback has taken. */
  void piece(int chunk, Message piece, long nowNanos) {
    if (open) {
      link.tell(new SpeechPiece(chunk, nowNanos - knownAt.getOrDefault(chunk, nowNanos), piece));
    }
  }

  /** Nothing more comes of it. */
  void settled(int chunk) {
    knownAt.remove(chunk);
  }
}
