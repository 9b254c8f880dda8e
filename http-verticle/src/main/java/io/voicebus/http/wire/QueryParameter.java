package io.voicebus.http.wire;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the query of a request, which may be malformed. */
public final class QueryParameter {
  private QueryParameter() {}

  /**
   * A parameter's value; null for none.
   *
   * @throws ProblemException 400 if the query is malformed, or has the parameter twice
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
   * All parameters by their names.
   *
   * @throws ProblemException 400 if the query is malformed, or has a parameter twice
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
