package io.voicebus.http.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Lists the ignored parts of a request in a header of the answer. */
public final class Ignored {
  private static final String HEADER = "Voicebus-Ignored";

  private Ignored() {}

  /** Adds a name to the header. It has no effect after the head was sent. */
  public static void tell(HttpServerResponse response, String name) {
    if (!response.headWritten()) {
      String others = response.headers().get(HEADER);
      response.putHeader(HEADER, others == null ? name : others + ", " + name);
    }
  }

  /** Lists the {@code Idempotency-Key} of a request to a path that does not support it. */
  public static void key(HttpServerRequest request) {
    if (IdempotencyKey.isIn(request)) {
      tell(request.response(), IdempotencyKey.HEADER);
    }
  }
}
