package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import java.util.LinkedHashSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page as roff, with the macros of {@code man(7)}. Commands, flags and settings say what
 * they are; nothing is written a second time here.
 */
final class ManualPage {
  private final StringBuilder text = new StringBuilder();

  private ManualPage() {}

  /** The page of the whole command line. */
  static String of(CommandLine whole, String version) {
    ManualPage page = new ManualPage();
    String about = String.join(" ", whole.getCommandSpec().usageMessage().description());
    page.line(".TH VOICEBUS 1 \"\" \"voicebus " + version + "\"");
    page.line(".SH NAME");
    page.line("voicebus \\- " + escaped(about));
    page.line(".SH SYNOPSIS");
    page.line("\\fBvoicebus\\fR [\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]");
    page.line(".SH COMMANDS");
    new LinkedHashSet<>(whole.getSubcommands().values())
        .forEach(command -> page.command(command.getCommandSpec()));
    page.line(".SH SETTINGS");
    page.paragraph(
        "Each is a flag (--port 9090), a variable (VOICEBUS_PORT=9090), or a line of"
            + " voicebus.properties (port=9090) or voicebus.yaml (port: 9090) in the working"
            + " directory; flags win over variables, variables over the file.");
    AllSettings.all().forEach(page::setting);
    page.line(".SH EXIT STATUS");
    ExitCodes.MEANINGS.forEach((code, meaning) -> page.entry(Integer.toString(code), meaning));
    return page.text.toString();
  }

  private void command(CommandSpec command) {
    line(".SS voicebus " + escaped(command.name()));
    for (String words : command.usageMessage().description()) {
      paragraph(words);
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      entry(parameter.paramLabel(), String.join(" ", parameter.description()));
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        boolean valued = option.arity().max() > 0;
        entry(
            String.join(", ", option.names()) + (valued ? " " + option.paramLabel() : ""),
            String.join(" ", option.description()));
      }
    }
  }

  private void setting(Setting<?> setting) {
    entry(
        "--" + setting.key() + ", " + setting.variable(),
        setting.meaning().replace("`", "")
            + " It must be "
            + setting.allowed()
            + "; default: "
            + setting.fallbackInWords().replace("`", "")
            + ".");
  }

  private void paragraph(String words) {
    line(".PP");
    line(escaped(words));
  }

  private void entry(String term, String words) {
    line(".TP");
    line("\\fB" + escaped(term) + "\\fR");
    line(escaped(words));
  }

  private void line(String roff) {
    text.append(roff).append('\n');
  }

  /** What is no request of roff; dashes that can be copied. */
  private static String escaped(String words) {
    String escaped =
        words.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-").replaceAll("\\s+", " ");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
