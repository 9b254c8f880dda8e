package io.voicebus.http.elevenlabs;

import io.voicebus.audio.AudioCoding;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.wire.JsonFields;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the address of a WebSocket says of all that is spoken over it.
 *
 * @param multi whether it has several contexts, or is one text
 * @param coding of the audio
 * @param model any name
 * @param language two letters; empty to find out
 * @param autoMode whether each message is spoken at once, as its client has cut it
 * @param syncAlignment whether times count from the beginning of a context, which clients that ask
 *     for them with every message take them for; else from the end of the times before
 * @param inactivityMs how long a client may say nothing
 */
record InputOptions(
    boolean multi,
    AudioCoding coding,
    String model,
    String language,
    boolean autoMode,
    boolean syncAlignment,
    long inactivityMs) {
  private static final long USUAL_SECONDS = 20;
  private static final long MOST_SECONDS = 180;

  /**
   * Reads a query. What is not asked for here is ignored.
   *
   * @param query gives a parameter's value; null for none
   * @throws io.voicebus.http.wire.ProblemException 400
   */
  static InputOptions of(boolean multi, Function<String, @Nullable String> query) {
    return new InputOptions(
        multi,
        Refusal.coding(
            Objects.requireNonNullElse(query.apply("output_format"), Refusal.USUAL_FORMAT)),
        Objects.requireNonNullElse(query.apply("model_id"), ""),
        SpeechOrder.language(Objects.requireNonNullElse(query.apply("language_code"), "")),
        "true".equalsIgnoreCase(query.apply("auto_mode")),
        "true".equalsIgnoreCase(query.apply("sync_alignment")),
        1000 * seconds(query.apply("inactivity_timeout")));
  }

  private static long seconds(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return USUAL_SECONDS;
    }
    try {
      long seconds = Long.parseLong(value);
      if (seconds >= 1) {
        return Math.min(seconds, MOST_SECONDS);
      }
    } catch (NumberFormatException none) {
      // As one that is too small.
    }
    throw Refusal.of(
        FailureKind.INVALID_REQUEST,
        "inactivity_timeout",
        "invalid_parameters",
        "'inactivity_timeout' must be from 1 to 180 seconds, not " + JsonFields.show(value));
  }

  /** Of the turn that speaks a context. */
  TurnOptions turn(String voice) {
    return TurnOptions.DEFAULTS
        .withPace(Pace.ASAP)
        .withMode(autoMode ? TextMode.VERBATIM : TextMode.SAY)
        .withVoice(voice)
        .withLanguage(language);
  }
}
