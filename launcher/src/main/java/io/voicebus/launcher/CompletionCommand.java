package io.voicebus.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code voicebus completion}: what a shell needs to complete commands, flags and their words. */
final class CompletionCommand extends Command {
  private final OutputStream out;

  CompletionCommand(OutputStream out) {
    super(
        "completion",
        "Print a script that completes commands and flags, for bash and zsh.",
        "To use it: source <(voicebus completion)");
    this.out = out;
  }

  @Override
  public Integer call() {
    CommandLine whole = whole();
    SettingFlags.addToAll(whole);
    new PrintStream(out, true, StandardCharsets.UTF_8)
        .print(AutoComplete.bash(whole.getCommandName(), whole));
    return 0;
  }
}
