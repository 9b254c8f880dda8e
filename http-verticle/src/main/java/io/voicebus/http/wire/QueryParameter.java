package io.voicebus.http.wire;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
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
    List<String> values;
    try {
      values = request.params().getAll(name);
    } catch (IllegalArgumentException badEncoding) {
      throw malformed();
    }
    if (values.size() > 1) {
      throw JsonFields.invalid("the parameter " + JsonFields.show(name) + " is given twice");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** 400 for a query that cannot be decoded. */
  public static ProblemException malformed() {
    return JsonFields.invalid("the query is not well-formed: write '%' as %25");
  }
}
