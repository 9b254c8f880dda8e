package io.voicebus.launcher;

import io.vertx.core.Context;
import io.voicebus.turn.TextFeed;

/** A text that comes while it is spoken. */
interface TextInput {
  /** Writes to this feed from now on; to be called on its context. */
  void feed(Context context, TextFeed feed);

  /**
   * How long after a moment the first text came.
   *
   * @param nanos the moment, by the system's monotonic clock
   * @return negative if it came before; 0 if none has come, or that does not matter
   */
  long firstTextAfter(long nanos);

  /** Nothing more is wanted. */
  void stop();
}
