package io.voicebus.emulators;

import java.util.Set;
import java.util.function.Function;

/**
 * What server an {@link OpenAiEmulator} plays.
 *
 * @param host to listen on
 * @param port 0 for any free one
 * @param key the one that is valid; empty if none is asked for, as with most local servers
 * @param flavor how it tells errors
 * @param models those there are; empty for any
 * @param newerModels those of them that take {@code max_completion_tokens} only, and no sampling
 * @param voices those there are; empty for any
 * @param chat what to do with a request for an answer that obeys the rules; called on the
 *     emulator's context
 * @param speech the same for speech
 */
public record OpenAiOptions(
    String host,
    int port,
    String key,
    OpenAiFlavor flavor,
    Set<String> models,
    Set<String> newerModels,
    Set<String> voices,
    Function<OpenAiChatCall, OpenAiChatScript> chat,
    Function<OpenAiSpeechCall, OpenAiSpeechScript> speech) {

  /** On a free port of the loopback interface, with a key, a canned answer and an instant voice. */
  public static final OpenAiOptions DEFAULTS =
      new OpenAiOptions(
          "127.0.0.1",
          0,
          "emulated-key",
          OpenAiFlavor.OPENAI,
          Set.of("gpt-4o-mini", "gpt-5-mini", "tts-1", "tts-1-hd", "gpt-4o-mini-tts", "kokoro"),
          Set.of("gpt-5-mini"),
          Set.of(
              "alloy",
              "ash",
              "ballad",
              "coral",
              "echo",
              "fable",
              "onyx",
              "nova",
              "sage",
              "shimmer",
              "verse",
              "marin",
              "cedar",
              "af_heart",
              "af_bella",
              "af_sky",
              "am_adam",
              "bf_emma"),
          call -> OpenAiChatScript.answer(GeminiEmulatorOptions.CANNED),
          call -> OpenAiSpeechScript.instant());

  public OpenAiOptions {
    models = Set.copyOf(models);
    newerModels = Set.copyOf(newerModels);
    voices = Set.copyOf(voices);
  }

  public OpenAiOptions onHost(String other) {
    return new OpenAiOptions(other, port, key, flavor, models, newerModels, voices, chat, speech);
  }

  public OpenAiOptions withPort(int other) {
    return new OpenAiOptions(host, other, key, flavor, models, newerModels, voices, chat, speech);
  }

  /**
   * Another key.
   *
   * @param other empty if none is asked for
   */
  public OpenAiOptions withKey(String other) {
    return new OpenAiOptions(host, port, other, flavor, models, newerModels, voices, chat, speech);
  }

  public OpenAiOptions withFlavor(OpenAiFlavor other) {
    return new OpenAiOptions(host, port, key, other, models, newerModels, voices, chat, speech);
  }

  /** Other models; none for any. */
  public OpenAiOptions withModels(String... known) {
    return new OpenAiOptions(
        host, port, key, flavor, Set.of(known), newerModels, voices, chat, speech);
  }

  /** Other voices; none for any. */
  public OpenAiOptions withVoices(String... known) {
    return new OpenAiOptions(
        host, port, key, flavor, models, newerModels, Set.of(known), chat, speech);
  }

  public OpenAiOptions withChat(Function<OpenAiChatCall, OpenAiChatScript> other) {
    return new OpenAiOptions(host, port, key, flavor, models, newerModels, voices, other, speech);
  }

  public OpenAiOptions withSpeech(Function<OpenAiSpeechCall, OpenAiSpeechScript> other) {
    return new OpenAiOptions(host, port, key, flavor, models, newerModels, voices, chat, other);
  }

  /** Answers each prompt with itself, for benchmarks. */
  public OpenAiOptions echoing(TextPace pace) {
    return withChat(call -> OpenAiChatScript.answer(call.prompt()).at(pace));
  }

  void checkModel(String model) {
    if (!models.isEmpty() && !models.contains(model)) {
      throw new OpenAiRejection(OpenAiError.unknownModel(model));
    }
  }
}
