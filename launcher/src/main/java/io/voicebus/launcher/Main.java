package io.voicebus.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The command line. */
@Command(
    name = "voicebus",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Conversational AI, heard while it is being written.",
    subcommands = {
      ServeCommand.class,
      SayCommand.class,
      AskCommand.class,
      McpCommand.class,
      VoicesCommand.class,
      NodesCommand.class,
      ClusterKeysCommand.class,
      CommandLine.HelpCommand.class,
      Version.class
    },
    synopsisSubcommandLabel =
        "(serve | say | ask | mcp | voices | nodes | cluster-keys | help | version)",
    footer = {
      "",
      "Settings come from the environment (VOICEBUS_PORT=9090) or from the file",
      "voicebus.properties (port=9090); the README lists them."
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    OutOfMemory.endsTheProcess();
    // Not System.out, which would not tell when its reader has gone.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.exit(run(args, System.getenv(), Path.of(""), out));
  }

  static int run(String[] args, Map<String, String> environment, Path directory, OutputStream out) {
    CommandLine commandLine =
        new CommandLine(new Main(), new CommandFactory(environment, directory, out));
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-v").type(boolean.class).versionHelp(true).hidden(true).build());
    commandLine.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          command.getErr().println("voicebus: " + TerminalText.of(Problems.explain(problem)));
          return Problems.exitCode(problem);
        });
    commandLine.setParameterExceptionHandler((slip, given) -> Slips.explain(slip));
    return commandLine.execute(args.length == 0 ? new String[] {"serve"} : args);
  }
}
