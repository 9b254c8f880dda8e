package io.voicebus.tts.elevenlabs;

import io.voicebus.tts.service.ServiceUtterance;

/** An utterance on its way over an {@link ElevenSocket}. Lives on one context of Vert.x. */
final class ElevenContext {
  final ServiceUtterance utterance;
  final long sentAt;
  long heardAt;
  boolean counted;
  boolean sounded;
  boolean closed;

  /** The utterance was cancelled, or is spoken elsewhere. */
  boolean left;

  ElevenContext(ServiceUtterance utterance, long now) {
    this.utterance = utterance;
    this.sentAt = now;
    this.heardAt = now;
  }

  boolean wanted() {
    return !left && !utterance.over();
  }

  /** The service has it, and will want to be paid. */
  void count() {
    if (!counted) {
      counted = true;
      utterance.accepted(utterance.asked().text().length());
    }
  }
}
