package io.voicebus.http.wire;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.VoicebusException;
import java.util.Locale;
import java.util.Map;

/**
 * Maps failures to HTTP, in one place. A failure has the status 429, 503 or 504 exactly if the same
 * request may succeed later, so that clients that retry on these do so only when it can help.
 */
public final class ProblemMapping {
  /** The {@code Retry-After} of clients that exceed a limit, in seconds. */
  public static final String RETRY_AFTER = "2";

  private ProblemMapping() {}

  /** The HTTP status of a failure. */
  public static int status(FailureKind kind) {
    return switch (kind) {
      case INTERNAL -> 500;
      case INVALID_REQUEST -> 400;
      // The service's key is bad, not the caller's: 401 would ask the caller for one.
      case UNAUTHENTICATED -> 502;
      case RATE_LIMITED -> 429;
      case QUOTA -> 402;
      case UNAVAILABLE, LOST -> 503;
      case TIMEOUT -> 504;
      case CANCELLED -> 410;
      case BLOCKED -> 422;
      case NOT_FOUND -> 404;
      case TOO_LARGE -> 413;
    };
  }

  private static String title(FailureKind kind) {
    return switch (kind) {
      case INTERNAL -> "Something is wrong with Voicebus";
      case INVALID_REQUEST -> "The request cannot be served as it is";
      case UNAUTHENTICATED -> "A service refuses Voicebus's key";
      case RATE_LIMITED -> "Too much at once";
      case QUOTA -> "Credits or an allowance are used up";
      case UNAVAILABLE -> "Not available now";
      case TIMEOUT -> "No answer within the time limit";
      case CANCELLED -> "The turn was cancelled";
      case LOST -> "The connection to a stage was lost";
      case BLOCKED -> "A service refused the content";
      case NOT_FOUND -> "Not found";
      case TOO_LARGE -> "Too large";
    };
  }

  /** The name of a kind or a stage in JSON. */
  public static String dashed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The problem for a failure of a stage. */
  public static Problem of(Failure failure) {
    FailureKind kind = failure.kind();
    int status = status(kind);
    return new Problem(
        dashed(kind),
        title(kind),
        status,
        failure.detail(),
        dashed(failure.stage()),
        status == 429 || status == 503 ? Map.of("Retry-After", RETRY_AFTER) : Map.of(),
        Map.of());
  }

  /** The problem for a failure of a stage. */
  /** A problem of this server. */
  public static Problem of(FailureKind kind, String detail) {
    return new Problem(dashed(kind), title(kind), status(kind), detail);
  }

  /** The problem for an exception. Details that are not for the caller go to the log only. */
  public static Problem of(Throwable thrown) {
    if (thrown instanceof ProblemException known) {
      return known.problem();
    }
    if (thrown instanceof VoicebusException voicebus) {
      return of(voicebus.failure());
    }
    return of(FailureKind.INTERNAL, "the server's log says more");
  }
}
