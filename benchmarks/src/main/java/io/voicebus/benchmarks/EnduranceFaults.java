package io.voicebus.benchmarks;

import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenRequest;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.TextPace;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong at the model and at the voice, by chance; turns that it concerns are told. */
final class EnduranceFaults {
  /** Of 100 answers of the model. */
  private static final int MODEL_FAULTS = 6;

  /** Of 100 requests for speech, of which a turn has several. */
  private static final int VOICE_FAULTS = 3;

  private static final TextPace PACE = new TextPace(80, 200, 2);

  private final Random random;
  private final boolean harmed;
  private final Map<String, EnduranceTurn> turns = new ConcurrentHashMap<>();

  /**
   * None so far.
   *
   * @param harmed whether anything goes wrong at all
   */
  EnduranceFaults(long seed, boolean harmed) {
    random = new Random(seed);
    this.harmed = harmed;
  }

  boolean harmed() {
    return harmed;
  }

  private synchronized int next(int bound) {
    return random.nextInt(bound);
  }

  /** A turn that is to be told, from its first word on. */
  void add(EnduranceTurn turn) {
    for (String word : words(turn.text())) {
      turns.put(word, turn);
    }
  }

  /** The turn is over. */
  void remove(EnduranceTurn turn) {
    for (String word : words(turn.text())) {
      turns.remove(word, turn);
    }
  }

  private static String[] words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", "").split(" +", -1);
  }

  private void touch(String text) {
    for (String word : words(text)) {
      EnduranceTurn turn = turns.get(word);
      if (turn != null) {
        turn.touch();
      }
    }
  }

  GeminiScript answer(GeminiCall call) {
    GeminiScript good = GeminiScript.answer(EmulatedServices.echo(call)).at(PACE);
    if (!harmed || next(100) >= MODEL_FAULTS) {
      return good;
    }
    touch(call.body().encode());
    return switch (next(6)) {
      case 0 -> GeminiScript.refuse(GeminiRefusal.object(GeminiError.overloaded()));
      case 1 -> good.ending(GeminiEnding.TRUNCATED);
      case 2 -> good.ending(GeminiEnding.RESET);
      case 3 -> good.ending(GeminiEnding.SILENCE);
      case 4 -> good.ending(GeminiEnding.errorEvent(GeminiError.overloaded()));
      default -> good.ending(GeminiEnding.blocked("SAFETY"));
    };
  }

  ElevenScript speech(ElevenRequest request) {
    ElevenScript good = ElevenScript.instant().paced(Duration.ofMillis(80), 0.05);
    if (!harmed || next(100) >= VOICE_FAULTS) {
      return good;
    }
    touch(request.text());
    int pieces = next(6);
    return good.failing(
        switch (next(8)) {
          case 0 -> ElevenFault.cut(pieces);
          case 1 -> ElevenFault.end(0);
          case 2 -> ElevenFault.hang(pieces);
          case 3 -> ElevenFault.error("too_many_concurrent_requests", 0);
          case 4 -> ElevenFault.error("system_busy", 0);
          case 5 -> ElevenFault.mp3();
          case 6 -> ElevenFault.error("something_went_wrong", pieces);
          default -> ElevenFault.close(1011, pieces);
        });
  }
}
