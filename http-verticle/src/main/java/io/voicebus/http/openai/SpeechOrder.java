package io.voicebus.http.openai;

import io.voicebus.audio.AudioCoding;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.api.SpokenSpeed;
import io.voicebus.http.wire.StrictUtf8;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /v1/audio/speech}.
 *
 * @param input what is to be said
 * @param model any name
 * @param voice any name; empty for none
 * @param coding of the audio
 * @param events whether the audio comes as server-sent events
 * @param ignored what else was asked for, and has no effect here
 * @param speed as {@link io.voicebus.contract.TurnOptions#speed} has it
 */
record SpeechOrder(
    String input,
    String model,
    String voice,
    AudioCoding coding,
    boolean events,
    List<String> ignored,
    int speed) {

  /** Copies the list. */
  SpeechOrder {
    ignored = List.copyOf(ignored);
  }

  /**
   * Reads it.
   *
   * @throws io.voicebus.http.wire.ProblemException 400, 413
   */
  static SpeechOrder parse(RequestJson json, int maxInputBytes) {
    String input = json.text("input");
    if (input.isBlank()) {
      throw Invalid.field("input", "there is nothing to say: 'input' must be a text");
    }
    if (StrictUtf8.length(input) > maxInputBytes) {
      throw Invalid.tooLarge(
          "input",
          "'input' has "
              + StrictUtf8.length(input)
              + " bytes; max-prompt-bytes allows "
              + maxInputBytes);
    }
    String format = json.text("response_format");
    return new SpeechOrder(
        input,
        json.text("model"),
        json.voice(),
        Invalid.coding("response_format", format.isEmpty() ? "mp3" : format, AudioCoding::openAi),
        events(json.text("stream_format")),
        ignored(json),
        speed(json));
  }

  /** What changes how it sounds, and no engine is told. */
  private static List<String> ignored(RequestJson json) {
    List<String> ignored = new ArrayList<>();
    json.value("instructions")
        .filter(words -> !words.equals(""))
        .ifPresent(words -> ignored.add("instructions"));
    return ignored;
  }

  private static int speed(RequestJson json) {
    try {
      return SpokenSpeed.of(json.value(SpokenSpeed.PARAM));
    } catch (IllegalArgumentException wrong) {
      throw Invalid.field(SpokenSpeed.PARAM, String.valueOf(wrong.getMessage()));
    }
  }

  private static boolean events(String streamFormat) {
    return switch (streamFormat) {
      case "", "audio" -> false;
      case "sse" -> true;
      default -> throw Invalid.field("stream_format", "'stream_format' must be 'audio' or 'sse'");
    };
  }
}
