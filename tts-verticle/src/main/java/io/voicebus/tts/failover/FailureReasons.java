package io.voicebus.tts.failover;

import io.voicebus.bus.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why each of several engines has failed, as one failure. NOT thread-safe. */
final class FailureReasons {
  private final List<String> details = new ArrayList<>();
  private @Nullable FailureKind kind;

  void add(FailureKind why, String detail) {
    details.add(detail);
    // What may pass goes before what stays.
    if (kind == null || (why.retryable() && !kind.retryable())) {
      kind = why;
    }
  }

  FailureKind kind(FailureKind otherwise) {
    return kind == null ? otherwise : kind;
  }

  /** All of them, for people. */
  String details() {
    return String.join("; ", details);
  }
}
