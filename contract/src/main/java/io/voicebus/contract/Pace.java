package io.voicebus.contract;

/** How far speech may run ahead of its listener. The order is part of the wire format. */
public enum Pace {
  /** At most the lookahead is synthesised ahead of the listener's position. */
  REALTIME,
  /** As fast as the listener takes it, bounded by bytes in flight: pipes and files. */
  ASAP
}
