package io.voicebus.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Handles {@code Expect: 100-continue}, with which a client sends its body only when the server
 * asks for it. A client that is answered without being asked may never send the body, so the next
 * bytes may be its next request.
 */
public final class ExpectedBody {
  private static final String HEADER = "Expect";

  private ExpectedBody() {}

  /**
   * Whether the client waits to be asked for its body; of HTTP/1.0 none does (RFC 9110, 10.1.1).
   */
  public static boolean waits(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_1_0) {
      return false;
    }
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
