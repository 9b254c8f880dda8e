package io.voicebus.telemetry;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes and reads a {@code traceparent}, as W3C Trace Context, level 1, section 3.2 has it. */
final class TraceIds {
  private static final int TRACE_AT = 3;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;

  private TraceIds() {}

  /**
   * A new span in the trace of its caller, or in one of its own.
   *
   * @param parent the caller's; empty for none
   */
  static String childOf(String parent) {
    HexFormat hex = HexFormat.of();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String span = hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE));
    if (parent.isEmpty()) {
      String trace =
          hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + hex.toHexDigits(random.nextLong());
      return "00-" + trace + "-" + span + "-01";
    }
    return "00-" + trace(parent) + "-" + span + "-" + parent.substring(FLAGS_AT, FLAGS_AT + 2);
  }

  /** The trace's id. */
  static String trace(String parent) {
    return parent.substring(TRACE_AT, SPAN_AT - 1);
  }

  /** The span's id. */
  static String span(String parent) {
    return parent.substring(SPAN_AT, FLAGS_AT - 1);
  }

  /** Whether the caller records the trace. */
  static boolean isSampled(String parent) {
    return (Integer.parseInt(parent.substring(FLAGS_AT, FLAGS_AT + 2), 16) & 1) == 1;
  }
}
