package io.voicebus.http.wire;

/**
 * OpenAI's shape: {@code {"error":{"message","type","param","code"}}}. {@code param} and {@code
 * code} are the problem's members of these names, if it has them.
 */
public final class OpenAiErrors implements ErrorDialect {
  OpenAiErrors() {}

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public String body(Problem problem) {
    return body(problem, "");
  }

  @Override
  public String body(Problem problem, String base) {
    return JsonText.object().put("error", json(problem)).toString();
  }

  /** The object in {@code error}. */
  public static JsonText json(Problem problem) {
    String param = problem.members().get("param");
    JsonText error =
        JsonText.object()
            .put("message", problem.title() + ": " + problem.detail())
            .put("type", type(problem));
    if (param == null) {
      error.putJson("param", "null");
    } else {
      error.put("param", param);
    }
    return error.put("code", problem.members().getOrDefault("code", code(problem)));
  }

  private static String type(Problem problem) {
    return switch (problem.status()) {
      case 401 -> "authentication_error";
      case 402 -> "insufficient_quota";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> problem.status() < 500 ? "invalid_request_error" : "server_error";
    };
  }

  private static String code(Problem problem) {
    return switch (problem.type()) {
      case "unauthorized" -> "invalid_api_key";
      case "quota" -> "insufficient_quota";
      case "rate-limited" -> "rate_limit_exceeded";
      default -> problem.type().replace('-', '_');
    };
  }
}
