package io.voicebus.launcher;

import io.voicebus.turn.TurnEvent;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Writes a transcript on a thread of its own: a reader that does not read (a program that leaves a
 * pipe full, a terminal that is held) stops neither the turn nor its audio. Thread-safe.
 */
final class TranscriptWriter implements Consumer<TurnEvent> {
  /** More than a minute of what a fast model writes, a token at a time. */
  static final int EVENTS = 4096;

  private static final long LAST_WORDS_MS = 1000;

  private final Transcript transcript;
  private final AtomicBoolean hasGap = new AtomicBoolean();
  private final ThreadPoolExecutor thread;

  TranscriptWriter(Transcript transcript) {
    this.transcript = transcript;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "voicebus-transcript");
              made.setDaemon(true);
              return made;
            },
            // What comes after the last word.
            (task, closed) -> {});
  }

  /** Says something before the text; nothing where it is empty. */
  void note(String text) {
    thread.execute(() -> transcript.note(text));
  }

  /**
   * Shows what happened; where too much waits already, it is left out, and that is said in its
   * place. The end is never left out.
   */
  @Override
  public void accept(TurnEvent event) {
    if (thread.getQueue().size() >= EVENTS && !(event instanceof TurnEvent.Ended)) {
      hasGap.set(true);
      return;
    }
    write(() -> transcript.accept(event));
  }

  private void write(Runnable what) {
    boolean afterGap = hasGap.getAndSet(false);
    thread.execute(
        () -> {
          if (afterGap) {
            transcript.gap();
          }
          what.run();
        });
  }

  /** How much waits to be written. */
  int waiting() {
    return thread.getQueue().size();
  }

  /** Writes a last line, and waits a moment until it is written; later events are not shown. */
  void stop(String why) {
    write(() -> transcript.stop(why));
    close();
  }

  /** Waits a moment until all of it is written. */
  void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(LAST_WORDS_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
