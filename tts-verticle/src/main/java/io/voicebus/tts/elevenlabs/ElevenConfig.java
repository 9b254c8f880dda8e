package io.voicebus.tts.elevenlabs;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.tts.service.ServiceFields;
import java.util.List;

/** The settings of the engine {@code elevenlabs}. */
public final class ElevenConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of this engine. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final List<String> FORMATS = List.of("pcm_24000", "pcm_22050", "pcm_16000");

  static final Setting<String> API_KEY =
      GROUP.add(Setting.secret("elevenlabs-api-key", "Key of the ElevenLabs API."));

  static final Setting<String> VOICE =
      GROUP.add(
          Setting.text("elevenlabs-voice", ElevenSettings.STOCK_VOICE, "Id of the voice.")
              .otherwise("a stock voice"));

  static final Setting<String> MODEL =
      GROUP.add(Setting.text("elevenlabs-model", "eleven_flash_v2_5", "Which model speaks."));

  static final Setting<String> BASE_URL =
      GROUP.add(
          Setting.url("elevenlabs-base-url", "https://api.elevenlabs.io", "Where the service is."));

  static final Setting<String> FORMAT =
      GROUP.add(
          Setting.choice(
              "elevenlabs-format",
              FORMATS.get(0),
              FORMATS,
              "Sample rate: `pcm_24000`, `pcm_22050` or `pcm_16000`."));

  static final Setting<String> LANGUAGE =
      GROUP.add(
          Setting.text("elevenlabs-language", "ISO 639-1 code of the language.")
              .otherwise("found out"));

  static final Setting<Double> STABILITY =
      GROUP.add(ofVoice(Setting.decimal("elevenlabs-stability", 0, 1, "From 0 to 1.")));

  static final Setting<Double> SIMILARITY =
      GROUP.add(ofVoice(Setting.decimal("elevenlabs-similarity", 0, 1, "From 0 to 1.")));

  static final Setting<Double> STYLE =
      GROUP.add(ofVoice(Setting.decimal("elevenlabs-style", 0, 1, "From 0 to 1; costs time.")));

  static final double LEAST_SPEED = 0.7;
  static final double MOST_SPEED = 1.2;

  static final Setting<Double> SPEED =
      GROUP.add(
          ofVoice(
              Setting.decimal("elevenlabs-speed", LEAST_SPEED, MOST_SPEED, "From 0.7 to 1.2.")));

  static final Setting<Boolean> SPEAKER_BOOST =
      GROUP.add(ofVoice(Setting.flag("elevenlabs-speaker-boost", "On or off; costs time.")));

  static final Setting<Integer> CONTEXTS =
      GROUP.add(
          Setting.integer(
              "elevenlabs-contexts", 4, 1, 5, "How many utterances share one WebSocket, up to 5."));

  static final Setting<Integer> SOCKETS =
      GROUP.add(
          Setting.integer(
              "elevenlabs-sockets",
              0,
              0,
              16,
              "How many WebSockets are kept open; 0 for 4, or as many as the plan" + " needs."));

  static final Setting<Integer> CONCURRENCY =
      GROUP.add(
          Setting.integer(
              "elevenlabs-concurrency",
              0,
              0,
              1_000,
              "How many utterances your plan allows at once; 0 to learn it from" + " refusals."));

  static final Setting<String> TRANSPORT =
      GROUP.add(
          Setting.choice(
              "elevenlabs-transport",
              "auto",
              List.of("auto", "socket", "http"),
              "`socket`, `http`, or `auto`: chosen for each chunk."));

  static final Setting<Boolean> TIMINGS =
      GROUP.add(
          Setting.flag(
              "elevenlabs-timings",
              true,
              "Whether requests over HTTP ask for the times of words."));

  static final Setting<String> EXTRA =
      GROUP.add(ServiceFields.extraSetting("elevenlabs-extra", "{\"seed\": 7}"));

  static final Setting<String> QUERY =
      GROUP.add(ServiceFields.querySetting("elevenlabs-query", "enable_logging=false"));

  private ElevenConfig() {}

  private static <T> Setting<T> ofVoice(Setting<T> setting) {
    return setting.otherwise("the voice's");
  }
}
