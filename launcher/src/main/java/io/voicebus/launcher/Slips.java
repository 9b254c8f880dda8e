package io.voicebus.launcher;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a mistyped command line in two lines; the whole help would hide the message. */
final class Slips {
  /** As the command {@code help} says it: Unknown subcommand 'sya'. */
  private static final Pattern NO_COMMAND = Pattern.compile("Unknown subcommand '(?<name>.*)'\\.");

  private Slips() {}

  static int explain(ParameterException slip) {
    CommandLine command = slip.getCommandLine();
    command.getErr().println("voicebus: " + TerminalText.of(what(slip)));
    command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    command.getErr().flush();
    return ExitCodes.USAGE;
  }

  private static String what(ParameterException slip) {
    if (slip instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      boolean command = !unmatched.isUnknownOption() && hasCommands(slip.getCommandLine());
      String kind = command ? "command" : unmatched.isUnknownOption() ? "option" : "argument";
      List<String> known =
          command
              ? List.copyOf(slip.getCommandLine().getSubcommands().keySet())
              : List.copyOf(slip.getCommandLine().getCommandSpec().optionsMap().keySet());
      return missing(kind, first, kind.equals("argument") ? List.of() : known);
    }
    Matcher helped = NO_COMMAND.matcher(String.valueOf(slip.getMessage()));
    if (helped.matches()) {
      Set<String> known = slip.getCommandLine().getSubcommands().keySet();
      return missing("command", helped.group("name"), List.copyOf(known));
    }
    // Of people who type a number nobody needs to know what Java calls it.
    String message =
        String.valueOf(slip.getMessage())
            .replaceFirst("' is not a double$", "' is not a number")
            .replaceFirst("' is not an int$", "' is not a whole number");
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String missing(String kind, String name, List<String> known) {
    String meant = NearestName.of(name, known).map(near -> ": is '" + near + "' meant?").orElse("");
    return "there is no " + kind + " '" + name + "'" + meant;
  }

  private static boolean hasCommands(CommandLine command) {
    return !command.getSubcommands().isEmpty();
  }
}
