package io.voicebus.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code voicebus man}: the manual page, made of what the commands say of themselves. */
final class ManCommand extends Command {
  private final OutputStream out;

  ManCommand(OutputStream out) {
    super("man", "Print the manual page.", "To read it: voicebus man | man -l -");
    this.out = out;
  }

  @Override
  public Integer call() {
    new PrintStream(out, true, StandardCharsets.UTF_8)
        .print(ManualPage.of(whole(), Version.number()));
    return 0;
  }
}
