package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** How little each family of models can be made to think: the less, the sooner it speaks. */
final class GeminiThinking {
  /** The first family that a model belongs to decides. */
  private static final List<Family> FAMILIES =
      List.of(
          new Family(model -> !model.startsWith("gemini-"), nothing()),
          new Family(
              model -> model.startsWith("gemini-1") || model.startsWith("gemini-2.0"), nothing()),
          new Family(model -> model.startsWith("gemini-2.5-pro"), budget(128)),
          new Family(model -> model.startsWith("gemini-2.5"), budget(0)),
          new Family(model -> model.contains("-pro"), level("LOW")),
          new Family(model -> model.contains("-lite"), level("MINIMAL")),
          new Family(model -> model.matches("gemini-3(\\.[0-6])?-flash.*"), level("MINIMAL")),
          new Family(model -> true, level("LOW")));

  private GeminiThinking() {}

  private record Family(Predicate<String> has, Optional<JsonObject> config) {}

  /**
   * What to ask of a model.
   *
   * @param setting {@code auto}; {@code default} for what the model does by itself; or a level
   */
  static Optional<JsonObject> of(String model, String setting) {
    return switch (setting) {
      case "default" -> nothing();
      case "auto" ->
          FAMILIES.stream()
              .filter(family -> family.has.test(model))
              .findFirst()
              .flatMap(Family::config);
      default -> level(setting.toUpperCase(Locale.ROOT));
    };
  }

  private static Optional<JsonObject> nothing() {
    return Optional.empty();
  }

  private static Optional<JsonObject> budget(int tokens) {
    return Optional.of(
        new JsonObject().put("thinkingBudget", tokens).put("includeThoughts", false));
  }

  private static Optional<JsonObject> level(String level) {
    return Optional.of(new JsonObject().put("thinkingLevel", level).put("includeThoughts", false));
  }
}
