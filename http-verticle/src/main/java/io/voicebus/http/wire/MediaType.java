package io.voicebus.http.wire;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says that its body is.
 *
 * @param name lower-case, without parameters; empty when it says nothing
 * @param charset lower-case; empty when it says none
 * @param encoding of the content, lower-case; empty for none
 */
public record MediaType(String name, String charset, String encoding) {
  /** The type of JSON. */
  public static final String JSON = "application/json";

  /** The type of a form, and of what {@code curl -d} sends. */
  public static final String FORM = "application/x-www-form-urlencoded";

  private static final Set<String> UTF_8 = Set.of("", "utf-8", "utf8", "us-ascii");

  /** What the request says. */
  public static MediaType of(HttpServerRequest request) {
    String type = header(request, "Content-Type");
    String charset = "";
    String[] parts = type.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].split("=", 2);
      if (parameter.length == 2 && parameter[0].trim().equals("charset")) {
        charset = parameter[1].trim().replace("\"", "");
      }
    }
    String encoding = header(request, "Content-Encoding");
    return new MediaType(parts[0].trim(), charset, encoding.equals("identity") ? "" : encoding);
  }

  private static String header(HttpServerRequest request, String name) {
    return String.join(",", request.headers().getAll(name)).trim().toLowerCase(Locale.ROOT);
  }

  /** Whether it is this type; lower-case. */
  public boolean is(String other) {
    return name.equals(other);
  }

  /** Whether it is JSON, also of a kind that has a name, such as {@code application/x+json}. */
  public boolean isJson() {
    return is(JSON) || name.endsWith("+json");
  }

  /** Why a body like this cannot be text or JSON; null if it can. */
  public @Nullable ProblemException unreadable() {
    if (!encoding.isEmpty()) {
      ProblemException why =
          unsupported("the body is encoded; send it as it is, without Content-Encoding");
      return why.problem().withHeader("Accept-Encoding", "identity").toException();
    }
    if (!UTF_8.contains(charset)) {
      return unsupported("send the text as UTF-8, and say charset=utf-8 or nothing");
    }
    String group = name.split("/", 2)[0];
    return switch (group) {
      case "multipart" ->
          unsupported(
              "send the text itself as the body, as 'curl --data-binary @FILE' does, or JSON;"
                  + " forms with parts (curl -F) are not read");
      case "audio", "image", "video", "font" ->
          unsupported("send text: the body is the prompt itself, or JSON");
      default -> null;
    };
  }

  /** Why it is not JSON; null if it is. */
  public @Nullable ProblemException notJson() {
    ProblemException why = unreadable();
    return why != null || isJson()
        ? why
        : unsupported("send Content-Type: application/json; plain text goes to /v1/speak");
  }

  /** 415, with what to do. */
  public static ProblemException unsupported(String detail) {
    return new Problem(
            "unsupported-media-type", "A body of this type is not read here", 415, detail)
        .toException();
  }
}
