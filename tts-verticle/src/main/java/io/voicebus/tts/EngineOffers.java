package io.voicebus.tts;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.MissingKeyException;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.Voice;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks engines for their voices; each is opened for that, and closed. Immutable. */
final class EngineOffers {
  /** How long an engine may take to answer. */
  private static final int PATIENCE_SECONDS = 5;

  private final EngineChoice choice;
  private final Function<String, SpeechEngine> opener;

  /**
   * Asks nobody yet.
   *
   * @param opener opens the engine of a name, or throws
   */
  EngineOffers(EngineChoice choice, Function<String, SpeechEngine> opener) {
    this.choice = choice;
    this.opener = opener;
  }

  /** Asks all of them at once; the offers have the order of the names. */
  CompletionStage<List<EngineOffer>> of(Collection<String> names) {
    List<CompletableFuture<EngineOffer>> all =
        names.stream()
            .map(name -> of(name).thenApply(offer -> offer.inOrder(choice.place(name))))
            .toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<EngineOffer> of(String name) {
    SpeechEngine engine;
    try {
      engine = opener.apply(name);
    } catch (MissingKeyException e) {
      return CompletableFuture.completedFuture(
          EngineOffer.not(name, FailureKind.UNAUTHENTICATED, String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          EngineOffer.not(name, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) { // an engine that is broken hides no other
      return CompletableFuture.completedFuture(refused(name, e));
    }
    return of(name, engine);
  }

  private CompletableFuture<EngineOffer> of(String name, SpeechEngine engine) {
    String first;
    CompletionStage<List<Voice>> offered;
    try {
      first = engine.voices().stream().findFirst().map(Voice::id).orElse("");
      offered = engine.offered();
    } catch (RuntimeException e) {
      first = "";
      offered = CompletableFuture.failedFuture(e);
    }
    String defaultVoice = first;
    return offered
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handle(
            (voices, why) -> {
              engine.close();
              if (why != null) {
                return refused(name, why);
              }
              return choice
                  .refusal(name)
                  .map(reason -> EngineOffer.not(name, reason))
                  .orElseGet(() -> EngineOffer.of(name, voices, defaultVoice));
            });
  }

  private static EngineOffer refused(String engine, Throwable why) {
    Throwable cause =
        why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    if (cause instanceof TimeoutException) {
      return EngineOffer.not(engine, "it does not answer");
    }
    Failure failure = Failure.of(Stage.SPEECH, cause);
    return EngineOffer.not(engine, failure.kind(), failure.detail());
  }
}
