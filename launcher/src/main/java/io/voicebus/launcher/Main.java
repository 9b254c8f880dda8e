package io.voicebus.launcher;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Setting;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line. */
public final class Main {
  /** Those that speak one turn, which somebody waits to hear. */
  private static final Set<String> ONE_TURN = Set.of("say", "ask");

  private Main() {}

  public static void main(String[] args) {
    Optional<String> unread =
        UnreadLetters.in(args, System.getenv(), System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (unread.isPresent()) {
      System.err.println("voicebus: " + TerminalText.of(unread.get()));
      System.exit(ExitCodes.USAGE);
    }
    EnglishLetters.use();
    EarlyVoice.load(args, System.getenv());
    LogSetup.use();
    if (args.length > 0 && ONE_TURN.contains(args[0])) {
      EarlyVertx.make();
    }
    // No option is a time or a connection to a database: to make ready for those takes as long as
    // to read all that there are.
    System.setProperty("picocli.converters.excludes", "java\\.(time|sql)\\..*");
    OutOfMemory.endsTheProcess();
    // Not System.out, which would not tell when its reader has gone.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.exit(run(args, System.getenv(), Path.of(""), out));
  }

  static int run(String[] args, Map<String, String> environment, Path directory, OutputStream out) {
    SettingFlags flags = new SettingFlags();
    SettingSources sources = new SettingSources(environment, directory, flags);
    List<String> given = args.length == 0 ? List.of("serve") : List.of(args);
    CommandLine commandLine = new CommandLine(described());
    // Only now, since picocli warns of a second option for the version.
    commandLine
        .getCommandSpec()
        .addOption(Command.option("-v").type(boolean.class).versionHelp(true).hidden(true).build());
    WatchedOutput watched = new WatchedOutput(out);
    new Commands(sources, watched).addTo(commandLine, given);
    // Help and version are results, too.
    commandLine.setOut(new PrintWriter(watched, true, StandardCharsets.UTF_8));
    Explanations explanations = new Explanations();
    commandLine.setExecutionExceptionHandler(explanations);
    commandLine.setParameterExceptionHandler(explanations);
    given.stream()
        .limit(2) // help serve
        .map(commandLine.getSubcommands()::get)
        .filter(Objects::nonNull)
        .filter(command -> SettingFlags.maybeIn(given, command))
        .forEach(command -> addFlags(command, flags));
    int code = commandLine.execute(given.toArray(String[]::new));
    return code == 0 ? watched.fault().map(why -> unwritten(commandLine, why)).orElse(0) : code;
  }

  private static int unwritten(CommandLine commandLine, String why) {
    commandLine.getErr().println("voicebus: cannot write to standard output: " + why);
    return ExitCodes.of(FailureKind.UNAVAILABLE);
  }

  /** All but the commands. */
  private static CommandSpec described() {
    CommandSpec whole = CommandSpec.create().name("voicebus").versionProvider(new Version());
    Command.addStandardOptions(whole);
    whole
        .usageMessage()
        .description("Conversational AI, heard while it is being written.")
        .synopsisSubcommandLabel(
            "(serve | say | ask | chat | replay | mcp | voices | nodes | config | doctor | cluster-keys |"
                + " completion | man | help | version)")
        .footer(
            "",
            "Settings are flags (--port 9090), variables (VOICEBUS_PORT=9090), or lines of",
            "voicebus.properties (port=9090) or voicebus.yaml; 'voicebus config --explain'",
            "lists them.");
    return whole;
  }

  /**
   * What goes wrong, in words. A class: lambdas, and references to its methods, would keep picocli,
   * which is compiled for an old Java, out of an archive of classes.
   */
  private static final class Explanations
      implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception problem, CommandLine command, ParseResult parsed) {
      if (isEnding()) {
        // Ctrl-C takes away what the command is about to use: there is nothing to explain.
        return Problems.exitCode(problem);
      }
      command.getErr().println("voicebus: " + TerminalText.of(Problems.explain(problem)));
      return Problems.exitCode(problem);
    }

    @Override
    public int handleParseException(ParameterException slip, String[] given) {
      return Slips.explain(slip);
    }
  }

  /** Whether the process is shutting down. */
  private static boolean isEnding() {
    Thread hook = new Thread();
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static void addFlags(CommandLine command, SettingFlags flags) {
    if (command.getCommand() instanceof TakesSettings takes) {
      List<Setting<?>> prominent = takes.prominent();
      flags.addTo(command.getCommandSpec(), prominent::contains);
    }
  }
}
