package io.voicebus.chunker;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import java.time.Duration;
import java.util.List;

/** The settings of {@link ChunkerVerticle}. */
public final class ChunkerConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All of them. */
  public static final List<Setting<?>> ALL = GROUP.all();

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  static final Setting<Integer> MAX_CHUNK_CHARS =
      GROUP.add(
          Setting.integer(
              "max-chunk-chars", ChunkerOptions.DEFAULT_MAX_CHARS, 40, 4000, "Longest chunk."));

  static final Setting<Duration> STALL =
      GROUP.add(
          Setting.millis(
              "stall-ms",
              ChunkerOptions.DEFAULT_STALL_MS,
              50,
              60_000,
              "What a stalled model has written so far is spoken after so long."));

  static final Setting<String> CODE_REMARK =
      GROUP.add(
          Setting.text(
              "code-remark",
              ChunkerOptions.AUTO_REMARK,
              "What is said in place of a block of code. `auto`: a remark in the text's language"
                  + " where a colon announces the code or nothing else is said; `off`: nothing."));

  static final Setting<String> EMOJI =
      GROUP.add(
          Setting.choice(
              "emoji",
              "drop",
              List.of("drop", "name"),
              "Pictures in the text: `drop`, or `name` them in English."));

  static final Setting<Boolean> SPELL_OUT =
      GROUP.add(
          Setting.flag(
              "spell-out",
              true,
              "Numbers, dates, money, units and signs are written out for the voice; `off` if it"
                  + " does that itself."));

  static final Setting<String> LANGUAGE =
      GROUP.add(
          Setting.text(
                  "language",
                  "",
                  "[a-z]{2}",
                  "two letters, such as en",
                  "What all turns are written in, such as `en` or `de`: numbers are said in it."
                      + " Else it is found in each turn.")
              .otherwise("found"));

  static final Setting<String> PRONUNCIATIONS =
      GROUP.add(
          Setting.text(
              "pronunciations", "A file with lines such as `SQL = sequel`: how words are said."));

  private ChunkerConfig() {}
}
