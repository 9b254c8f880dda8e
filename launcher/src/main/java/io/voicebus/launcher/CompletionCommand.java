package io.voicebus.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code voicebus completion}: what a shell needs to complete commands, flags and their words. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print a script that completes commands and flags, for bash and zsh:",
      "source <(voicebus completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final OutputStream out;

  @Spec private CommandSpec spec;

  CompletionCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    CommandLine whole = spec.commandLine().getParent();
    SettingFlags.addToAll(whole);
    new PrintStream(out, true, StandardCharsets.UTF_8)
        .print(AutoComplete.bash(whole.getCommandName(), whole));
    return 0;
  }
}
