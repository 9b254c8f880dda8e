package io.voicebus.emulators;

/** What an {@link EventStream} writes. Lives on one context. */
interface EventSource {
  /** How a stream ends after its last event. */
  enum End {
    /** The body ends. */
    CLEAN,
    /** The connection or the stream is reset. */
    RESET,
    /** Nothing more comes, and nothing ends. */
    NONE,
    /** Comments come, and nothing ends. */
    HEARTBEATS;

    /** After an answer that is complete. */
    static End of(SseFraming framing) {
      return switch (framing.after()) {
        case END -> CLEAN;
        case OPEN -> NONE;
        case HEARTBEATS -> HEARTBEATS;
      };
    }
  }

  /** The bytes of the next step; perhaps none. */
  byte[] next();

  /** Whether nothing comes after what {@link #next} returned. */
  boolean over();

  /** What follows the last step. */
  End end();
}
