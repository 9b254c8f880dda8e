package io.voicebus.http;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request's query where it may be anything. */
final class QueryParameter {
  private QueryParameter() {}

  /**
   * A parameter's value; null for none.
   *
   * @throws ProblemException 400: the query is not well-formed, or has it twice
   */
  static @Nullable String of(HttpServerRequest request, String name) {
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

  static ProblemException malformed() {
    return JsonFields.invalid("the query is not well-formed: write '%' as %25");
  }
}
