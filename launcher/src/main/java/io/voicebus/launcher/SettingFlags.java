package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A flag for each setting, for all commands that read them, and {@code --config} for their file. An
 * option of a command that is called the same comes first: {@code --language} of {@code say}.
 */
final class SettingFlags {
  /** The flag that names the file of settings. */
  static final String CONFIG = "config";

  private static final List<String> HELP = List.of("--help", "-h", "help");

  private final Map<String, String> given = new TreeMap<>();

  /**
   * The values of the flags that are present, by their names without dashes; known after parsing.
   */
  Map<String, String> given() {
    return given;
  }

  /**
   * Adds them to a command; only where one may be given, since a hundred and more take time.
   *
   * @param shown which of them its help and its completion have
   */
  void addTo(CommandSpec command, Predicate<Setting<?>> shown) {
    add(command, CONFIG, "<FILE>", "File of settings, as properties or YAML.", true);
    for (Setting<?> setting : AllSettings.all()) {
      boolean visible = shown.test(setting);
      add(command, setting.key(), label(setting), setting.meaning().replace("`", ""), visible);
      if (setting.isSecret()) {
        add(command, setting.key() + FoundSettings.IN_A_FILE, "<FILE>", "File with it.", visible);
      }
    }
    command
        .usageMessage()
        .footer("", "Every setting is a flag, too: 'voicebus config --explain' lists them.");
  }

  /** Adds all of them to all commands that read settings, for what lists them. */
  static void addToAll(CommandLine whole) {
    for (CommandLine command : Set.copyOf(whole.getSubcommands().values())) {
      if (command.getCommand() instanceof TakesSettings) {
        new SettingFlags().addTo(command.getCommandSpec(), setting -> true);
      }
    }
  }

  private static String label(Setting<?> setting) {
    return setting.isOnOrOff() ? "on|off" : "<" + setting.key().replaceAll(".*-", "") + ">";
  }

  private void add(
      CommandSpec command, String name, String label, String meaning, boolean visible) {
    if (command.findOption("--" + name) != null) {
      return;
    }
    OptionSpec.Builder option =
        OptionSpec.builder("--" + name)
            .type(String.class)
            .paramLabel(label)
            .description(meaning.replace("%", "%%"))
            .hidden(!visible)
            .setter(setter(name));
    Optional<Setting<?>> setting = AllSettings.named(name);
    if (setting.filter(Setting::isOnOrOff).isPresent()) {
      option.arity("0..1").fallbackValue("on");
    }
    setting
        .filter(each -> !each.words().isEmpty())
        .ifPresent(each -> option.completionCandidates(each.words()));
    command.addOption(option.build());
  }

  private ISetter setter(String name) {
    return new ISetter() {
      @Override
      @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // picocli's
      public <T> T set(T value) {
        return (T) (value == null ? given.remove(name) : given.put(name, value.toString()));
      }
    };
  }

  /** Whether a command may need them: with arguments that it does not know, and for its help. */
  static boolean maybeIn(List<String> arguments, CommandLine command) {
    return arguments.stream()
        .map(argument -> argument.replaceFirst("=.*", ""))
        .anyMatch(
            name ->
                HELP.contains(name)
                    || (name.startsWith("--")
                        && command.getCommandSpec().findOption(name) == null));
  }

  /** Passes the values of the flags on. */
  static void read(Map<String, String> given, FoundSettings into) {
    given.forEach(
        (name, value) -> {
          if (value.isBlank()) {
            into.fault("--" + name + " is empty: give it a value, or leave it out");
            return;
          }
          AllSettings.named(name)
              .ifPresentOrElse(
                  setting -> into.set(setting, value, "--" + name),
                  () ->
                      FoundSettings.inFile(name)
                          .ifPresent(setting -> into.setFromFile(setting, value, "--" + name)));
        });
  }
}
