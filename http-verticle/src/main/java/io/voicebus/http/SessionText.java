package io.voicebus.http;

import io.voicebus.http.api.FeedText;

/** A text that a session's client writes. */
final class SessionText extends FeedText {
  private final SessionOptions options;

  /**
   * A text of which nothing is written.
   *
   * @param options as they are when it begins
   * @param onChange called when less of it waits
   */
  SessionText(SessionOptions options, Runnable onChange) {
    super(onChange);
    this.options = options;
  }

  SessionOptions options() {
    return options;
  }
}
