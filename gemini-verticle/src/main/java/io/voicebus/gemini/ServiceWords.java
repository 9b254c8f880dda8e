package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.ServiceAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How messages for people name a service.
 *
 * @param service begins a sentence, like {@code Gemini}
 * @param key what to do about a key that is refused
 * @param model the setting that names the model
 * @param url the setting that says where the service is
 * @param urlHint what to check about it
 * @param tokens the setting of the most tokens
 */
record ServiceWords(
    String service, String key, String model, String url, String urlHint, String tokens) {

  /**
   * As templates and servers say it: "System role not supported", "Only user and assistant roles
   * are supported!", "Conversation roles must alternate user/assistant", "Developer instruction is
   * not enabled for models/gemma-3", "'messages[0].role' does not support 'system' with this
   * model".
   */
  private static final Pattern SYSTEM_ROLE =
      Pattern.compile(
          "\\bsystem['\"]?[ _-](?:role|message|prompt|instruction)s?\\b.{0,60}\\b(?:not|un)"
              + "|only user,? (?:and )?assistant|roles must alternate|developer instruction"
              + "|\\brole\\b.{0,60}['\"]?system\\b|unsupported role|unknown role",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][\\w.-]{0,30}");

  /** How many names of fields a message lists of an event that cannot be read. */
  private static final int MOST_FIELDS = 5;

  /** What any status means that the service says no more about. */
  ModelFault classify(int status, String message, Duration after) {
    String brief = ModelFault.brief(message);
    String said = brief.isEmpty() ? "status " + status : "status " + status + ": " + brief;
    return switch (status) {
      case 400, 422 -> badRequest(brief);
      case 401 -> unauthenticated("it wants a key");
      case 402 -> quota("the account's credit is used up", said);
      case 403 -> unauthenticated("the key may not use this model or service (" + brief + ")");
      case 404 -> speaksOfAModel(message) ? noModel(said) : nothingThere(said);
      case 405 -> nothingThere(said);
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
              service + " answered in a way that is not expected: " + urlHint + " (" + said + ")",
              0);
    };
  }

  /** Whether a text is about a model, and not about an address with that word in it. */
  private static boolean speaksOfAModel(String text) {
    String words = text.toLowerCase(Locale.ROOT).replaceAll("(^|[\\s\"'`(])/[^\\s\"'`)]*", " ");
    return !words.contains("<html") && words.matches("(?s).*\\b(models?|deployments?)\\b.*");
  }

  private ModelFault noModel(String said) {
    return ModelFault.of(
        FailureKind.NOT_FOUND,
        service + " has no such model: set " + model + " to one that it serves (" + said + ")",
        0);
  }

  /**
   * Something was streamed that is no answer: a page, or what another protocol sends. It may hold
   * an answer's text, so it is not quoted, but for the names of its fields.
   */
  ModelFault noAnswer(String what) {
    return ModelFault.of(
        FailureKind.LOST,
        service
            + " streamed "
            + kindOf(what)
            + " instead of an answer, try again, and if that does not help: "
            + urlHint,
        ModelFault.PASSES);
  }

  private static String kindOf(String what) {
    String names =
        TolerantJson.parse(what).stream()
            .flatMap(json -> json.fieldNames().stream())
            .filter(name -> FIELD.matcher(name).matches())
            .limit(MOST_FIELDS)
            .collect(Collectors.joining(", "));
    return !names.isEmpty()
        ? "events of another protocol (with " + names + ")"
        : what.stripLeading().startsWith("<") ? "a page" : "what is no JSON";
  }

  /** The service is there, but no model is at the address. */
  ModelFault nothingThere(String said) {
    return ModelFault.of(
            FailureKind.NOT_FOUND,
            service + " has nothing at this address: " + urlHint + " (" + said + ")",
            0)
        .from(ModelFault.Cause.PATH);
  }

  /** The model takes no instruction in a role of its own. */
  ModelFault noSystemRole(String said) {
    return ModelFault.of(
            FailureKind.INVALID_REQUEST,
            service
                + " does not take the system instruction: set system-instruction to none, or "
                + model
                + " to another model ("
                + ModelFault.brief(said)
                + ")",
            0)
        .from(ModelFault.Cause.SYSTEM_ROLE);
  }

  /** Whether a refusal is about the role of the instruction; some templates make it a fault. */
  static boolean speaksOfTheSystemRole(int status, String text) {
    return (status == 400 || status == 422 || status == 500 || status == 501)
        && SYSTEM_ROLE.matcher(text).find();
  }

  /** Whatever a service repeats, keys and passwords go nowhere. */
  static String without(String text, String key, ServiceAddress url) {
    String masked = key.isEmpty() ? text : text.replace(key, "…");
    String user = url.userInfo();
    int colon = user.indexOf(':');
    String password = user.substring(colon + 1);
    return password.isEmpty() ? masked : masked.replace(user, "…").replace(password, "…");
  }

  /** The service answers with another address, which is not asked. */
  ModelFault elsewhere(String address) {
    return ModelFault.of(
        FailureKind.UNAVAILABLE,
        service + " says that it has moved to " + address + ": set " + url + " to that",
        0);
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

  /**
   * The answer was empty, and said to be complete.
   *
   * @param thought whether the model has thought
   */
  ModelFault wordless(boolean thought) {
    String detail =
        thought
            ? " only thought and gave no answer in words: ask again, let it think less, or set "
            : " gave an answer without a word: ask again, in other words, or set ";
    return ModelFault.of(
        FailureKind.UNAVAILABLE, service + detail + model + " to another model", 1);
  }

  /** The answer is in a loop. */
  ModelFault repeating() {
    return ModelFault.of(
        FailureKind.UNAVAILABLE,
        service
            + " says the same over and over, and was cut off: ask again, or set "
            + model
            + " to another model",
        1);
  }

  /** The answer has gone on after a reason to finish, too late to be spoken. */
  ModelFault wentOn(String with) {
    return ModelFault.of(
        FailureKind.LOST,
        service
            + "'s answer went on after it was said to be finished: what follows is not spoken ("
            + ModelFault.brief(with)
            + "), ask again",
        0);
  }

  /** The connection is gone. */
  ModelFault broken() {
    String detail = "the connection to " + service + " broke, try again";
    return ModelFault.ofWay(FailureKind.LOST, detail, ModelFault.PASSES);
  }

  /** No answer has begun in time. */
  ModelFault notBegun() {
    return ModelFault.ofWay(
        FailureKind.TIMEOUT, service + " does not begin to answer, try again", 1);
  }

  /** An answer has not got on in time. */
  ModelFault silent() {
    return ModelFault.ofWay(
        FailureKind.TIMEOUT, service + " fell silent in mid-answer, try again", 1);
  }

  private ModelFault slow(String said, int retries) {
    return ModelFault.of(
        FailureKind.TIMEOUT, service + " took too long, try again (" + said + ")", retries);
  }

  /** The failure for a service that does not answer. */
  ModelFault unreachable(String why, boolean lasts) {
    return ModelFault.ofWay(
        FailureKind.UNAVAILABLE,
        service + " cannot be reached: " + ModelFault.brief(why) + " (see " + url + ")",
        lasts ? 0 : ModelFault.PASSES);
  }
}
