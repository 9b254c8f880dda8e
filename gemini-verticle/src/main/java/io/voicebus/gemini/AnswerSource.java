package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import java.util.List;

/**
 * Where a {@link GeminiVerticle} with certain settings gets its answers from: what a person is told
 * of it before the first prompt.
 *
 * @param services in the order in which they are asked; none where the prompt itself is read aloud
 * @param chosen whether the setting {@code source} says so, and not what else is set
 * @param warnings what was set and has no effect, each in a sentence
 */
public record AnswerSource(List<Service> services, boolean chosen, List<String> warnings) {

  /**
   * A model that can be asked.
   *
   * @param source {@code gemini} or {@code openai}
   * @param model as its service calls it
   * @param host where it is
   */
  public record Service(String source, String model, String host) {}

  public AnswerSource {
    services = List.copyOf(services);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the settings of the role {@code gemini} as the verticle does.
   *
   * @throws IllegalArgumentException for settings with which it does not start; says what to do
   */
  public static AnswerSource of(JsonObject config) {
    Settings settings = new Settings("gemini", config);
    SourceSettings read = SourceSettings.read(settings);
    return new AnswerSource(
        read.services().stream().map(SourceSettings.Target::service).toList(),
        settings.has(GeminiConfig.SOURCE),
        read.warnings());
  }

  /** Whether the prompt itself is read aloud. */
  public boolean reads() {
    return services.isEmpty();
  }
}
