package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.EngineOffer;
import io.voicebus.tts.engine.Voice;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code voicebus voices}: what can really speak here, and what is missing for the rest. */
final class VoicesCommand extends Command implements TakesSettings {
  /** Of each engine, unless all are asked for. */
  private static final int SHOWN = 10;

  private final SettingSources sources;
  private final OutputStream out;

  private final Argument<Boolean> all =
      flag(option("--all").description("List every voice of an engine that has many."));

  private final Argument<Boolean> json = flag(option("--json").description("List them as JSON."));

  VoicesCommand(SettingSources sources, OutputStream out) {
    super("voices", "List the engines and voices that can be used here, and why others cannot.");
    this.sources = sources;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = sources.load();
    Vertx vertx = Vertx.vertx(EventLoops.options());
    try {
      Settings settings = configuration.settings(Role.TTS.word());
      EngineCatalog catalog = EngineCatalog.all(vertx, Clock.system());
      List<String> chosen = catalog.chosen(settings);
      String best = catalog.best(settings);
      List<EngineOffer> offers = Waiting.on(Future.fromCompletionStage(catalog.offers(settings)));
      PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
      if (json.value()) {
        lines.println(asJson(chosen, best, offers).encodePrettily());
      } else {
        printOrder(lines, chosen, best);
        offers.forEach(offer -> print(lines, offer));
      }
      return 0;
    } finally {
      Waiting.quietly(vertx.close());
    }
  }

  private static JsonObject asJson(List<String> chosen, String best, List<EngineOffer> offers) {
    JsonArray engines = new JsonArray();
    for (EngineOffer offer : offers) {
      JsonArray voices = new JsonArray();
      offer
          .voices()
          .forEach(
              voice ->
                  voices.add(
                      new JsonObject()
                          .put("id", offer.engine() + "/" + voice.id())
                          .put("name", voice.name())
                          .put("language", voice.language())));
      engines.add(
          new JsonObject()
              .put("engine", offer.engine())
              .put("usable", offer.usable())
              .put("reason", offer.reason())
              .put("voices", voices));
    }
    return new JsonObject()
        .put("speaks", new JsonArray(chosen))
        .put("best", best)
        .put("engines", engines);
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
    int shown = all.value() ? offer.voices().size() : Math.min(SHOWN, offer.voices().size());
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
