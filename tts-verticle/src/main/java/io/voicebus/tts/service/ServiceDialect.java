package io.voicebus.tts.service;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.tts.sound.SpokenAudio;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How one speech service is asked over HTTP, and what its answers mean. Bound to Vert.x. */
public interface ServiceDialect {
  /** Its name, for people. */
  String service();

  /** Where and with what headers it is asked to speak. */
  RequestOptions options(ServiceUtterance utterance);

  /** With what body. */
  JsonObject body(ServiceUtterance utterance);

  /**
   * Learns from a refusal of a request's form or path.
   *
   * @param body of the refusal
   * @return whether the next request is without what this one was refused for
   */
  boolean adapts(int status, String body);

  /** What takes the body of an answer, and gives it to the utterance. */
  Body answer(ServiceUtterance utterance);

  /**
   * What it means that a body is not what it should be.
   *
   * @param what it is instead; empty if that is not known
   */
  Failure stranger(String what);

  /** What an answer means that is no success. */
  Failure refusal(int status, String body);

  /** Whether a refusal is for what was asked lately, and not for what is under way. */
  boolean ofRate(Failure refusal);

  /** Whether a refusal says that the service is still starting. */
  boolean ofStart(Failure refusal);

  /** What an ending means; empty for a good one. */
  Optional<Failure> ending(ServiceUtterance.Ending ending);

  /** The connection broke. */
  Failure lost();

  /**
   * There is no connection.
   *
   * @param why what the client says
   */
  Failure unreachable(Throwable why);

  /** Of how many characters the service says that it counts them; empty if it does not. */
  Optional<Integer> counted(UnaryOperator<String> headers);

  /** What the service calls a request, by its headers; empty if it does not say. */
  String requestId(UnaryOperator<String> headers);

  /** A failure that names the request. */
  Failure identified(Failure why, String requestId);

  /**
   * The body of one answer. A {@link SpokenAudio.Unplayable} says what it is instead, any other
   * {@link RuntimeException} that it is not what it should be.
   */
  interface Body {
    /** The next bytes; the failure that they tell of, if they do. */
    Optional<Failure> feed(Buffer bytes);

    /** It has ended in good form; the failure that it tells of nevertheless. */
    Optional<Failure> end();
  }
}
