package io.voicebus.http.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Lists the ignored parts of a request in a header of the answer. */
public final class Ignored {
  private static final String HEADER = "Voicebus-Ignored";

  private Ignored() {}

  /** Tells of one more; too late once the head was sent. */
  public static void tell(HttpServerResponse response, String name) {
    if (!response.headWritten()) {
      String others = response.headers().get(HEADER);
      response.putHeader(HEADER, others == null ? name : others + ", " + name);
    }
  }

  /** Tells who has sent a key to a path whose answers cannot be had again. */
  public static void key(HttpServerRequest request) {
    if (IdempotencyKey.isIn(request)) {
      tell(request.response(), IdempotencyKey.HEADER);
    }
  }
}
