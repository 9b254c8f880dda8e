package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import java.time.Duration;

/**
 * How to speak of a service in what a person is told.
 *
 * @param service begins a sentence, like {@code Gemini}
 * @param key what to do about a key that is refused
 * @param model the setting that names the model
 * @param url the setting that says where the service is
 * @param tokens the setting of the most tokens
 */
record ServiceWords(String service, String key, String model, String url, String tokens) {

  /** What any status means that the service says no more about. */
  ModelFault classify(int status, String message, Duration after) {
    String brief = ModelFault.brief(message);
    String said = brief.isEmpty() ? "status " + status : "status " + status + ": " + brief;
    return switch (status) {
      case 400, 422 -> badRequest(brief);
      case 401 -> unauthenticated("it wants a key");
      case 402 -> quota("the account's credit is used up", said);
      case 403 -> unauthenticated("the key may not use this model or service (" + brief + ")");
      case 404 ->
          ModelFault.of(
              FailureKind.NOT_FOUND,
              service
                  + " has no such model: set "
                  + model
                  + " to one that it serves ("
                  + said
                  + ")",
              0);
      case 408 -> slow(said, ModelFault.PASSES);
      case 413 ->
          ModelFault.of(
              FailureKind.TOO_LARGE,
              "the prompt is too long for " + service + " (" + said + ")",
              0);
      case 429 ->
          ModelFault.of(
                  FailureKind.RATE_LIMITED,
                  service + " gets too many requests with this key: try again later (" + said + ")",
                  ModelFault.PASSES)
              .waiting(after);
      case 500, 502, 503 ->
          ModelFault.of(
                  FailureKind.UNAVAILABLE,
                  service + " cannot answer now, try again soon (" + said + ")",
                  ModelFault.PASSES)
              .waiting(after);
      case 504 -> slow(said, 1);
      default ->
          ModelFault.of(
              FailureKind.UNAVAILABLE,
              service + " answered in a way that is not expected: check " + url + " (" + said + ")",
              0);
    };
  }

  /** The request is not taken as it is. */
  ModelFault badRequest(String message) {
    return ModelFault.of(
        FailureKind.INVALID_REQUEST,
        service
            + " does not take the request: check "
            + model
            + " and the prompt ("
            + ModelFault.brief(message)
            + ")",
        0);
  }

  /** The key is to blame. */
  ModelFault unauthenticated(String why) {
    return ModelFault.of(FailureKind.UNAUTHENTICATED, service + " refuses: " + why + "; " + key, 0);
  }

  /** Waiting a little is of no use. */
  ModelFault quota(String what, String said) {
    return ModelFault.of(
        FailureKind.QUOTA,
        what
            + ": wait, see to the account's billing, or set another "
            + model
            + " ("
            + ModelFault.brief(said)
            + ")",
        0);
  }

  private ModelFault slow(String said, int retries) {
    return ModelFault.of(
        FailureKind.TIMEOUT, service + " took too long, try again (" + said + ")", retries);
  }

  /** Nobody is there. */
  ModelFault unreachable(String why) {
    return ModelFault.ofWay(
        FailureKind.UNAVAILABLE,
        service
            + " cannot be reached: check the network and "
            + url
            + " ("
            + ModelFault.brief(why)
            + ")",
        ModelFault.PASSES);
  }
}
