package io.voicebus.http;

import java.util.function.Consumer;

/**
 * Supplies the metrics of this process for {@code /metrics}. Called on the event loop, so it must
 * not block.
 */
@FunctionalInterface
public interface Figures {
  /** No metrics. */
  Figures NONE = (type, then) -> then.accept("");

  /**
   * Writes the metrics.
   *
   * @param contentType the format, Prometheus' text or OpenMetrics, with its version
   * @param then receives the text, on any thread; empty if there are none
   */
  void tell(String contentType, Consumer<String> then);
}
