package io.voicebus.tts.command;

import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.engine.SpeechEngine;
import java.util.Set;

/** Opens the engine of a program on this machine. */
public final class CommandService implements EngineOpener.Configured {
  /** No better than the embedded voice. */
  private static final Set<String> PLAIN = Set.of("espeak-ng", "festival");

  private final String searchPath;

  /**
   * A service that looks for programs in certain folders.
   *
   * @param searchPath the folders, separated as in {@code PATH}
   */
  public CommandService(String searchPath) {
    this.searchPath = searchPath;
  }

  /** Always false: which engine speaks must not depend on the programs that are installed. */
  @Override
  public boolean wanted(Settings settings) {
    CommandSettings.read(settings, searchPath);
    return false;
  }

  @Override
  public String described(Settings settings) {
    CommandPreset preset = CommandSettings.read(settings, searchPath).preset();
    return preset.program() + (preset.voice().isEmpty() ? "" : ", voice " + preset.voice());
  }

  @Override
  public boolean betterHere(Settings settings) {
    CommandSettings read = CommandSettings.read(settings, searchPath);
    return read.missing().isEmpty() && !PLAIN.contains(read.preset().name());
  }

  @Override
  public SpeechEngine apply(Settings settings, Integer slots) {
    CommandSettings read = CommandSettings.read(settings, searchPath);
    read.missing()
        .ifPresent(
            what -> {
              throw new IllegalArgumentException("the engine command cannot be used: " + what);
            });
    return new CommandEngine(read);
  }
}
