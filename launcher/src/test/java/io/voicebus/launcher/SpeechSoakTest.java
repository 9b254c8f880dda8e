package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenRequest;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.turn.TurnEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A service with all its faults, and the embedded voice behind it, with default settings. As many
 * turns as the property {@code voices.turns} says.
 */
@Tag("slow")
@Timeout(1_800)
class SpeechSoakTest {
  private static final int SENTENCES = 5;
  private static final int TURNS_AT_ONCE = 10;
  private static final int PIECE_MS = 200;

  /** How many of 100 requests fail. */
  private static final int FAULTS = Integer.getInteger("voices.faults", 12);

  private final Vertx services = Vertx.vertx();
  private final Map<Integer, Integer> changes = new TreeMap<>();

  @AfterEach
  void close() {
    await(services.close());
  }

  @Test
  void aTurnChangesItsVoiceOnceAtMostAndNothingIsMissingWithoutAnEvent() {
    int turns = Integer.getInteger("voices.turns", 60);
    long seed = Long.getLong("voices.seed", new Random().nextLong());
    Random random = new Random(seed);
    System.out.println("voices.seed=" + seed);
    ElevenEmulator eleven =
        await(
            ElevenEmulator.start(
                services,
                ElevenOptions.generous()
                    .withCloseDelay(Duration.ofMillis(20))
                    .withScripts(request -> script(request, random))));
    LocalPipeline.Setup defaults =
        new LocalPipeline.Setup()
            .tts("elevenlabs-api-key", "emulated-key")
            .tts("elevenlabs-base-url", eleven.baseUrl())
            .tts("engines", "elevenlabs,embedded")
            .workers(2);
    List<String> wrong = new ArrayList<>();
    try (LocalPipeline pipeline = defaults.start()) {
      ArrayDeque<HeardTurn> running = new ArrayDeque<>();
      for (int i = 0; i < turns || !running.isEmpty(); i++) {
        if (i < turns) {
          running.add(pipeline.hear(text(i), LocalPipeline.SENTENCES));
        }
        if (running.size() == TURNS_AT_ONCE || i >= turns) {
          judge(running.remove(), wrong);
        }
      }
    }
    System.out.println("turns by changes of voice: " + changes);
    assertThat(wrong).as("seed %d", seed).isEmpty();
  }

  private void judge(HeardTurn turn, List<String> wrong) {
    TurnEvent.Ended ended = turn.ended();
    String name = turn.text().strip();
    name = name.substring(name.lastIndexOf(' ') + 1);
    Set<Integer> told = new TreeSet<>();
    turn.events(TurnEvent.Skipped.class).forEach(one -> told.add(one.chunk().chunk()));
    List<String> voices = new ArrayList<>();
    for (TurnEvent.Mark event : turn.events(TurnEvent.Mark.class)) {
      PlayoutMark mark = event.mark();
      if (mark.kind() == PlayoutMark.Kind.CHUNK_END) {
        told.add(mark.chunk());
      } else if (!mark.voice().isEmpty()
          && (voices.isEmpty() || !voices.get(voices.size() - 1).equals(mark.spokenWith()))) {
        voices.add(mark.spokenWith());
      }
    }
    changes.merge(voices.size() - 1, 1, Integer::sum);
    if (voices.size() > 2) {
      wrong.add(name + " changes its voice " + voices);
    }
    if (told.size() < SENTENCES && ended.outcome() == TurnEvent.Outcome.FINISHED) {
      wrong.add(name + " has only " + told + " of " + turn.captions());
    }
    if (ended.outcome() != TurnEvent.Outcome.FINISHED) {
      wrong.add(name + " " + ended);
    }
    if (voices.equals(List.of("elevenlabs")) && turn.events(TurnEvent.Skipped.class).isEmpty()) {
      try {
        new HeardWords(turn.pcm()).readAll(turn.captions());
      } catch (AssertionError e) {
        wrong.add(name + " " + e.getMessage());
      }
    }
  }

  private ElevenScript script(ElevenRequest request, Random random) {
    ElevenFault fault;
    int piece;
    synchronized (random) {
      piece = random.nextInt(6);
      fault =
          random.nextInt(100) >= FAULTS
              ? ElevenFault.none()
              : fault(request, random.nextInt(7), piece);
    }
    return ElevenScript.instant()
        .paced(Duration.ofMillis(20), 0.02)
        .inPieces(PIECE_MS, false)
        .failing(fault);
  }

  private static ElevenFault fault(ElevenRequest request, int kind, int pieces) {
    return switch (kind) {
      case 0 -> ElevenFault.cut(pieces);
      case 1 -> ElevenFault.end(0);
      case 2 -> ElevenFault.hang(length(request.text())); // the last word comes, and no end
      case 3 -> ElevenFault.error("too_many_concurrent_requests", 0);
      case 4 -> ElevenFault.error("system_busy", 0);
      case 5 -> ElevenFault.mp3();
      default -> ElevenFault.close(1011, pieces);
    };
  }

  /** Pieces of a text. */
  private static int length(String text) {
    int bytes = EmulatedSpeech.length(text, 24_000);
    int piece = 2 * 24 * PIECE_MS;
    return (bytes + piece - 1) / piece;
  }

  private static String text(int turn) {
    String[] numbers = {"one", "two", "three", "four", "five"};
    StringBuilder text = new StringBuilder();
    for (String number : numbers) {
      text.append("Here is the sentence number ").append(number).append(" of turn t").append(turn);
      text.append(". ");
    }
    return text.toString();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
