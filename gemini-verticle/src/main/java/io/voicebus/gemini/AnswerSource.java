package io.voicebus.gemini;

import io.voicebus.contract.Settings;
import java.util.List;

/**
 * A service that answers prompts, as the settings choose it: for those who tell people of it.
 *
 * @param source {@code gemini} or {@code openai}
 * @param model as the service calls it
 * @param host where it is
 */
public record AnswerSource(String source, String model, String host) {

  /**
   * The services that {@link GeminiVerticle} asks with these settings, in the order in which they
   * are tried; none where the reader reads prompts aloud.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  public static List<AnswerSource> of(Settings settings) {
    return SourceSettings.read(settings).services().stream()
        .map(
            target ->
                new AnswerSource(
                    target.protocol().source(), target.protocol().model(), target.url().host()))
        .toList();
  }
}
