package io.voicebus.emulators;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The models there are, and how each may be told to think. */
final class GeminiModels {
  private static final Set<String> ALL = Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH");
  private static final Set<String> NOT_MINIMAL = Set.of("LOW", "MEDIUM", "HIGH");
  private static final Set<String> BUDGET_ONLY = Set.of();

  private static final Map<String, Model> BY_ID =
      List.of(
              new Model("gemini-3.8-flash", "gemini-3.8-flash", NOT_MINIMAL),
              new Model("gemini-3.7-flash", "gemini-3.7-flash", NOT_MINIMAL),
              new Model("gemini-3.6-flash", "gemini-3.6-flash", ALL),
              new Model("gemini-3.5-flash-lite", "gemini-3.5-flash-lite", ALL),
              new Model("gemini-3.5-flash", "gemini-3.6-flash", ALL),
              new Model("gemini-3.1-flash-lite", "gemini-3.1-flash-lite", ALL),
              new Model("gemini-3.1-pro-preview", "gemini-3.1-pro-preview", NOT_MINIMAL),
              new Model("gemini-2.5-flash", "gemini-2.5-flash", BUDGET_ONLY),
              new Model("gemini-2.5-flash-lite", "gemini-2.5-flash-lite", BUDGET_ONLY))
          .stream()
          .collect(Collectors.toMap(Model::id, Function.identity()));

  private GeminiModels() {}

  /**
   * One model.
   *
   * @param servedBy what {@code modelVersion} says
   * @param levels of thinking; none where thinking has a budget instead
   */
  record Model(String id, String servedBy, Set<String> levels) {
    boolean takesBudget() {
      return levels.isEmpty();
    }
  }

  static @Nullable Model find(String id) {
    return BY_ID.get(id);
  }
}
