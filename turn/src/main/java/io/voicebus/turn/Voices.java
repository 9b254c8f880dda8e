package io.voicebus.turn;

import io.vertx.core.Future;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.VoicesAsk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a speech worker which engines and voices can be used. Any worker may answer, for the
 * settings that it has. Bound to its inbox's context.
 */
public final class Voices {
  /** How long an answer may take; the worker gives its engines less, and then says so. */
  public static final Duration TIMEOUT = Duration.ofSeconds(8);

  /** How long an answer is good for all who ask: services are not asked more often. */
  public static final Duration KEPT = Duration.ofSeconds(10);

  private final Inbox inbox;
  private final Kept<List<EngineVoices>> kept;

  /** What was told last, however long ago. */
  private List<EngineVoices> told = List.of();

  /** Asks from this inbox. */
  public Voices(Inbox inbox) {
    this.inbox = inbox;
    this.kept = new Kept<>(inbox::now, KEPT, this::ask);
  }

  /**
   * What each engine offers, as it was {@link #KEPT} ago at most.
   *
   * @return fails with a {@link VoicebusException} when no worker answers within {@link #TIMEOUT}
   */
  public Future<List<EngineVoices>> recent() {
    return kept.get();
  }

  /**
   * The only language of a voice, by what was told last. If nothing was told yet and a voice is
   * named, asks, and knows it the next time.
   *
   * @param voice as a turn names it; empty for the one that speaks where none is named
   * @return a two-letter code; empty if it speaks several, or nobody knows
   */
  String language(String voice) {
    if (told.isEmpty() && !voice.isEmpty()) {
      recent().onFailure(why -> {}); // who wants the voices themselves is told of it
    }
    String asked = voice.replaceFirst("\\+.*", ""); // a variant: "de+f3"
    return told.stream()
        .filter(EngineVoices::usable)
        .flatMap(engine -> engine.voices().stream().filter(one -> isMeant(asked, engine, one)))
        .map(EngineVoice::language)
        .findFirst()
        .orElse("");
  }

  private static boolean isMeant(String asked, EngineVoices engine, EngineVoice voice) {
    if (asked.isEmpty()) {
      return engine.order() == 1 && voice.id().equals(engine.defaultVoice());
    }
    return asked.equalsIgnoreCase(voice.id())
        || asked.equalsIgnoreCase(engine.engine() + "/" + voice.id());
  }

  /** Each engine once. */
  private static List<EngineVoices> joined(List<EngineVoices> parts) {
    List<EngineVoices> whole = new ArrayList<>();
    for (EngineVoices part : parts) {
      int last = whole.size() - 1;
      if (last >= 0 && whole.get(last).engine().equals(part.engine())) {
        List<EngineVoice> voices = new ArrayList<>(whole.get(last).voices());
        voices.addAll(part.voices());
        whole.set(
            last,
            new EngineVoices(
                part.engine(),
                part.usable(),
                part.reason(),
                voices,
                part.order(),
                part.defaultVoice()));
      } else {
        whole.add(part);
      }
    }
    return List.copyOf(whole);
  }

  private Future<List<EngineVoices>> ask() {
    return inbox
        .ask(Addresses.VOICES, new VoicesAsk(), TIMEOUT)
        .map(
            parts ->
                joined(
                    parts.stream()
                        .filter(EngineVoices.class::isInstance)
                        .map(EngineVoices.class::cast)
                        .limit(VoicesAsk.MAX_PARTS)
                        .toList()))
        .onSuccess(all -> told = all);
  }
}
