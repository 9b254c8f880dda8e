package io.voicebus.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.door.DoorSettings;
import io.voicebus.http.door.PublicUrl;
import io.voicebus.http.wire.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code /openapi.json}: all endpoints, as OpenAPI 3.1. */
final class OpenApiEndpoint {
  private final String document;

  /** Where the document says that this server is. */
  OpenApiEndpoint(DoorSettings settings) {
    PublicUrl known = settings.publicUrl();
    String here = known == null ? "/" : known.origin() + known.base().below("/");
    JsonObject server = new JsonObject().put("url", here.replaceFirst("(?<=.)/$", ""));
    document = new JsonObject(read()).put("servers", new JsonArray().add(server)).encode();
  }

  /** The document as it is in the jar. */
  static String read() {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream("api/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("api/openapi.json is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void get(RoutingContext context) {
    Body.json(context.response(), document);
  }
}
