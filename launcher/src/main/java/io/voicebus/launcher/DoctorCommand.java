package io.voicebus.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code voicebus doctor}: what works here, what does not, and what to do about it. */
final class DoctorCommand extends Command implements TakesSettings {
  private final SettingSources sources;
  private final OutputStream out;

  private final Argument<Boolean> json = flag(option("--json").description("Show it as JSON."));

  DoctorCommand(SettingSources sources, OutputStream out) {
    super(
        "doctor",
        "Show what works here, what is missing, and how to get it.",
        "Each service that is set up is asked once, with a question that costs nothing.");
    this.sources = sources;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    Logging.leaveReadinessToTheMessage();
    List<Finding> findings = new Diagnosis(sources).findings();
    if (json.value()) {
      JsonArray list = new JsonArray();
      findings.forEach(finding -> list.add(asJson(finding)));
      lines.println(list.encodePrettily());
    } else {
      findings.forEach(finding -> lines.println(TerminalText.of(finding.line())));
    }
    return findings.stream().mapToInt(Finding::exitCode).max().orElse(0);
  }

  private static JsonObject asJson(Finding finding) {
    return new JsonObject()
        .put("what", finding.what())
        .put("state", finding.state().name().toLowerCase(Locale.ROOT))
        .put("detail", finding.detail());
  }
}
