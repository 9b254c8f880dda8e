package io.voicebus.tts.command;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import java.util.List;

/** The settings of the engine {@code command}. */
public final class CommandConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of this engine. */
  public static final List<Setting<?>> ALL = GROUP.all();

  static final Setting<String> COMMAND =
      GROUP.add(
          Setting.choice(
                  "command",
                  CommandSettings.names(),
                  "The program that speaks: `piper`, `say`, `rhvoice`, `flite`, `espeak-ng`,"
                      + " `festival`; `auto` is the first that is there.")
              .otherwise("auto"));

  static final Setting<String> TEMPLATE =
      GROUP.add(
          Setting.text("command-template", "Another program's command line; see docs/speech.md."));

  static final Setting<String> VOICE =
      GROUP.add(
          Setting.text("command-voice", "Voice of the program; for piper, the path of a model.")
              .otherwise("the program's"));

  static final Setting<String> FORMAT =
      GROUP.add(
          Setting.choice(
              "command-format",
              "wav",
              List.of("wav", "pcm"),
              "What the program of `command-template` writes: `wav` or `pcm`."));

  static final Setting<Integer> RATE =
      GROUP.add(
          Setting.integer("command-rate", 0, 48_000, "Sample rate of the program's `pcm`, in Hz.")
              .otherwise("the voice's"));

  static final Setting<Integer> PROCESSES =
      GROUP.add(
          Setting.integer("command-processes", 1, 256, "How many programs run at once.")
              .otherwise("one for each CPU"));

  private CommandConfig() {}
}
