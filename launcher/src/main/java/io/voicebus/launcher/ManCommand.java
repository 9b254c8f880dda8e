package io.voicebus.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code voicebus man}: the manual page, made of what the commands say of themselves. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    description = "Print the manual page: voicebus man | man -l -")
final class ManCommand implements Callable<Integer> {
  private final OutputStream out;

  @Spec private CommandSpec spec;

  ManCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    new PrintStream(out, true, StandardCharsets.UTF_8)
        .print(ManualPage.of(spec.commandLine().getParent(), Version.number()));
    return 0;
  }
}
