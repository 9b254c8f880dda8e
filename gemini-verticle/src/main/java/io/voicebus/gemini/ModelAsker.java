package io.voicebus.gemini;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import java.util.Optional;
import java.util.Set;

/** A service as an answer sees it: how to ask it, and what is known about it. */
interface ModelAsker {
  /** Its name, as the settings have it. */
  String source();

  /** The model's name at its service. */
  String model();

  /** Of each attempt. */
  ModelLimits limits();

  /** How to speak of it. */
  ServiceWords words();

  /** The concessions that it is known to need, since it does not take requests as they are. */
  Set<Concession> made();

  /** A concession that might help against a failure, besides those that were made already. */
  Optional<Concession> against(ModelFault fault, Set<Concession> already);

  /** It has answered with these concessions, which later requests make, too. */
  void helped(Set<Concession> by);

  /**
   * The source has failed, and another one is asked in its place.
   *
   * @param nanos how long its last attempt took
   */
  void passedOver(FailureKind why, String next, long nanos);

  /** Whether it has failed since its last answer, so that it is asked once and not again. */
  boolean fails();

  /** Whether it kept a turn waiting lately, so that others are asked in its place at once. */
  boolean rests();

  /** Begins an attempt. */
  ModelAttempt ask(Question question, Set<Concession> with, ModelAttempt.Listener listener);

  /** A failure as it may be told. */
  Failure failure(ModelFault fault);
}
