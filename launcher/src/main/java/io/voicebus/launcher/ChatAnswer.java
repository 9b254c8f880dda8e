package io.voicebus.launcher;

import io.vertx.core.Future;
import io.voicebus.bus.FailureKind;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** An answer of a conversation at the terminal, as it is shown and spoken. Thread-safe. */
abstract class ChatAnswer {
  /** Before the first question. */
  static final ChatAnswer NONE =
      new ChatAnswer() {
        @Override
        boolean stop() {
          return false;
        }

        @Override
        int awaitEnd() {
          return 0;
        }
      };

  private ChatAnswer() {}

  /** Begins one, and ends the one before it. */
  static ChatAnswer begin(ChatVerticle chat, TurnRequest request, Transcript transcript) {
    TranscriptWriter shown = new TranscriptWriter(transcript);
    Future<TurnEvent.Ended> ended = chat.begin(request, shown);
    AtomicBoolean stopping = new AtomicBoolean();
    return new ChatAnswer() {
      @Override
      boolean stop() {
        // Its end comes a moment after it was stopped: the next Ctrl-C is meant for something else.
        if (ended.isComplete() || stopping.getAndSet(true)) {
          shown.close();
          return false;
        }
        chat.interrupt();
        shown.stop("stopped");
        return true;
      }

      @Override
      int awaitEnd() throws InterruptedException {
        try {
          TurnEvent.Ended end = ended.toCompletionStage().toCompletableFuture().get();
          // What was stopped here did not go wrong.
          return end.failure() == null || end.failure().kind() == FailureKind.CANCELLED
              ? 0
              : ExitCodes.of(end.failure().kind());
        } catch (ExecutionException e) {
          shown.note(Problems.explain(e));
          return Problems.exitCode(e);
        } finally {
          shown.close();
        }
      }
    };
  }

  /** Stops it; whether there was anything to stop. */
  abstract boolean stop();

  /** Waits for its end; returns the exit code for it. */
  abstract int awaitEnd() throws InterruptedException;
}
