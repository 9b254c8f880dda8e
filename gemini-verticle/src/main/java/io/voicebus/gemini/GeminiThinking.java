package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The least thinking that each family of models can be set to. */
final class GeminiThinking {
  private static final List<Family> FAMILIES = load();

  private GeminiThinking() {}

  private record Family(Pattern model, String least) {}

  /**
   * What to ask of a model.
   *
   * @param setting {@code auto}; {@code default} for what the model does by itself; or a level
   */
  static Optional<JsonObject> of(String model, String setting) {
    String how =
        switch (setting) {
          case "default" -> "-";
          case "auto" -> least(model);
          default -> setting.toUpperCase(Locale.ROOT);
        };
    if (how.equals("-")) {
      return Optional.empty();
    }
    JsonObject config =
        Character.isDigit(how.charAt(0))
            ? new JsonObject().put("thinkingBudget", Integer.parseInt(how))
            : new JsonObject().put("thinkingLevel", how);
    return Optional.of(config.put("includeThoughts", false));
  }

  private static String least(String model) {
    return FAMILIES.stream()
        .filter(family -> family.model.matcher(model).matches())
        .findFirst()
        .map(Family::least)
        .orElse("-");
  }

  private static List<Family> load() {
    try (InputStream in = GeminiThinking.class.getResourceAsStream("gemini-thinking.txt")) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return table
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 2))
          .map(columns -> new Family(pattern(columns[0]), columns[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern pattern(String text) {
    return Pattern.compile("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E");
  }
}
