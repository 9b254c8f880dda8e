package io.voicebus.emulators;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's head must be like. */
final class GeminiRules {
  /** Longer bodies are refused. */
  static final int MAX_BODY_BYTES = 20 * 1024 * 1024;

  private static final Pattern MODEL = Pattern.compile("/(v1beta|v1)/models/([^/:]+)");
  private static final Pattern STREAM = Pattern.compile(MODEL.pattern() + ":streamGenerateContent");

  private GeminiRules() {}

  /** A head that obeys the rules. */
  record Head(String version, GeminiModels.Model model, Map<String, String> headers) {}

  /** Whether it asks about a model, instead of asking the model. */
  static boolean asksAboutAModel(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) && MODEL.matcher(request.path()).matches();
  }

  /** Checks a question about a model. */
  static GeminiModels.Model checkAbout(HttpServerRequest request, String validKey) {
    checkKey(request, validKey);
    return model(MODEL.matcher(request.path()));
  }

  /**
   * Checks the head of a prompt.
   *
   * @throws GeminiRejection when it breaks a rule
   */
  static Head check(HttpServerRequest request, String validKey) {
    Matcher path = STREAM.matcher(request.path());
    if (!path.matches() || !request.method().equals(HttpMethod.POST)) {
      throw new GeminiRejection(GeminiRefusal.html(404, "Not Found"));
    }
    MultiMap query = request.params();
    for (String name : query.names()) {
      if (!List.of("alt", "key").contains(name)) {
        throw GeminiRejection.invalid(
            "Invalid JSON payload received. Unknown name \""
                + name
                + "\": Cannot bind query parameter. Field '"
                + name
                + "' could not be found in request message.");
      }
    }
    checkKey(request, validKey);
    if (!"sse".equals(query.get("alt"))) {
      throw GeminiRejection.invalid("The emulator streams server-sent events only: add ?alt=sse.");
    }
    String type = request.getHeader("content-type");
    if (type == null
        || !type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw GeminiRejection.invalid("Content-Type must be application/json, not " + type + ".");
    }
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    headers.remove("x-goog-api-key");
    GeminiModels.Model model = model(path);
    return new Head(path.group(1), model, Map.copyOf(headers));
  }

  private static void checkKey(HttpServerRequest request, String validKey) {
    @Nullable String header = request.getHeader("x-goog-api-key");
    @Nullable String key = header == null ? request.getParam("key") : header;
    if (key == null) {
      throw new GeminiRejection(GeminiError.noKey());
    }
    if (!key.equals(validKey)) {
      throw new GeminiRejection(GeminiError.badKey());
    }
  }

  private static GeminiModels.Model model(Matcher path) {
    if (!path.matches()) {
      throw new GeminiRejection(GeminiRefusal.html(404, "Not Found"));
    }
    GeminiModels.Model model = GeminiModels.find(path.group(2));
    if (model == null) {
      throw new GeminiRejection(GeminiError.unknownModel(path.group(2), path.group(1)));
    }
    return model;
  }
}
