package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer in text alone, of which nothing is spoken. NOT thread safe: bound to its owner's
 * context.
 */
public final class TextAnswer {
  private static final Failure OVER =
      new Failure(Stage.OWNER, FailureKind.CANCELLED, "the answer has ended");

  /** Who takes it; not called from within {@link TurnOwner#answer}. */
  public interface Listener {
    /** The next piece. */
    void text(String piece);

    /** How the model's answer ended, and what it cost; may be missing. */
    void answered(AnswerReport report);

    /**
     * Nothing more comes; called last, unless it was cancelled.
     *
     * @param failure why it ended before its time; null if it did not
     */
    void ended(@Nullable Failure failure);
  }

  private final TurnContext context;
  private final TurnRequest request;
  private final TurnMemory memory;
  private final Listener listener;
  private final Runnable onOver;
  private final StageLink source;

  /** Here, and in what its caller makes of it. */
  private static final int BYTES_OF_CHAR = 4;

  /** For the instance that goes on where another one is lost; no longer than is remembered. */
  private final StringBuilder text = new StringBuilder();

  private boolean whole = true;

  private boolean over;

  TextAnswer(
      Inbox inbox,
      OwnerLimits limits,
      TurnId id,
      TurnRequest request,
      TurnMemory memory,
      Listener listener,
      Runnable onOver) {
    this.context = new TurnContext(id, inbox.address(), request.options());
    this.request = request;
    this.memory = memory;
    this.listener = listener;
    this.onOver = onOver;
    this.source = new StageLink(inbox, Stage.TEXT, Addresses.PROMPT, limits.stages(), new Events());
  }

  void begin() {
    source.open(new Prompt(context, request.prompt(), text.toString(), request.background()));
  }

  /** Its name. */
  public TurnId id() {
    return context.turn();
  }

  /** The listener cannot take more for now. */
  public void pause() {
    source.pause();
  }

  /** The listener takes text again. */
  public void resume() {
    source.resume();
  }

  /** Ends it; nothing more comes. */
  public void cancel(String why) {
    close(new Failure(Stage.OWNER, FailureKind.CANCELLED, why));
  }

  /** Ends it, and says why. */
  void stop(Failure why) {
    if (close(why)) {
      listener.ended(why);
    }
  }

  private boolean close(Failure why) {
    if (over) {
      return false;
    }
    over = true;
    source.closeForGood(why);
    onOver.run();
    return true;
  }

  private final class Events implements StageLink.Listener {
    @Override
    public void opened(StageLink stage) {}

    @Override
    public void drained(StageLink stage) {}

    @Override
    public void item(TurnStage stage, Message item) {
      if (item instanceof TextDelta delta) {
        whole &= text.length() + delta.text().length() <= Conversation.MAX_ANSWER_CHARS;
        if (whole) {
          text.append(delta.text());
          memory.text(BYTES_OF_CHAR * (long) text.length());
        }
        listener.text(delta.text());
      } else if (item instanceof AnswerReport report) {
        listener.answered(report);
      }
    }

    @Override
    public void ended(TurnStage stage) {
      if (close(OVER)) {
        listener.ended(null);
      }
    }

    @Override
    public void failed(TurnStage stage, Failure why, boolean nodeLost) {
      if (nodeLost && whole && source.mayBeTakenOver()) {
        begin();
      } else {
        stop(why);
      }
    }
  }
}
