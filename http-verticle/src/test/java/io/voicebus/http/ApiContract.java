package io.voicebus.http;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code /openapi.json} says of an answer, and whether the answer is like that. */
final class ApiContract {
  /** To be copied before a library gets it that notes in it where its parts are. */
  static final JsonObject DOCUMENT = new JsonObject(OpenApiEndpoint.read());

  /** Paths of the interface itself, as they are written there, without any other spelling. */
  private static final Pattern OWN =
      Pattern.compile("/(?:v[0-9]|health|metrics|mcp|problems|openapi)(?:[/.][\\w.-]++)*+");

  private static final Map<String, Validator> VALIDATORS = new ConcurrentHashMap<>();

  private ApiContract() {}

  /** The template of a path, such as {@code /v1/turns/{turn}}; empty for one that is not there. */
  static Optional<String> template(String target) {
    String path = target.split("\\?", 2)[0];
    List<String> all =
        DOCUMENT.getJsonObject("paths").fieldNames().stream()
            .filter(each -> pattern(each).matcher(path).matches())
            .toList();
    return all.contains(path) ? Optional.of(path) : all.stream().findFirst();
  }

  private static Pattern pattern(String template) {
    return Pattern.compile(template.replaceAll("\\{[^}]+}", "[^/]+"));
  }

  /** The operation, if the document has it; {@code HEAD} is as {@code GET}. */
  static Optional<JsonObject> operation(String method, String target) {
    String name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    return template(target)
        .map(path -> DOCUMENT.getJsonObject("paths").getJsonObject(path).getJsonObject(name));
  }

  /**
   * Holds an answer against the document.
   *
   * @param body null where it is not text, or has not come
   * @return what is wrong with it; empty if nothing is. What is served under the interface's own
   *     paths must be in the document
   */
  static Optional<String> complaint(
      String method, String target, int status, String contentType, @Nullable String body) {
    Optional<JsonObject> operation = operation(method, target);
    String what = method + " " + target + " answers " + status;
    if (operation.isEmpty()) {
      boolean served = status < 400 && !method.equals("OPTIONS");
      return served && OWN.matcher(target.split("\\?", 2)[0]).matches()
          ? Optional.of(what + ", and the document does not have it")
          : Optional.empty();
    }
    JsonObject responses = operation.get().getJsonObject("responses");
    JsonObject response = responses.getJsonObject(String.valueOf(status));
    if (response == null && status < 400) {
      return Optional.of(what + ", of which the document says nothing");
    }
    JsonObject content =
        resolved(response == null ? responses.getJsonObject("default") : response)
            .getJsonObject("content");
    String type = contentType.split(";", 2)[0].trim();
    if (content == null) {
      return type.isEmpty() ? Optional.empty() : Optional.of(what + " with a body of " + type);
    }
    JsonObject media = content.getJsonObject(type);
    if (media == null) {
      return Optional.of(what + " with " + type + ", not " + content.fieldNames());
    }
    if (body == null || !type.endsWith("json")) {
      return Optional.empty();
    }
    JsonObject schema = media.getJsonObject("schema");
    JsonObject ofLine = schema.getJsonObject("x-each-line");
    Stream<String> parts = ofLine == null ? Stream.of(body) : body.lines();
    return parts
        .flatMap(part -> violation(ofLine == null ? schema : ofLine, part).stream())
        .findFirst()
        .map(why -> what + ": " + why);
  }

  private static JsonObject resolved(JsonObject object) {
    String reference = object.getString("$ref");
    if (reference == null) {
      return object;
    }
    JsonObject found = DOCUMENT;
    for (String part : reference.substring("#/".length()).split("/", -1)) {
      found = found.getJsonObject(part);
    }
    return found;
  }

  private static Optional<String> violation(JsonObject schema, String body) {
    OutputUnit result =
        VALIDATORS
            .computeIfAbsent(schema.encode(), ApiContract::validator)
            .validate(Json.decodeValue(body));
    return result.getValid()
        ? Optional.empty()
        : Optional.of(
            result.getErrors().stream()
                    .map(error -> error.getInstanceLocation() + " " + error.getError())
                    .toList()
                + " in "
                + body);
  }

  private static Validator validator(String schema) {
    // References lead to the document's components.
    JsonObject whole =
        new JsonObject(schema).put("components", DOCUMENT.getJsonObject("components").copy());
    return Validator.create(
        JsonSchema.of(whole),
        new JsonSchemaOptions()
            .setBaseUri("app://voicebus")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  /** All operations, as method and template. */
  static List<String[]> operations() {
    return DOCUMENT.getJsonObject("paths").stream()
        .flatMap(
            path ->
                ((JsonObject) path.getValue())
                    .fieldNames().stream()
                        .filter(List.of("get", "post", "put", "delete")::contains)
                        .map(method -> new String[] {method, path.getKey()}))
        .toList();
  }

  /** The parameters of an operation and its path that are in this place, by name. */
  static List<JsonObject> parameters(String method, String template, String place) {
    JsonObject path = DOCUMENT.getJsonObject("paths").getJsonObject(template);
    JsonArray all = new JsonArray().addAll(path.getJsonArray("parameters", new JsonArray()));
    all.addAll(path.getJsonObject(method).getJsonArray("parameters", new JsonArray()));
    return all.stream()
        .map(each -> resolved((JsonObject) each))
        .filter(each -> each.getString("in").equals(place))
        .toList();
  }
}
