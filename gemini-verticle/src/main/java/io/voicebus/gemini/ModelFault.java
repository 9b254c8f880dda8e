package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import java.time.Duration;

/**
 * Why one attempt to get an answer failed.
 *
 * @param kind classified
 * @param detail what to do about it
 * @param retries how often the same may be tried again, as long as nothing was heard of it
 * @param after how long the service wants to be left alone; zero when it did not say
 * @param cause what more there is to know about it
 */
record ModelFault(FailureKind kind, String detail, int retries, Duration after, Cause cause) {

  /** A fault passes by itself, often: one more try than for what is slow already. */
  static final int PASSES = 2;

  /** How many characters of a service's message are passed on. */
  static final int MAX_MESSAGE_CHARS = 300;

  /** What a fault comes from, as far as that decides what to do about it. */
  enum Cause {
    /** The service has said so. */
    SAID,
    /** Only the way to the service: an answer that was complete is not spoilt by it. */
    WAY,
    /** A field of the request that can be left out, perhaps. */
    OPTION,
    /** The name of the limit of tokens. */
    TOKENS_FIELD,
    /** The role of the instruction. */
    SYSTEM_ROLE,
    /** There is nothing at the path. */
    PATH,
    /** The service is still loading the model, and will be ready by itself. */
    LOADING
  }

  static ModelFault of(FailureKind kind, String detail, int retries) {
    return new ModelFault(kind, detail, retries, Duration.ZERO, Cause.SAID);
  }

  /** The way to the service is to blame. */
  static ModelFault ofWay(FailureKind kind, String detail, int retries) {
    return of(kind, detail, retries).from(Cause.WAY);
  }

  /** An event that is no JSON. */
  static ModelFault garbled(String service) {
    return of(
        FailureKind.LOST,
        service + "'s stream is garbled (an event is no JSON), try again",
        PASSES);
  }

  /** The service refused what it calls by the reason. */
  static ModelFault blocked(String service, String what, String reason) {
    return of(
        FailureKind.BLOCKED,
        service
            + "'s content policy refused "
            + what
            + ": ask in other words ("
            + brief(reason)
            + ")",
        0);
  }

  ModelFault from(Cause other) {
    return new ModelFault(kind, detail, retries, after, other);
  }

  ModelFault waiting(Duration other) {
    return new ModelFault(kind, detail, retries, other, cause);
  }

  /** Whether another model may do better: all but what a content policy has refused. */
  boolean mayGoBetterElsewhere() {
    return kind != FailureKind.BLOCKED;
  }

  /** One line, not too long. */
  static String brief(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_MESSAGE_CHARS ? line : line.substring(0, MAX_MESSAGE_CHARS) + "…";
  }
}
