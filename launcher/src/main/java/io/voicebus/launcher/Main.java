package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      ChatCommand.class,
      ReplayCommand.class,
      McpCommand.class,
      VoicesCommand.class,
      NodesCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      ClusterKeysCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      CommandLine.HelpCommand.class,
      Version.class
    },
    synopsisSubcommandLabel =
        "(serve | say | ask | chat | replay | mcp | voices | nodes | config | doctor | cluster-keys |"
            + " completion | man | help | version)",
    footer = {
      "",
      "Settings are flags (--port 9090), variables (VOICEBUS_PORT=9090), or lines of the file",
      "voicebus.properties (port=9090) or voicebus.yaml; 'voicebus config --explain' lists them."
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
    SettingFlags flags = new SettingFlags();
    SettingSources sources = new SettingSources(environment, directory, flags);
    CommandLine commandLine = new CommandLine(new Main(), new CommandFactory(sources, out));
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
    List<String> given = args.length == 0 ? List.of("serve") : List.of(args);
    given.stream()
        .limit(2) // help serve
        .map(commandLine.getSubcommands()::get)
        .filter(Objects::nonNull)
        .filter(command -> SettingFlags.maybeIn(given, command))
        .forEach(command -> addFlags(command, flags));
    return commandLine.execute(given.toArray(String[]::new));
  }

  private static void addFlags(CommandLine command, SettingFlags flags) {
    if (command.getCommand() instanceof TakesSettings takes) {
      List<Setting<?>> prominent = takes.prominent();
      flags.addTo(command.getCommandSpec(), prominent::contains);
    }
  }
}
