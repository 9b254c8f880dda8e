package io.voicebus.turn;

import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of one turn report to its owner, each from one instance. Of several that were
 * asked in turn, one has it: the text source and playback whose answer to the open has come, and of
 * the chunkers, which another stage asks, the first that has something to say. Those that were
 * asked in vain are not heard. NOT thread safe.
 */
final class StageReports {
  /** Those that must report. */
  private static final List<Stage> STAGES = List.of(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);

  private final BiConsumer<Stage, Message> items;
  private final Runnable onEnd;
  private final BiConsumer<Stage, Throwable> onFailure;

  /** Of each stage those of which one may be the one; once it is known, that one alone. */
  private final Map<Stage, List<BusReadStream<Message>>> reports = new EnumMap<>(Stage.class);

  /** The inbox of the instance that has the turn. */
  private final Map<Stage, String> chosen = new EnumMap<>(Stage.class);

  private final Set<Stage> ended = EnumSet.noneOf(Stage.class);
  private boolean audioHeld;

  /**
   * No reports yet.
   *
   * @param items takes what is reported
   * @param onEnd told when one more report has ended
   * @param onFailure told when a report fails
   */
  StageReports(
      BiConsumer<Stage, Message> items, Runnable onEnd, BiConsumer<Stage, Throwable> onFailure) {
    this.items = items;
    this.onEnd = onEnd;
    this.onFailure = onFailure;
    STAGES.forEach(stage -> reports.put(stage, new ArrayList<>()));
  }

  /**
   * An instance opens its report.
   *
   * @throws VoicebusException to refuse it
   */
  void add(Stage stage, BusReadStream<Message> report) {
    List<BusReadStream<Message>> all = reports.get(stage);
    String known = chosen.get(stage);
    if (all == null || all.stream().anyMatch(other -> other.peer().equals(report.peer()))) {
      throw new VoicebusException(
          Stage.OWNER, FailureKind.INVALID_REQUEST, stage + " has reported already");
    }
    if (known != null && !known.equals(report.peer())) {
      throw elsewhere(stage).toException();
    }
    all.add(report);
    if (known != null || stage == Stage.CHUNKER) {
      take(stage, report);
    } else {
      report.pause();
    }
  }

  /** One instance has answered the open: its report counts, whether it has come or will come. */
  void choose(Stage stage, String inbox) {
    List<BusReadStream<Message>> all = of(stage);
    chosen.put(stage, inbox);
    for (BusReadStream<Message> other : List.copyOf(all)) {
      if (!other.peer().equals(inbox)) {
        all.remove(other);
        other.cancel(elsewhere(stage));
      }
    }
    if (stage != Stage.CHUNKER) {
      List.copyOf(all).forEach(report -> take(stage, report));
    }
  }

  private void take(Stage stage, BusReadStream<Message> report) {
    if (stage == Stage.PLAYBACK && audioHeld) {
      report.pause();
    } else {
      report.resume();
    }
    report.exceptionHandler(why -> failed(stage, report, why));
    report.endHandler(
        ignored -> {
          speaks(stage, report);
          ended.add(stage);
          onEnd.run();
        });
    report.handler(
        item -> {
          speaks(stage, report);
          items.accept(stage, item);
        });
  }

  private void speaks(Stage stage, BusReadStream<Message> report) {
    if (!chosen.containsKey(stage)) {
      choose(stage, report.peer());
    }
  }

  /** One that was asked in vain may die of it before it is known who has the turn. */
  private void failed(Stage stage, BusReadStream<Message> report, Throwable why) {
    List<BusReadStream<Message>> all = of(stage);
    if (chosen.containsKey(stage) || all.size() == 1) {
      onFailure.accept(stage, why);
    } else {
      all.remove(report);
    }
  }

  private static Failure elsewhere(Stage stage) {
    return new Failure(stage, FailureKind.CANCELLED, "another instance has the turn");
  }

  private List<BusReadStream<Message>> of(Stage stage) {
    List<BusReadStream<Message>> all = reports.get(stage);
    if (all == null) {
      throw new IllegalArgumentException(stage + " does not report");
    }
    return all;
  }

  /** No audio for now. */
  void holdAudio() {
    audioHeld = true;
    taken(Stage.PLAYBACK).ifPresent(BusReadStream::pause);
  }

  /** Audio may come again: perhaps at once, from within this call. */
  void letAudioFlow() {
    audioHeld = false;
    taken(Stage.PLAYBACK).ifPresent(BusReadStream::resume);
  }

  private Optional<BusReadStream<Message>> taken(Stage stage) {
    return chosen.containsKey(stage) ? of(stage).stream().findFirst() : Optional.empty();
  }

  /** A stage of which no instance has reported; null when all have. */
  @Nullable Stage missing() {
    return STAGES.stream().filter(stage -> of(stage).isEmpty()).findFirst().orElse(null);
  }

  /** Nothing more is expected of a stage, which has failed; the others go on. */
  void endEarly(Stage stage) {
    ended.add(stage);
  }

  boolean ended(Stage stage) {
    return ended.contains(stage);
  }

  boolean allEnded() {
    return ended.containsAll(STAGES);
  }

  /** Nobody listens any more. */
  void cancel(Failure why) {
    reports.values().forEach(all -> all.forEach(report -> report.cancel(why)));
  }
}
