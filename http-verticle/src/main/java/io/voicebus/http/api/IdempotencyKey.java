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
 * What a client calls one of its requests (the header {@code Idempotency-Key}), so that sending it
 * again, since no answer came, does not start a second turn.
 *
 * @param name the client, the path, and its key
 * @param content stands for what is asked with it: the same key must not mean two things
 */
public record IdempotencyKey(String name, String content) {
  /** A header of the answer: the request had been served already. */
  public static final String REPLAYED = "Idempotent-Replayed";

  /** A header of the request. */
  static final String HEADER = "Idempotency-Key";

  private static final int MAX_CHARS = 255;

  /** Whether a request has one. */
  public static boolean isIn(HttpServerRequest request) {
    return request.headers().contains(HEADER);
  }

  /**
   * That of a request, once its body has come; null if it has none.
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
   * The same, of a body that is a text.
   *
   * @throws io.voicebus.http.wire.ProblemException 400
   */
  public static @Nullable IdempotencyKey of(HttpServerRequest request, String body) {
    return of(request, body.getBytes(StandardCharsets.UTF_8));
  }

  /** For what is read, where the URL says all: with it a client asks for more of the same. */
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
