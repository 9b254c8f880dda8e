package io.voicebus.http.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * An error for clients, written by default as {@code application/problem+json} (RFC 9457).
 *
 * @param type the last part of {@code /problems/…}, in lower-case-dashed words
 * @param title the same for every problem of the type
 * @param status the HTTP status
 * @param detail what is wrong and what to do, for a person
 * @param stage the stage that failed, in lower case
 * @param headers of the response
 * @param members further members of the body
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String stage,
    Map<String, String> headers,
    Map<String, String> members) {
  /** The path below which types are explained, after the server's base path. */
  public static final String TYPES = "/problems/";

  /** Copies the maps. */
  public Problem {
    headers = Map.copyOf(headers);
    members = Map.copyOf(members);
  }

  /** An error of the HTTP server itself. */
  public Problem(String type, String title, int status, String detail) {
    this(type, title, status, detail, "owner", Map.of(), Map.of());
  }

  /** A copy with a header for the response. */
  public Problem withHeader(String name, String value) {
    return new Problem(type, title, status, detail, stage, with(headers, name, value), members);
  }

  /**
   * A copy with a further member of the body. {@code param}, the name of the wrong field, and
   * {@code code} have these names in other services' errors.
   */
  public Problem withMember(String name, String value) {
    return new Problem(type, title, status, detail, stage, headers, with(members, name, value));
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new TreeMap<>(map);
    copy.put(name, value);
    return copy;
  }

  /** An exception that carries it. */
  public ProblemException toException() {
    return new ProblemException(this);
  }

  /**
   * As problem+json.
   *
   * @param base the path under which the server is offered, without a slash at its end
   */
  String toJson(String base) {
    JsonText json =
        JsonText.object()
            .put("type", base + TYPES + type)
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .put("stage", stage);
    new TreeMap<>(members).forEach(json::put);
    return json.toString();
  }
}
