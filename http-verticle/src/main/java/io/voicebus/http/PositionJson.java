package io.voicebus.http;

import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.StrictUtf8;
import java.util.List;

/**
 * The listener's own report.
 *
 * @param playedMs audio played since the turn's first sample, in milliseconds
 * @param paused whether the listener has paused
 */
record PositionJson(long playedMs, boolean paused) {
  /** Longest body. */
  static final int MAX_BODY_BYTES = 1024;

  static PositionJson parse(byte[] body) {
    JsonFields fields = JsonFields.parse(StrictUtf8.decode(body), List.of("played_ms", "paused"));
    return new PositionJson(fields.count("played_ms"), fields.flag("paused", false));
  }
}
