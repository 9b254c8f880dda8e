package io.voicebus.tts.service;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.tts.sound.SpokenAudio;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The protocol of one speech service over HTTP: its requests, and the meaning of its answers. Bound
 * to Vert.x.
 */
public interface ServiceDialect {
  /** The service's name for people. */
  String service();

  /** The address and the headers of a request for speech. */
  RequestOptions options(ServiceUtterance utterance);

  /** The body of a request for speech. */
  JsonObject body(ServiceUtterance utterance);

  /**
   * Adapts later requests to a refusal of a request's form or path.
   *
   * @param body of the refusal
   * @return whether the next request leaves out what was refused
   */
  boolean adapts(int status, String body);

  /** Creates a reader for the body of an answer, which passes the sound to the utterance. */
  Body answer(ServiceUtterance utterance);

  /**
   * The failure for a body that is not speech.
   *
   * @param what the kind of content that came; empty if it is not known
   */
  Failure stranger(String what);

  /** The failure for an answer whose status is no success. */
  Failure refusal(int status, String body);

  /**
   * Whether a refusal is due to the rate of requests, and not to the number of requests under way.
   */
  boolean ofRate(Failure refusal);

  /** Whether a refusal means that the service is still starting. */
  boolean ofStart(Failure refusal);

  /** The failure of an ending; empty for a complete utterance. */
  Optional<Failure> ending(ServiceUtterance.Ending ending);

  /** The failure for a connection that broke. */
  Failure lost();

  /**
   * The failure for a connection that could not be opened.
   *
   * @param why the client's exception
   */
  Failure unreachable(Throwable why);

  /**
   * The number of characters that the service charges for, by its headers; empty if they do not
   * tell.
   */
  Optional<Integer> counted(UnaryOperator<String> headers);

  /** The service's id of the request, by its headers; empty if they do not tell. */
  String requestId(UnaryOperator<String> headers);

  /** Adds the service's id of the request to a failure. */
  Failure identified(Failure why, String requestId);

  /**
   * Reads the body of one answer. It throws {@link SpokenAudio.Unplayable} with the kind of content
   * if that is no speech, and another {@link RuntimeException} if the body is malformed.
   */
  interface Body {
    /**
     * Takes the next bytes.
     *
     * @return the failure that they report, if any
     */
    Optional<Failure> feed(Buffer bytes);

    /**
     * The body has ended well-formed.
     *
     * @return the failure that it reports, if any
     */
    Optional<Failure> end();
  }

  /**
   * A body that is sound and nothing else: bare samples, or a file of any format.
   *
   * @param utterance gets the sound
   */
  record BareSound(ServiceUtterance utterance) implements Body {
    @Override
    public Optional<Failure> feed(Buffer bytes) {
      utterance.accept(bytes.getBytes());
      return Optional.empty();
    }

    @Override
    public Optional<Failure> end() {
      return Optional.empty();
    }
  }
}
