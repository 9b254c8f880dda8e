package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.EngineOffer;
import io.voicebus.tts.Voice;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code voicebus voices}: what can really speak here, and what is missing for the rest. */
@Command(
    name = "voices",
    mixinStandardHelpOptions = true,
    description = "List the engines and voices that can be used here, and why others cannot.")
final class VoicesCommand implements Callable<Integer> {
  /** Of each engine, unless all are asked for. */
  private static final int SHOWN = 10;

  private final Map<String, String> environment;
  private final Path directory;
  private final OutputStream out;

  @Option(names = "--all", description = "List every voice of an engine that has many.")
  private boolean all;

  VoicesCommand(Map<String, String> environment, Path directory, OutputStream out) {
    this.environment = environment;
    this.directory = directory;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Configuration.load(environment, directory);
    Vertx vertx = Vertx.vertx(EventLoops.options());
    try {
      Settings settings = new Settings("tts", configuration.of("tts"));
      EngineCatalog catalog = EngineCatalog.all(vertx, Clock.system());
      List<String> chosen = catalog.chosen(settings);
      String best = catalog.best(settings);
      List<EngineOffer> offers = Waiting.on(Future.fromCompletionStage(catalog.offers(settings)));
      PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
      printOrder(lines, chosen, best);
      offers.forEach(offer -> print(lines, offer));
      return 0;
    } finally {
      Waiting.quietly(vertx.close());
    }
  }

  /** Who speaks with these settings, and what would take its place where that is not set. */
  private static void printOrder(PrintStream lines, List<String> chosen, String best) {
    lines.println(TerminalText.of("speaks now: " + String.join(", then ", chosen)));
    if (!chosen.get(0).startsWith(best)) {
      lines.println("with engine=auto: " + best);
    }
    lines.println();
  }

  private void print(PrintStream lines, EngineOffer offer) {
    if (!offer.usable()) {
      lines.println(TerminalText.of(offer.engine() + ": no (" + offer.reason() + ")"));
      return;
    }
    lines.println(offer.engine() + ": yes");
    int shown = all ? offer.voices().size() : Math.min(SHOWN, offer.voices().size());
    for (Voice voice : offer.voices().subList(0, shown)) {
      String language = voice.language().isEmpty() ? "" : " (" + voice.language() + ")";
      lines.println(
          TerminalText.of(
              "  " + offer.engine() + "/" + voice.id() + "  " + voice.name() + language));
    }
    if (shown < offer.voices().size()) {
      lines.println("  … and " + (offer.voices().size() - shown) + " more: --all");
    }
  }
}
