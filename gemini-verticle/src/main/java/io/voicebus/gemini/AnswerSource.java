package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import java.util.List;

/**
 * Where a {@link GeminiVerticle} with certain settings gets its answers from. The launcher shows it
 * to the user before the first prompt.
 *
 * @param name the source, as the setting {@code source} has it
 * @param services the models, in the order in which they are asked; empty if no model is asked
 * @param chosen true if the setting {@code source} names the source; false if it follows from other
 *     settings
 * @param warnings settings that have no effect, one sentence each
 */
public record AnswerSource(
    String name, List<Service> services, boolean chosen, List<String> warnings) {

  /**
   * A model that can be asked.
   *
   * @param source {@code gemini} or {@code openai}
   * @param model the model's name at its service
   * @param host the host name or address of the service
   */
  public record Service(String source, String model, String host) {}

  public AnswerSource {
    services = List.copyOf(services);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the settings of the role {@code gemini} as the verticle does.
   *
   * @throws IllegalArgumentException if the verticle would not start with these settings; the
   *     message says what to change
   */
  public static AnswerSource of(JsonObject config) {
    Settings settings = new Settings("gemini", config);
    SourceSettings read = SourceSettings.read(settings);
    read.outbound().load(!read.services().isEmpty());
    return new AnswerSource(
        read.name(),
        read.services().stream().map(SourceSettings.Target::service).toList(),
        settings.has(GeminiConfig.SOURCE),
        read.warnings());
  }

  /** Whether no model answers, and the reader reads the prompt aloud. */
  public boolean reads() {
    return name.equals(ReaderSource.NAME);
  }
}
