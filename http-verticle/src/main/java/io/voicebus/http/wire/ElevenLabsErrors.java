package io.voicebus.http.wire;

/**
 * ElevenLabs' shape: {@code {"detail":{"status","code","type","message"}}}, and a list for a body
 * that is not what its schema says. A problem's members {@code param} and {@code code} are taken
 * from it, if it has them.
 */
final class ElevenLabsErrors implements ErrorDialect {
  private static final String PARAM = "param";

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
    return problem.status() == 422 && problem.type().equals("invalid-request")
        ? list(problem)
        : one(problem);
  }

  private static String one(Problem problem) {
    String code = problem.members().getOrDefault("code", code(problem));
    JsonText detail =
        JsonText.object()
            .put("status", code)
            .put("code", code)
            .put("type", type(problem))
            .put("message", problem.title() + ": " + problem.detail());
    String param = problem.members().get(PARAM);
    return JsonText.object()
        .put("detail", param == null ? detail : detail.put(PARAM, param))
        .toString();
  }

  private static String list(Problem problem) {
    String param = problem.members().get(PARAM);
    JsonText place =
        JsonText.object().put("type", problem.members().getOrDefault("code", "value_error"));
    place.putJson(
        "loc", param == null ? "[\"body\"]" : "[\"body\"," + JsonText.quoted(param) + "]");
    place.put("msg", problem.detail());
    return JsonText.object().putJson("detail", "[" + place + "]").toString();
  }

  private static String type(Problem problem) {
    return switch (problem.status()) {
      case 401 -> "authentication_error";
      case 402, 403 -> "authorization_error";
      case 404, 410 -> "not_found";
      case 409 -> "conflict";
      case 429 -> "rate_limit_error";
      default -> problem.status() < 500 ? "validation_error" : "internal_error";
    };
  }

  private static String code(Problem problem) {
    return switch (problem.type()) {
      case "unauthorized" -> "invalid_api_key";
      case "quota" -> "quota_exceeded";
      case "rate-limited" ->
          problem.status() == 429 ? "too_many_concurrent_requests" : "system_busy";
      case "unavailable", "lost", "timeout" -> "system_busy";
      case "internal" -> "something_went_wrong";
      default -> problem.type().replace('-', '_');
    };
  }
}
