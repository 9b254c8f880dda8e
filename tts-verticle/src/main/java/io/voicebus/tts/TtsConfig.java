package io.voicebus.tts;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import java.time.Duration;
import java.util.List;

/** The settings of {@link TtsVerticle}, those of its engines among them. */
public final class TtsConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All of them. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final long HOUR_MS = 3_600_000;

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  static final Setting<String> PROXY = GROUP.add(SharedConfig.PROXY);

  static final Setting<String> CA_FILE = GROUP.add(SharedConfig.CA_FILE);

  /** Which engines there are is known to {@link EngineCatalog}. */
  public static final Setting<String> ENGINE =
      GROUP.add(
          Setting.text("engine", "What speaks.")
              .otherwise(
                  "elevenlabs with its key, else openai with a speech server or its key, else"
                      + " embedded"));

  /** The same for a line of engines. */
  public static final Setting<String> ENGINES =
      GROUP.add(
          Setting.text(
              "engines",
              "Several engines instead, such as `elevenlabs,openai,embedded`: the next speaks where"
                  + " one fails."));

  static final Setting<Duration> FAILOVER =
      GROUP.add(
          Setting.millis(
              "failover-ms",
              2_000,
              50,
              60_000,
              "How long an engine may be silent before the next one speaks."));

  static final Setting<Duration> FAILOVER_PROBE =
      GROUP.add(
          Setting.millis(
              "failover-probe-ms",
              15_000,
              100,
              HOUR_MS,
              "How long an engine that fails is left alone before it is tried again."));

  static final Setting<Boolean> HEDGE =
      GROUP.add(
          Setting.flag(
              "hedge",
              false,
              "Give a turn's first chunk to the second engine too, when the first is slow."));

  static final Setting<Long> CACHE_BYTES =
      GROUP.add(
          Setting.bytes(
              "cache-bytes",
              32L << 20,
              0,
              1L << 40,
              "Speech kept in memory, for all instances of a process; 0 for none."));

  static final Setting<String> CACHE_DIRECTORY =
      GROUP.add(Setting.text("cache-directory", "Folder in which speech is kept, too."));

  static final Setting<Long> CACHE_DIRECTORY_BYTES =
      GROUP.add(
          Setting.bytes(
              "cache-directory-bytes", 1L << 30, 1L << 20, 1L << 50, "What that folder may hold."));

  static {
    GROUP.addAll(ElevenConfig.ALL).addAll(OpenAiConfig.ALL).addAll(CommandConfig.ALL);
  }

  static final Setting<Integer> SLOTS =
      GROUP.add(
          Setting.integer(
                  "slots",
                  1,
                  EngineCatalog.MOST_SLOTS,
                  "Chunks that one TTS instance speaks at once.")
              .otherwise("2, or what the service takes"));

  static final Setting<Duration> CHUNK_TIMEOUT =
      GROUP.add(
          Setting.millis(
              "chunk-timeout-ms",
              TtsVerticle.CHUNK_TIMEOUT_MS,
              100,
              600_000,
              "An engine that is silent for so long has failed."));

  static final Setting<Duration> SCRIPTED_FIRST =
      GROUP.add(
          Setting.millis(
              "scripted-first-ms",
              0,
              0,
              600_000,
              "How long the engine `scripted`, which is for tests, waits with each chunk."));

  static final Setting<Duration> SCRIPTED_FRAME =
      GROUP.add(
          Setting.millis(
              "scripted-frame-ms", 0, 0, 600_000, "How long between two of its pieces of 40 ms."));

  private TtsConfig() {}
}
