package io.voicebus.http.wire;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The media type of a request's body, by its headers.
 *
 * @param name the type in lower case, without parameters; empty for none
 * @param charset the charset in lower case; empty for none
 * @param encoding the content encoding in lower case; empty for none
 */
public record MediaType(String name, String charset, String encoding) {
  /** The type of JSON. */
  public static final String JSON = "application/json";

  /** The type of a form, and of what {@code curl -d} sends. */
  public static final String FORM = "application/x-www-form-urlencoded";

  private static final Set<String> UTF_8 = Set.of("", "utf-8", "utf8", "us-ascii");

  /** The media type of a request. */
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

  /** Whether it is this type, which must be in lower case. */
  public boolean is(String other) {
    return name.equals(other);
  }

  /** Whether it is JSON, also of a named kind such as {@code application/x+json}. */
  public boolean isJson() {
    return is(JSON) || name.endsWith("+json");
  }

  /** The error for a body that can be neither text nor JSON; null if it can be. */
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

  /** The error for a body that is not JSON; null if it is. */
  public @Nullable ProblemException notJson() {
    ProblemException why = unreadable();
    return why != null || isJson()
        ? why
        : unsupported("send Content-Type: application/json; plain text goes to /v1/speak");
  }

  /**
   * An error 415.
   *
   * @param detail what is wrong and what to do
   */
  public static ProblemException unsupported(String detail) {
    return new Problem(
            "unsupported-media-type", "A body of this type is not read here", 415, detail)
        .toException();
  }
}
