package io.voicebus.gemini;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All in which one kind of service differs from another. Has no state. */
interface ModelProtocol {
  /** What the settings call the source. */
  String source();

  /** The model's name at its service. */
  String model();

  /** How to speak of it. */
  ServiceWords words();

  /** Path and query to ask at. */
  String askPath(Set<Concession> made);

  /** Path of a question that costs nothing. */
  String warmPath();

  /** Headers of every request; a key is among them. */
  Map<String, String> headers();

  /** The request's body. */
  byte[] body(Question question, Set<Concession> made);

  /**
   * What might help against a fault.
   *
   * @param made with what the request was made that met it
   */
  Optional<Concession> against(ModelFault fault, Set<Concession> made);

  /** For one response. */
  ModelReader reader();

  /**
   * What a response means that is no stream.
   *
   * @param status of HTTP
   * @param body whatever it is
   * @param after what its headers say about when to try again; zero for nothing
   */
  ModelFault refusal(int status, String body, Duration after);

  /** A failure in lines that were no events. */
  Optional<ModelFault> findIn(String strays);

  /** Whatever a service repeats, the key goes nowhere. */
  String redact(String text);
}
