package io.voicebus.tts;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How one speech service is asked over HTTP, and what its answers mean. Bound to Vert.x. */
interface ServiceDialect {
  /** Its name, for people. */
  String service();

  /** Where and with what headers it is asked to speak. */
  RequestOptions options(ServiceUtterance utterance);

  /** With what body. */
  JsonObject body(ServiceUtterance utterance);

  /** What takes the body of an answer, and gives it to the utterance. */
  Body answer(ServiceUtterance utterance);

  /** What an answer means that is a success, but of this type; empty if it is as it should be. */
  Optional<Failure> stranger(String contentType);

  /** What it means that a body is not what it should be. */
  Failure stranger();

  /** What an answer means that is no success. */
  Failure refusal(int status, String body);

  /** The connection broke. */
  Failure lost();

  /** There is no connection. */
  Failure unreachable();

  /** What the service calls a request, by its headers; empty if it does not say. */
  String requestId(UnaryOperator<String> headers);

  /** A failure that names the request. */
  Failure identified(Failure why, String requestId);

  /** The body of one answer. A {@link RuntimeException} says that it is not what it should be. */
  interface Body {
    /** The next bytes; the failure that they tell of, if they do. */
    Optional<Failure> feed(byte[] bytes);

    /** It has ended in good form; what is wrong nevertheless, if anything. */
    Optional<Failure> end();
  }
}
