package io.voicebus.tts;

import io.voicebus.contract.Settings;

/** Opens the engine of a program on this machine. */
final class CommandService implements EngineCatalog.Opener {
  private final String searchPath;

  /**
   * A service.
   *
   * @param searchPath the folders in which programs are looked for, as {@code PATH} has them
   */
  CommandService(String searchPath) {
    this.searchPath = searchPath;
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
