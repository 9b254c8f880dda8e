package io.voicebus.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Setting;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code voicebus config}: the values of the settings, and where they come from. */
final class ConfigCommand extends Command implements TakesSettings {
  private final SettingSources sources;
  private final OutputStream out;

  private final Argument<Boolean> explain =
      flag(
          option("--explain")
              .description("Show all settings, with value, origin and allowed values."));

  private final Argument<Boolean> json = flag(option("--json").description("Show them as JSON."));

  private final Argument<List<String>> keys =
      parameters("0..*", "KEY", "Settings to explain; without any, all.");

  ConfigCommand(SettingSources sources, OutputStream out) {
    super(
        "config",
        "Check the settings, and show those that are set, in the format of a file.",
        "Keys of services and tokens are not shown.");
    this.sources = sources;
    this.out = out;
  }

  @Override
  public Integer call() {
    Configuration configuration = sources.load();
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    boolean all = explain.value() || !keys.value().isEmpty();
    List<Setting<?>> shown =
        new ArrayList<>(keys.value().stream().<Setting<?>>map(this::named).toList());
    if (keys.value().isEmpty()) {
      AllSettings.all().stream()
          .filter(setting -> all || configuration.value(setting).isPresent())
          .forEach(shown::add);
    }
    if (json.value()) {
      JsonArray list = new JsonArray();
      shown.forEach(setting -> list.add(asJson(setting, configuration)));
      lines.println(list.encodePrettily());
      // To standard error: standard output has JSON only.
      configuration.notes().forEach(note -> err().println("voicebus: " + TerminalText.of(note)));
    } else {
      if (shown.isEmpty()) {
        err()
            .println(
                "voicebus: no setting is set; 'voicebus config --explain' lists all, with their"
                    + " defaults");
      }
      shown.forEach(setting -> print(setting, configuration, all, lines));
      configuration.notes().forEach(note -> lines.println(TerminalText.of("# " + note)));
    }
    return 0;
  }

  private Setting<?> named(String key) {
    return AllSettings.named(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no setting '"
                        + key
                        + "'"
                        + NearestName.of(key, AllSettings.keys())
                            .map(near -> ": is '" + near + "' meant?")
                            .orElse("")));
  }

  private static void print(
      Setting<?> setting, Configuration configuration, boolean all, PrintStream lines) {
    String value = shown(setting, configuration);
    if (!all) {
      lines.println(TerminalText.of(setting.key() + "=" + value));
      return;
    }
    lines.println(TerminalText.of(setting.key() + " = " + value));
    lines.println(TerminalText.of("    from: " + from(setting, configuration)));
    lines.println(
        "    " + String.join(", ", AllSettings.roles(setting)) + ": " + setting.meaning());
    lines.println(
        "    "
            + setting.allowed()
            + "; --"
            + setting.key()
            + " or "
            + setting.variable()
            + (configuration.value(setting).isPresent()
                ? "; default: " + setting.fallbackInWords()
                : ""));
    lines.println();
  }

  private static String shown(Setting<?> setting, Configuration configuration) {
    return configuration.value(setting).map(setting::shown).orElse(setting.fallbackInWords());
  }

  private static String from(Setting<?> setting, Configuration configuration) {
    return configuration.origin(setting).orElse("default");
  }

  private static JsonObject asJson(Setting<?> setting, Configuration configuration) {
    return new JsonObject()
        .put("key", setting.key())
        .put("value", shown(setting, configuration))
        .put("from", from(setting, configuration))
        .put("default", setting.fallbackInWords())
        .put("allowed", setting.allowed())
        .put("variable", setting.variable())
        .put("flag", "--" + setting.key())
        .put("roles", new JsonArray(AllSettings.roles(setting)))
        .put("meaning", setting.meaning());
  }
}
