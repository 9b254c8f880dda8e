package io.voicebus.http.openai;

import io.vertx.core.json.JsonArray;
import io.voicebus.audio.AudioCoding;
import io.voicebus.contract.AnswerLimits;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.wire.StrictUtf8;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/chat/completions}.
 *
 * @param messages at least one
 * @param model any name
 * @param stream whether the answer comes in pieces
 * @param usage whether a stream ends with what it cost
 * @param audio how it is spoken; null for text alone
 * @param limits where the answer is to end at the latest
 * @param ignored what else was asked for, and has no effect here
 */
record ChatOrder(
    List<ChatMessage> messages,
    String model,
    boolean stream,
    boolean usage,
    @Nullable Audio audio,
    AnswerLimits limits,
    List<String> ignored) {
  /** What changes how a model answers, and is left to the settings. */
  private static final List<String> SETTINGS =
      List.of(
          "temperature",
          "top_p",
          "seed",
          "presence_penalty",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "reasoning_effort");

  /** OpenAI's name for samples alone. */
  private static final String PCM16 = "pcm16";

  /**
   * How an answer is spoken.
   *
   * @param voice any name; empty for none
   * @param coding of the audio
   */
  record Audio(String voice, AudioCoding coding) {}

  /** Reads it. */
  static ChatOrder parse(RequestJson json, int maxBytes) {
    json.value("n")
        .filter(n -> !(n instanceof Number number && number.doubleValue() == 1))
        .ifPresent(
            n -> {
              throw Invalid.field("n", "there is one answer: leave 'n' out");
            });
    noTools(json, "tools");
    noTools(json, "functions");
    json.object("response_format")
        .map(format -> format.text("type"))
        .filter(type -> !type.equals("text"))
        .ifPresent(
            type -> {
              throw Invalid.field(
                  "response_format", "answers are words: 'response_format' cannot be chosen");
            });
    boolean stream = json.flag("stream");
    List<ChatMessage> messages = ChatMessage.list(json);
    long bytes = messages.stream().mapToLong(one -> StrictUtf8.length(one.text())).sum();
    if (bytes > maxBytes) {
      throw Invalid.tooLarge(
          "messages", "'messages' have " + bytes + " bytes; max-prompt-bytes allows " + maxBytes);
    }
    return new ChatOrder(
        messages,
        json.text("model"),
        stream,
        json.object("stream_options").map(options -> options.flag("include_usage")).orElse(false),
        spoken(json.list("modalities")) ? audio(json.object("audio"), stream) : null,
        limits(json),
        SETTINGS.stream().filter(name -> json.value(name).isPresent()).toList());
  }

  private static AnswerLimits limits(RequestJson json) {
    int older = Limits.tokens(json, "max_tokens");
    int tokens = Limits.tokens(json, "max_completion_tokens");
    return AnswerLimits.of(tokens == 0 ? older : tokens, Limits.stop(json));
  }

  private static void noTools(RequestJson json, String name) {
    if (!json.list(name).isEmpty()) {
      throw Invalid.field(
          name, "unsupported_parameter", "'" + name + "' are not called here: leave them out");
    }
  }

  private static boolean spoken(JsonArray modalities) {
    for (Object modality : modalities) {
      if (!"text".equals(modality) && !"audio".equals(modality)) {
        throw Invalid.field("modalities", "'modalities' are \"text\" and \"audio\"");
      }
    }
    return modalities.contains("audio");
  }

  private static Audio audio(Optional<RequestJson> json, boolean stream) {
    String wanted = json.map(audio -> audio.text("format")).orElse("");
    String format = wanted.isEmpty() ? (stream ? PCM16 : "wav") : wanted;
    if (stream && !format.equals(PCM16)) {
      throw Invalid.field(
          "audio.format",
          "unsupported_value",
          "'audio.format' must be pcm16 in a stream; ask without 'stream' for other formats");
    }
    AudioCoding coding = Invalid.coding("audio.format", format, AudioCoding::openAiChat);
    return new Audio(json.map(RequestJson::voice).orElse(""), coding);
  }
}
