package io.voicebus.gemini;

import io.vertx.core.Future;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn at the text source: the answer's deltas go to a chunker and to the owner. The source is
 * asked at once; the streams open while it thinks, and what comes before they are open waits.
 */
final class BusTurn implements TextSink {
  private static final Logger LOG = LoggerFactory.getLogger(BusTurn.class);

  private final Inbox inbox;
  private final BusConversations conversations;
  private final Prompt prompt;
  private final BusReadStream<Message> asked;
  private final Runnable onOver;
  private final ArrayDeque<TextDelta> early = new ArrayDeque<>();
  private final long begunAt;

  private int earlyBytes;
  private boolean over;
  private boolean textEnded;
  private boolean opened;
  private @Nullable Failure brokeOff;
  private boolean first = true;
  private @Nullable StageTiming remembering;
  private @Nullable Answer answer;
  private @Nullable BusWriteStream<Message> chunker;
  private @Nullable BusWriteStream<Message> owner;
  private @Nullable AnswerReport report;
  private Future<Void> lastReport = Future.succeededFuture();

  BusTurn(
      Inbox inbox,
      BusConversations conversations,
      Prompt prompt,
      BusReadStream<Message> asked,
      Runnable onOver) {
    this.inbox = inbox;
    this.conversations = conversations;
    this.prompt = prompt;
    this.asked = asked;
    this.onOver = onOver;
    this.begunAt = inbox.now();
  }

  void begin(TextSource source) {
    asked.handler(ignored -> {});
    asked.exceptionHandler(why -> drop(Failure.of(Stage.OWNER, why)));
    asked.endHandler(ignored -> drop(cancelled()));
    Future<BusWriteStream<Message>> toOwner =
        inbox.open(prompt.turn().owner(), new ReportOpen(prompt.turn().turn(), Stage.TEXT));
    Future<BusWriteStream<Message>> toChunker =
        inbox.open(Addresses.TEXT, new TextOpen(prompt.turn(), prompt.text()));
    Future.join(toOwner, toChunker)
        .onComplete(
            both -> {
              opened = true;
              owner = toOwner.succeeded() ? adopt(toOwner.result()) : null;
              chunker = toChunker.succeeded() ? adopt(toChunker.result()) : null;
              if (!over && brokeOff != null && both.failed()) {
                fail(brokeOff);
              } else if (!over && toOwner.failed()) {
                drop(Failure.of(Stage.TEXT, toOwner.cause()));
              } else if (!over && toChunker.failed()) {
                Failure why = Failure.of(Stage.CHUNKER, toChunker.cause());
                fail(new Failure(Stage.CHUNKER, why.kind(), why.detail()));
              } else if (!over) {
                sendEarly();
              }
            });
    String conversation = prompt.turn().options().conversation();
    if (conversation.isEmpty()) {
      ask(source, List.of());
    } else {
      conversations
          .begin(conversation, prompt.turn().turn(), prompt.text())
          .onSuccess(
              history ->
                  remembered(
                      conversations.remembers(prompt.text()) ? "history" : "not-remembered",
                      source,
                      history))
          .onFailure(
              why -> {
                LOG.warn("a turn goes on without its conversation: {}", why.toString());
                remembered("no-history", source, List.of());
              });
    }
  }

  private void remembered(String what, TextSource source, List<Exchange> history) {
    remembering = new StageTiming(what, inbox.now() - begunAt);
    ask(source, history);
    if (owner != null) {
      tellRemembering(owner);
    }
  }

  private void tellRemembering(BusWriteStream<Message> toOwner) {
    if (remembering != null && !over) {
      toOwner.write(remembering);
      remembering = null;
    }
  }

  private void ask(TextSource source, List<Exchange> history) {
    if (!over && brokeOff == null) {
      answer = source.answer(new Question(prompt.turn(), history, prompt.text()), this);
    }
  }

  private BusWriteStream<Message> adopt(BusWriteStream<Message> stream) {
    if (over) {
      stream.fail(cancelled());
      return stream;
    }
    stream.exceptionHandler(
        why -> {
          Failure failure = Failure.of(Stage.CHUNKER, why);
          if (stream == chunker && failure.kind() != FailureKind.CANCELLED) {
            fail(new Failure(Stage.CHUNKER, failure.kind(), failure.detail()));
          } else {
            drop(failure);
          }
        });
    stream.drainHandler(ignored -> flow());
    return stream;
  }

  @Override
  public void text(String text) {
    if (over) {
      return;
    }
    for (String piece : TextDelta.pieces(text)) {
      TextDelta delta = new TextDelta(piece);
      if (chunker == null || owner == null) {
        early.add(delta);
        earlyBytes += delta.weight();
      } else {
        send(delta, chunker, owner);
      }
    }
    flow();
  }

  private void send(
      TextDelta delta, BusWriteStream<Message> toChunker, BusWriteStream<Message> toOwner) {
    if (first) {
      first = false;
      toOwner.write(new StageTiming("first-delta", inbox.now() - begunAt));
    }
    toChunker.write(delta);
    lastReport = toOwner.write(delta);
  }

  private void sendEarly() {
    if (chunker == null || owner == null) {
      return;
    }
    tellRemembering(owner);
    TextDelta delta;
    while ((delta = early.poll()) != null) {
      send(delta, chunker, owner);
    }
    earlyBytes = 0;
    if (brokeOff != null) {
      fail(brokeOff);
    } else if (textEnded) {
      finish();
    } else {
      flow();
    }
  }

  /** Lets the source run while all that it must wait for has room. */
  private void flow() {
    if (answer == null || over) {
      return;
    }
    boolean full =
        (chunker == null || owner == null)
            ? earlyBytes >= Limits.STREAM_WINDOW
            : chunker.writeQueueFull() || owner.writeQueueFull();
    if (full) {
      answer.pause();
    } else {
      answer.resume();
    }
  }

  @Override
  public void report(AnswerReport told) {
    report = told;
  }

  /** Before the owner's stream ends, one way or the other. */
  private void sendReport(BusWriteStream<Message> toOwner) {
    if (report != null) {
      lastReport = toOwner.write(report);
      report = null;
    }
  }

  @Override
  public void end() {
    textEnded = true;
    if (chunker != null && owner != null) {
      finish();
    }
  }

  private void finish() {
    if (over || chunker == null || owner == null) {
      return;
    }
    over = true;
    chunker.end();
    sendReport(owner);
    owner.write(new StageTiming("text", inbox.now() - begunAt));
    owner.end();
    onOver.run();
  }

  /**
   * The answer broke off: the owner is told, after the text that did come, once there is a stream
   * to tell it by.
   */
  @Override
  public void fail(Failure failure) {
    if (over) {
      return;
    }
    if (!opened) {
      brokeOff = brokeOff == null ? failure : brokeOff;
      if (answer != null) {
        answer.cancel();
      }
      return;
    }
    if (chunker != null && !first) {
      // What has come is heard before the failure ends the turn.
      chunker.end();
    } else if (chunker != null) {
      chunker.fail(failure);
    }
    BusWriteStream<Message> toOwner = owner;
    if (toOwner != null) {
      sendReport(toOwner);
      lastReport.onComplete(ignored -> toOwner.fail(failure));
    } else {
      asked.cancel(failure);
    }
    over();
  }

  /** The turn is over elsewhere. */
  void drop(Failure why) {
    if (over) {
      return;
    }
    Failure end = new Failure(why.stage(), FailureKind.CANCELLED, why.detail());
    for (BusWriteStream<Message> stream : open()) {
      stream.fail(end);
    }
    asked.cancel(end);
    over();
  }

  private List<BusWriteStream<Message>> open() {
    if (chunker == null) {
      return owner == null ? List.of() : List.of(owner);
    }
    return owner == null ? List.of(chunker) : List.of(chunker, owner);
  }

  private void over() {
    over = true;
    early.clear();
    if (answer != null) {
      answer.cancel();
    }
    onOver.run();
  }

  private static Failure cancelled() {
    return new Failure(Stage.TEXT, FailureKind.CANCELLED, "the turn has ended");
  }
}
