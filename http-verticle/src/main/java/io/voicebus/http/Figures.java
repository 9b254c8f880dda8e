package io.voicebus.http;

import java.util.function.Consumer;

/**
 * The figures of this process as a monitoring system reads them: for {@code /metrics}. Called on
 * the event loop, so it must not block.
 */
@FunctionalInterface
public interface Figures {
  /** There are none. */
  Figures NONE = (type, then) -> then.accept("");

  /**
   * Tells them.
   *
   * @param contentType Prometheus' text or OpenMetrics, with its version
   * @param then gets the text, on any thread; empty where there is none
   */
  void tell(String contentType, Consumer<String> then);
}
