package io.voicebus.tts;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import io.voicebus.tts.cache.CacheConfig;
import io.voicebus.tts.command.CommandConfig;
import io.voicebus.tts.elevenlabs.ElevenConfig;
import io.voicebus.tts.failover.FailoverConfig;
import io.voicebus.tts.openai.OpenAiConfig;
import java.time.Duration;
import java.util.List;

/** The settings of {@link TtsVerticle} and of its engines. */
public final class TtsConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of this module. */
  public static final List<Setting<?>> ALL = GROUP.all();

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  static final Setting<String> PROXY = GROUP.add(SharedConfig.PROXY);

  static final Setting<String> CA_FILE = GROUP.add(SharedConfig.CA_FILE);

  /** The engine; {@link EngineCatalog} has the allowed names. */
  public static final Setting<String> ENGINE =
      GROUP.add(
          Setting.text("engine", "Engine that speaks.")
              .otherwise(
                  "elevenlabs with its key, else openai with a speech server or its key, else"
                      + " embedded"));

  /** Several engines in their order of fail-over, in place of one. */
  public static final Setting<String> ENGINES =
      GROUP.add(
          Setting.text(
              "engines",
              "Several engines in place of one, such as `elevenlabs,openai,embedded`:"
                  + " where one fails, the next one speaks."));

  static {
    GROUP
        .addAll(FailoverConfig.ALL)
        .addAll(CacheConfig.ALL)
        .addAll(ElevenConfig.ALL)
        .addAll(OpenAiConfig.ALL)
        .addAll(CommandConfig.ALL);
  }

  static final Setting<Integer> SLOTS =
      GROUP.add(
          Setting.integer(
                  "slots",
                  1,
                  EngineCatalog.MOST_SLOTS,
                  "How many chunks one TTS instance speaks at once.")
              .otherwise("2, or what the service takes"));

  static final Setting<Duration> CHUNK_TIMEOUT =
      GROUP.add(
          Setting.millis(
              "chunk-timeout-ms",
              TtsVerticle.CHUNK_TIMEOUT_MS,
              100,
              600_000,
              "How long an engine may be silent before its chunk has failed."));

  static final Setting<Duration> SCRIPTED_FIRST =
      GROUP.add(
          Setting.millis(
              "scripted-first-ms",
              0,
              0,
              600_000,
              "Delay before the first sound of the engine `scripted`, which is for" + " tests."));

  static final Setting<Duration> SCRIPTED_FRAME =
      GROUP.add(
          Setting.millis(
              "scripted-frame-ms",
              0,
              0,
              600_000,
              "Delay between pieces of 40 ms of the engine `scripted`."));

  private TtsConfig() {}
}
