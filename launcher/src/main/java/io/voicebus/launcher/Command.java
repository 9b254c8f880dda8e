package io.voicebus.launcher;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command, with its options and parameters. They are said in code: to have picocli read the same
 * from annotations takes a fifth of a second of every start.
 */
abstract class Command implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /**
   * A command without options yet.
   *
   * @param description lines of its help
   */
  Command(String name, String... description) {
    spec.name(name).usageMessage().description(description);
  }

  /** Adds {@code --help} and {@code --version}, which every command has, behind its own. */
  static void addStandardOptions(CommandSpec command) {
    command.addOption(
        option("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    command.addOption(
        option("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
  }

  /** Its specification, for picocli. */
  final CommandSpec spec() {
    return spec;
  }

  /** The command line that it is one of. */
  final CommandLine whole() {
    return spec.commandLine().getParent();
  }

  /** For output that is not the result. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** An option, to be finished by {@link #flag}, {@link #text} or {@link #number}. */
  static OptionSpec.Builder option(String name, String... others) {
    return OptionSpec.builder(name, others);
  }

  /** Adds an option without a value. */
  final Argument<Boolean> flag(OptionSpec.Builder option) {
    return add(option.type(boolean.class), false);
  }

  /** Adds an option with a text; empty if the option is absent. */
  final Argument<String> text(OptionSpec.Builder option) {
    return add(option.type(String.class), "");
  }

  /** Adds an option with a number; 0 if the option is absent. */
  final Argument<Double> number(OptionSpec.Builder option) {
    return add(option.type(Double.class), 0.0);
  }

  /** Adds an option with a whole number. */
  final Argument<Integer> integer(OptionSpec.Builder option, int otherwise) {
    return add(option.type(int.class).defaultValue(Integer.toString(otherwise)), otherwise);
  }

  private <T> Argument<T> add(OptionSpec.Builder option, T otherwise) {
    OptionSpec built = option.build();
    spec.addOption(built);
    return new Argument<>(built, otherwise);
  }

  /** Adds the required parameter at a place, from 0. */
  final Argument<String> parameter(int index, String label, String description) {
    PositionalParamSpec parameter =
        PositionalParamSpec.builder()
            .type(String.class)
            .index(Integer.toString(index))
            .arity("1")
            .required(true)
            .paramLabel(label)
            .description(description)
            .build();
    spec.addPositional(parameter);
    return new Argument<>(parameter, "");
  }

  /**
   * Adds all parameters.
   *
   * @param arity how many there may be: {@code 0..*}
   */
  final Argument<List<String>> parameters(String arity, String label, String description) {
    return parameters(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity(arity)
            .required(!arity.startsWith("0"))
            .paramLabel(label)
            .description(description));
  }

  /** The same, with any specification of picocli. */
  final Argument<List<String>> parameters(PositionalParamSpec.Builder parameters) {
    PositionalParamSpec built = parameters.type(List.class).auxiliaryTypes(String.class).build();
    spec.addPositional(built);
    return new Argument<>(built, List.of());
  }
}
