package io.voicebus.mcp;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One loudspeaker, which all agents share: it speaks one text at a time, in the order in which they
 * came. Thread-safe.
 */
public final class Speaker {
  /** Texts that wait for others. */
  static final int MAX_WAITING = 32;

  /** What they have together, in UTF-16 units. */
  static final int MAX_WAITING_CHARS = 1_000_000;

  /** Failures that are remembered, for who has not waited for them. */
  private static final int MAX_FAILURES = 5;

  /** One text. Called on its own context. */
  interface Utterance {
    /** Its length, in UTF-16 units. */
    int chars();

    /** It is spoken from now on; {@link Speaker#done} says when it has been. */
    void begin();

    /** It is not spoken, or no further; nothing more is called. */
    void stop(String why);
  }

  private record Entry(int number, Utterance utterance, Context context) {
    void begin() {
      context.runOnContext(ignored -> utterance.begin());
    }

    void stop(String why) {
      context.runOnContext(ignored -> utterance.stop(why));
    }
  }

  /**
   * Where a text stands.
   *
   * @param number counts all texts, from 1
   * @param ahead how many are spoken before it
   */
  record Place(int number, int ahead) {}

  /**
   * What is going on.
   *
   * @param speaking the number of the text that is spoken; 0 for none
   * @param waiting how many wait
   * @param failures which could not be spoken, and why; the latest last
   */
  record State(int speaking, int waiting, List<String> failures) {}

  private final Path lock;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Deque<String> failures = new ArrayDeque<>();
  private final List<Promise<Void>> silent = new ArrayList<>();
  private @Nullable Entry speaking;
  private int numbers;

  /** The loudspeaker of this user, whose processes take turns. */
  public Speaker() {
    this(SpeakerLock.ofUser());
  }

  /**
   * A loudspeaker.
   *
   * @param lock a file of which processes that share it take hold in turn
   */
  Speaker(Path lock) {
    this.lock = lock;
  }

  /** Whose turn it is among all processes. */
  SpeakerLock lock(Vertx vertx) {
    return new SpeakerLock(vertx, lock);
  }

  /**
   * Adds a text, which begins as soon as those before it are done.
   *
   * @param interrupt whether those before it are stopped
   * @throws VoicebusException {@code RATE_LIMITED} when too much waits already
   */
  synchronized Place add(Utterance utterance, Context context, boolean interrupt) {
    if (interrupt) {
      stop("another text interrupted it");
    }
    int chars = waiting.stream().mapToInt(entry -> entry.utterance.chars()).sum();
    if (waiting.size() >= MAX_WAITING
        || (speaking != null && chars + utterance.chars() > MAX_WAITING_CHARS)) {
      throw new VoicebusException(
          Stage.OWNER,
          FailureKind.RATE_LIMITED,
          "too much waits to be spoken already ("
              + waiting.size()
              + " texts): wait, use the tool stop, or say this with interrupt");
    }
    numbers++;
    Entry entry = new Entry(numbers, utterance, context);
    int ahead = waiting.size() + (speaking == null ? 0 : 1);
    waiting.add(entry);
    next();
    return new Place(entry.number, ahead);
  }

  private void next() {
    if (speaking == null && !waiting.isEmpty()) {
      speaking = waiting.remove();
      speaking.begin();
    }
    if (speaking == null) {
      silent.forEach(Promise::tryComplete);
      silent.clear();
    }
  }

  /** A text was spoken, or need not be spoken any more: the next one begins. */
  synchronized void done(Utterance utterance) {
    if (speaking != null && speaking.utterance == utterance) {
      speaking = null;
      next();
    } else {
      waiting.removeIf(entry -> entry.utterance == utterance);
    }
  }

  /** A text could not be spoken, and nobody waits to be told. */
  synchronized void failed(int number, String why) {
    failures.add("text " + number + ": " + why);
    if (failures.size() > MAX_FAILURES) {
      failures.remove();
    }
  }

  /**
   * Stops what is spoken, and all that waits.
   *
   * @return how many texts that were
   */
  public synchronized int stop(String why) {
    List<Entry> all = new ArrayList<>(waiting);
    waiting.clear();
    Optional.ofNullable(speaking).ifPresent(all::add);
    speaking = null;
    all.forEach(entry -> entry.stop(why));
    next();
    return all.size();
  }

  /** Completes when nothing is spoken, and nothing waits. */
  public synchronized Future<Void> silence() {
    Promise<Void> silence = Promise.promise();
    silent.add(silence);
    next();
    return silence.future();
  }

  /** What is going on. */
  synchronized State state() {
    return new State(speaking == null ? 0 : speaking.number, waiting.size(), List.copyOf(failures));
  }
}
