package io.voicebus.tts.openai;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.tts.service.ServiceFields;
import java.util.List;

/** The settings of the engine {@code openai}. */
public final class OpenAiConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of this engine. */
  public static final List<Setting<?>> ALL = GROUP.all();

  static final Setting<String> BASE_URL =
      GROUP.add(
          Setting.url(
                  "openai-speech-base-url",
                  "Where an OpenAI-compatible speech server is, such as"
                      + " `http://localhost:8880/v1`.")
              .otherwise("OpenAI's"));

  static final Setting<String> API_KEY =
      GROUP.add(
          Setting.secret("openai-speech-api-key", "Key of the speech server, if it needs one."));

  static final Setting<String> MODEL =
      GROUP.add(Setting.text("openai-speech-model", "tts-1", "Which model speaks there."));

  static final Setting<String> VOICE =
      GROUP.add(Setting.text("openai-speech-voice", "alloy", "Name of the voice."));

  static final Setting<String> FORMAT =
      GROUP.add(
          Setting.choice(
              "openai-speech-format",
              "pcm",
              List.of("pcm", "wav", "sse"),
              "What the server is asked for: `pcm`, `wav` or `sse`."));

  static final Setting<Integer> RATE =
      GROUP.add(
          Setting.integer(
              "openai-speech-rate",
              24_000,
              8_000,
              48_000,
              "Sample rate of the server's `pcm`, in Hz."));

  static final Setting<Double> SPEED =
      GROUP.add(
          Setting.decimal("openai-speech-speed", 0.25, 4, "From 0.25 to 4.")
              .otherwise("the server's"));

  static final Setting<String> INSTRUCTIONS =
      GROUP.add(
          Setting.text(
              "openai-speech-instructions", "How to speak, for models that take instructions."));

  static final Setting<Boolean> TIMINGS =
      GROUP.add(
          Setting.flag(
              "openai-speech-timings",
              true,
              "Whether to ask for the times of words where the server has them, as"
                  + " Kokoro-FastAPI does."));

  static final Setting<String> EXTRA =
      GROUP.add(ServiceFields.extraSetting("openai-speech-extra", "{\"lang_code\": \"e\"}"));

  static final Setting<Integer> CONCURRENCY =
      GROUP.add(
          Setting.integer(
              "openai-speech-concurrency",
              0,
              0,
              1_000,
              "How many utterances the server takes at once; 0 to learn it from" + " refusals."));

  private OpenAiConfig() {}
}
