package io.voicebus.launcher;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.audio.AudioFormat;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Settings;
import io.voicebus.gemini.ModelCheckVerticle;
import io.voicebus.playback.SoundCard;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.EngineOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at all that Voicebus may need. */
final class Diagnosis {
  /** How long the models, and the voices, may take to answer. */
  private static final int PATIENCE_SECONDS = 10;

  private static final int UNAVAILABLE = ExitCodes.of(FailureKind.UNAVAILABLE);

  private final SettingSources sources;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(SettingSources sources) {
    this.sources = sources;
  }

  /** In the order in which a person would look. Blocks until services have answered. */
  List<Finding> findings() throws InterruptedException {
    java();
    Optional<Configuration> configuration = settings();
    if (configuration.isPresent()) {
      Vertx vertx = Vertx.vertx(EventLoops.options());
      try {
        models(vertx, configuration.get());
        voices(vertx, configuration.get());
      } finally {
        Waiting.briefly(vertx.close());
      }
      findings.addAll(new ServerDiagnosis(configuration.get(), sources).findings());
    }
    sound();
    return List.copyOf(findings);
  }

  private void java() {
    Runtime runtime = Runtime.getRuntime();
    findings.add(
        Finding.works(
            "java",
            String.format(
                Locale.ROOT,
                "%s, %s %s, %d cores, heap up to %d MiB",
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20)));
  }

  private Optional<Configuration> settings() {
    try {
      Configuration configuration = sources.load();
      long set = AllSettings.all().stream().filter(s -> configuration.value(s).isPresent()).count();
      findings.add(
          Finding.works(
              "settings",
              set == 0
                  ? "none is set: 'voicebus config --explain' lists all, with their defaults"
                  : set + " of them set: 'voicebus config' shows them"));
      configuration.notes().forEach(note -> findings.add(Finding.missing("settings", note)));
      return Optional.of(configuration);
    } catch (IllegalArgumentException e) {
      findings.add(broken("settings", e));
      return Optional.empty();
    }
  }

  private void models(Vertx vertx, Configuration configuration) throws InterruptedException {
    try {
      String none = Banner.noAnswers(configuration);
      if (!none.isEmpty()) {
        findings.add(Finding.missing("model", none));
        return;
      }
      ModelCheckVerticle check = new ModelCheckVerticle();
      DeploymentOptions options =
          new DeploymentOptions().setConfig(configuration.of(Role.GEMINI.word()));
      Waiting.on(within(vertx.deployVerticle(check, options)));
      for (ModelCheckVerticle.Checked checked : check.checked()) {
        String name =
            checked.service().source()
                + ": "
                + checked.service().model()
                + " at "
                + checked.service().host();
        Failure trouble = checked.trouble();
        findings.add(
            trouble == null
                ? Finding.works("model", name + ", " + checked.nanos() / 1_000_000 + " ms")
                : Finding.broken(
                    "model", name + ": " + trouble.detail(), ExitCodes.of(trouble.kind())));
      }
    } catch (IllegalArgumentException | ExecutionException | TimeoutException e) {
      findings.add(broken("model", e));
    }
  }

  private void voices(Vertx vertx, Configuration configuration) throws InterruptedException {
    try {
      Settings settings = configuration.settings(Role.TTS.word());
      EngineCatalog catalog = EngineCatalog.all(vertx, Clock.system());
      List<String> chosen = catalog.chosen(settings);
      findings.add(Finding.works("speech", String.join(", else ", chosen)));
      for (EngineOffer offer :
          Waiting.on(within(Future.fromCompletionStage(catalog.offers(settings))))) {
        findings.add(voice(offer, chosen));
      }
    } catch (IllegalArgumentException | ExecutionException | TimeoutException e) {
      findings.add(broken("voice", e));
    }
  }

  private static Finding voice(EngineOffer offer, List<String> chosen) {
    if (offer.usable()) {
      int voices = offer.voices().size();
      return Finding.works(
          "voice", offer.engine() + ", " + voices + (voices == 1 ? " voice" : " voices"));
    }
    String line = offer.engine() + ": " + offer.reason();
    boolean wanted = chosen.stream().anyMatch(name -> name.split(":", 2)[0].equals(offer.engine()));
    return wanted
        ? Finding.broken("voice", line, ExitCodes.of(offer.kind()))
        : Finding.missing("voice", line);
  }

  private void sound() {
    findings.add(
        SoundCard.missing()
            .map(why -> Finding.missing("sound", why))
            .orElseGet(() -> Finding.works("sound", "there is a sound card")));
    findings.add(Finding.works("formats", AudioFormat.availableNames()));
    if (!AudioFormat.AAC.available()) {
      findings.add(Finding.missing("formats", "aac: install ffmpeg, so that it is on the PATH"));
    }
  }

  private static <T> Future<T> within(Future<T> future) {
    return future.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static Finding broken(String what, Exception problem) {
    boolean late =
        problem instanceof TimeoutException || problem.getCause() instanceof TimeoutException;
    return Finding.broken(
        what,
        late
            ? "no answer within " + PATIENCE_SECONDS + " s: is the network there?"
            : Problems.explain(problem),
        late ? UNAVAILABLE : Problems.exitCode(problem));
  }
}
