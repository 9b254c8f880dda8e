package io.voicebus.http.wire;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a request's query where it may be anything. */
public final class QueryParameter {
  private QueryParameter() {}

  /**
   * A parameter's value; null for none.
   *
   * @throws ProblemException 400: the query is not well-formed, or has it twice
   */
  public static @Nullable String of(HttpServerRequest request, String name) {
    String value = null;
    for (Map.Entry<String, String> parameter : parameters(request)) {
      if (parameter.getKey().equals(name)) {
        if (value != null) {
          throw twice(name);
        }
        value = parameter.getValue();
      }
    }
    return value;
  }

  /**
   * All of them, by their names.
   *
   * @throws ProblemException 400: the query is not well-formed, or has one twice
   */
  public static Map<String, String> all(HttpServerRequest request) {
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, String> parameter : parameters(request)) {
      if (all.put(parameter.getKey(), parameter.getValue()) != null) {
        throw twice(parameter.getKey());
      }
    }
    return all;
  }

  private static List<Map.Entry<String, String>> parameters(HttpServerRequest request) {
    String query = request.query();
    return query == null ? List.of() : UrlEncoded.query(query);
  }

  private static ProblemException twice(String name) {
    return JsonFields.invalid("the parameter " + JsonFields.show(name) + " is given twice");
  }
}
