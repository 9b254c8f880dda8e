package io.voicebus.launcher;

import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands that there are, and how each is made. */
final class Commands {
  private static final String HELP = "help";

  /** In the order in which they are shown. */
  static final List<String> NAMES =
      List.of(
          "serve",
          "say",
          "ask",
          "chat",
          "replay",
          "mcp",
          "voices",
          "nodes",
          "config",
          "doctor",
          "cluster-keys",
          "completion",
          "man",
          HELP,
          "version");

  /** Those that tell of the others. */
  private static final Set<String> OF_ALL = Set.of("completion", "man", HELP);

  private final SettingSources sources;
  private final OutputStream out;

  /**
   * Commands.
   *
   * @param out standard output
   */
  Commands(SettingSources sources, OutputStream out) {
    this.sources = sources;
    this.out = out;
  }

  /** Adds what these arguments need: the one command that they name, or all. */
  void addTo(CommandLine commandLine, List<String> arguments) {
    String first = arguments.get(0);
    boolean one = (NAMES.contains(first) && !OF_ALL.contains(first)) || Version.isAskedBy(first);
    for (String name : one ? List.of(first) : NAMES) {
      if (name.equals(HELP)) {
        commandLine.addSubcommand(CommandLine.HelpCommand.class);
      } else if (NAMES.contains(name)) {
        CommandSpec command = make(name).spec();
        Command.addStandardOptions(command);
        commandLine.addSubcommand(command);
      }
    }
  }

  /** (Not a map to lambdas, of which each would be linked at the start.) */
  private Command make(String name) {
    return switch (name) {
      case "serve" -> new ServeCommand(sources);
      case "say" -> new SayCommand(sources, out);
      case "ask" -> new AskCommand(sources, out);
      case "chat" -> new ChatCommand(sources, out);
      case "replay" -> new ReplayCommand(sources, out);
      case "mcp" -> new McpCommand(sources, out);
      case "voices" -> new VoicesCommand(sources, out);
      case "nodes" -> new NodesCommand(sources, out);
      case "config" -> new ConfigCommand(sources, out);
      case "doctor" -> new DoctorCommand(sources, out);
      case "cluster-keys" -> new ClusterKeysCommand(sources.directory());
      case "completion" -> new CompletionCommand(out);
      case "man" -> new ManCommand(out);
      case "version" -> new Version();
      default -> throw new IllegalArgumentException("there is no command '" + name + "'");
    };
  }
}
