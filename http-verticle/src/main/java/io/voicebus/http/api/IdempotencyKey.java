package io.voicebus.http.api;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.door.Caller;
import io.voicebus.http.wire.JsonFields;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a request (the header {@code Idempotency-Key}). With it a client can repeat a request
 * whose answer was lost, without a second turn.
 *
 * @param name the client, the path, and the client's key
 * @param content digest of the request: one key must not stand for two requests
 */
public record IdempotencyKey(String name, String content) {
  /** The answer's header for a request that was served before. */
  public static final String REPLAYED = "Idempotent-Replayed";

  /** A header of the request. */
  static final String HEADER = "Idempotency-Key";

  private static final int MAX_CHARS = 255;

  /** Whether a request has a key. */
  public static boolean isIn(HttpServerRequest request) {
    return request.headers().contains(HEADER);
  }

  /**
   * The key of a request whose body has arrived; null if it has none.
   *
   * @throws io.voicebus.http.wire.ProblemException 400
   */
  public static @Nullable IdempotencyKey of(HttpServerRequest request, byte[] body) {
    List<String> sent = request.headers().getAll(HEADER);
    if (sent.isEmpty()) {
      return null;
    }
    String key = String.join(",", sent).trim();
    if (key.isEmpty()
        || key.length() > MAX_CHARS
        || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw JsonFields.invalid(
          HEADER + " must have 1 to " + MAX_CHARS + " visible ASCII characters, as a UUID has");
    }
    MessageDigest digest = sha256();
    for (String part :
        Arrays.asList(
            request.query(), request.getHeader("Content-Type"), request.getHeader("Accept"))) {
      digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
    }
    return new IdempotencyKey(
        Caller.of(request).name() + ' ' + request.path() + ' ' + key,
        HexFormat.of().formatHex(digest.digest(body)));
  }

  /**
   * The key of a request whose body is a text; null if it has none.
   *
   * @throws io.voicebus.http.wire.ProblemException 400
   */
  public static @Nullable IdempotencyKey of(HttpServerRequest request, String body) {
    return of(request, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key of a request without a body, which its URL identifies. A client repeats it to read the
   * rest of an answer.
   */
  public static IdempotencyKey ofUrl(HttpServerRequest request) {
    return new IdempotencyKey(Caller.of(request).name() + " GET " + request.uri(), "");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
