package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the body of a request for speech must be like. */
final class OpenAiSpeechRules {
  /** UTF-16 units; longer texts are refused. */
  static final int MAX_INPUT_CHARS = 4_096;

  private static final Set<String> FIELDS =
      Set.of(
          "model", "input", "voice", "response_format", "speed", "instructions", "stream_format");
  private static final Set<String> FORMATS = Set.of("mp3", "opus", "aac", "flac", "wav", "pcm");
  private static final Set<String> EMULATED = Set.of("wav", "pcm");

  /** Of a mix like {@code af_bella(2)+af_sky}. */
  private static final String WEIGHT = "\\([0-9.]+\\)$";

  private OpenAiSpeechRules() {}

  /** A body that obeys the rules. */
  record Speech(String model, String voice, String input, String format, boolean sse) {}

  /**
   * Checks a body.
   *
   * @throws OpenAiRejection when it breaks a rule
   */
  static Speech check(OpenAiFields body, OpenAiOptions options) {
    if (options.flavor() == OpenAiFlavor.OPENAI) {
      body.allow(FIELDS);
    }
    String model = body.requiredText("model");
    String input = body.requiredText("input");
    String voice = voice(body);
    String format = body.word("response_format", FORMATS, "mp3");
    boolean sse = body.word("stream_format", Set.of("audio", "sse"), "audio").equals("sse");
    body.number("speed", 0.25, 4);
    @Nullable String instructions = body.text("instructions");
    if (input.isEmpty()) {
      throw OpenAiRejection.invalid(
          "string_below_min_length",
          "input",
          "Invalid 'input': empty string. Expected a string with minimum length 1.");
    }
    if (input.length() > MAX_INPUT_CHARS) {
      throw OpenAiRejection.invalid(
          "string_above_max_length",
          "input",
          "Invalid 'input': string too long. Expected a string with maximum length "
              + MAX_INPUT_CHARS
              + ", but got a string with length "
              + input.length()
              + " instead.");
    }
    options.checkModel(model);
    if (model.startsWith("tts-1") && (sse || instructions != null)) {
      String field = sse ? "stream_format" : "instructions";
      throw OpenAiRejection.invalid(
          "unsupported_parameter", field, "'" + field + "' is not supported with this model.");
    }
    checkVoice(voice, options);
    if (!EMULATED.contains(format)) {
      throw new OpenAiRejection(
          OpenAiError.invalid("The emulator speaks pcm and wav only, not " + format + "."));
    }
    return new Speech(model, voice, input, format, sse);
  }

  private static String voice(OpenAiFields body) {
    body.require("voice");
    if (body.values().getValue("voice") instanceof JsonObject) {
      return body.object("voice").requiredText("id");
    }
    return body.requiredText("voice");
  }

  private static void checkVoice(String voice, OpenAiOptions options) {
    if (options.voices().isEmpty()) {
      return;
    }
    for (String one : voice.split("\\+", -1)) {
      if (!options.voices().contains(one.replaceFirst(WEIGHT, ""))) {
        throw new OpenAiRejection(unknown(one, options));
      }
    }
  }

  private static OpenAiError unknown(String voice, OpenAiOptions options) {
    String known = String.join(", ", options.voices().stream().sorted().toList());
    return options.flavor() == OpenAiFlavor.OPENAI
        ? OpenAiError.invalid(
            "invalid_value",
            "voice",
            "Invalid value: '" + voice + "'. Supported values are: " + known + ".")
        : new OpenAiError(
            400,
            "invalid_request_error",
            "validation_error",
            null,
            "Voice '" + voice + "' not found. Available voices: " + known);
  }
}
