package io.voicebus.http.door;

import io.vertx.core.http.HttpServerRequest;

/**
 * {@code Expect: 100-continue}: a client that sends its body only when it is asked for it. One that
 * gets its answer without that may never send it, and what comes next may be its next request.
 */
public final class ExpectedBody {
  private static final String HEADER = "Expect";

  private ExpectedBody() {}

  /** Whether the client has a body, and waits to be asked for it. */
  public static boolean waits(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    boolean body =
        length == null ? request.getHeader("Transfer-Encoding") != null : !length.equals("0");
    return body && "100-continue".equalsIgnoreCase(request.getHeader(HEADER));
  }

  /** Asks for the body. */
  public static void meet(HttpServerRequest request) {
    if (waits(request)) {
      request.headers().remove(HEADER);
      request.response().writeContinue();
    }
  }
}
