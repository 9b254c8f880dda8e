package io.voicebus.gemini;

import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Background;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn at the text source: sends the answer's deltas to the owner. It asks the source only once
 * the owner has chosen this instance, so that no answer is paid for twice. NOT thread safe.
 */
final class BusTurn implements TextSink {
  private static final Logger LOG = LoggerFactory.getLogger(BusTurn.class);

  private static final Failure NO_MODEL =
      new Failure(
          Stage.TEXT,
          FailureKind.UNAVAILABLE,
          "no model is set up to answer: give a key (GEMINI_API_KEY) or a server (OPENAI_BASE_URL,"
              + " OPENAI_MODEL), or have the text itself spoken (mode=say)");

  private final Inbox inbox;
  private final BusConversations conversations;
  private final Prompt prompt;
  private final Link link;
  private final Runnable onOver;
  private final Overlap overlap;

  private long begunAt;
  private boolean over;
  private boolean first = true;
  private boolean whole;
  private @Nullable Answer answer;
  private @Nullable AnswerReport report;
  private Future<Void> lastWrite = Future.succeededFuture();

  BusTurn(Inbox inbox, BusConversations conversations, Prompt prompt, Link link, Runnable onOver) {
    this.inbox = inbox;
    this.conversations = conversations;
    this.prompt = prompt;
    this.link = link;
    this.onOver = onOver;
    this.overlap = new Overlap(prompt.said());
  }

  /** Accepts the link, and asks the source when the owner has confirmed it. */
  void begin(TextSource source) {
    link.in().handler(ignored -> {});
    link.in().endHandler(ignored -> {});
    link.onFailure(why -> over());
    link.out().drainHandler(ignored -> flow());
    link.onConfirmed(() -> confirmed(source));
  }

  private void confirmed(TextSource source) {
    if (prompt.turn().options().mode() == TextMode.ASK && !source.isModel()) {
      fail(NO_MODEL);
      return;
    }
    begunAt = inbox.now();
    String conversation = prompt.turn().options().conversation();
    if (conversation.isEmpty()) {
      ask(source, List.of());
    } else if (!conversations.isKept()) {
      remembered("history-off", source, List.of());
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
                LOG.warn(
                    "turn {} goes on without its conversation: {}",
                    prompt.turn().turn(),
                    why.toString());
                remembered("no-history", source, List.of());
              });
    }
  }

  private void remembered(String what, TextSource source, List<Exchange> history) {
    link.tell(new StageTiming(what, inbox.now() - begunAt));
    ask(source, history);
  }

  private void ask(TextSource source, List<Exchange> history) {
    if (!over) {
      answer = source.answer(question(history), this);
      flow();
    }
  }

  /** The caller's own history goes before the remembered one. */
  private Question question(List<Exchange> remembered) {
    List<Exchange> history = new ArrayList<>(prompt.background().history());
    history.addAll(remembered);
    Background background = prompt.background();
    return new Question(
        prompt.turn(),
        history,
        prompt.text(),
        prompt.said(),
        background.system(),
        background.limits());
  }

  @Override
  public void text(String text) {
    write(overlap.accept(text));
    flow();
  }

  private void write(String text) {
    for (String piece : TextDelta.pieces(text)) {
      if (over) {
        return;
      }
      if (first) {
        first = false;
        link.tell(new StageTiming("first-delta", inbox.now() - begunAt));
      }
      lastWrite = link.out().write(new TextDelta(piece));
    }
  }

  /** Pauses and resumes the source by the owner's credit. */
  private void flow() {
    if (answer == null || over) {
      return;
    }
    if (link.out().writeQueueFull()) {
      answer.pause();
    } else {
      answer.resume();
    }
  }

  @Override
  public void report(AnswerReport told) {
    report = prompt.said().isEmpty() ? told : told.goneOn();
  }

  private void sendReport() {
    if (report != null) {
      lastWrite = link.out().write(report);
      report = null;
    }
  }

  @Override
  public void perhapsEnded() {
    if (!over) {
      whole = true;
      write(overlap.flush());
      sendReport();
      link.tell(new StageTiming("text", inbox.now() - begunAt));
      lastWrite = link.out().write(new TextEnded());
    }
  }

  @Override
  public void end() {
    if (over) {
      return;
    }
    if (!whole) {
      write(overlap.flush());
      sendReport();
      link.tell(new StageTiming("text", inbox.now() - begunAt));
    }
    link.out().end();
    over();
  }

  /** Reports to the owner that the answer broke off, after the text that arrived. */
  @Override
  public void fail(Failure failure) {
    if (over) {
      return;
    }
    if (!whole) {
      write(overlap.flush());
    }
    sendReport();
    if (first || failure.kind() == FailureKind.CANCELLED) {
      lastWrite.onComplete(ignored -> link.fail(failure));
    } else {
      // A link that fails takes with it what an owner that is held has not read yet.
      link.out().write(new TextBrokeOff(failure));
      link.out().end();
    }
    over();
  }

  /** Releases the turn, which has ended here or at its owner. */
  private void over() {
    if (over) {
      return;
    }
    over = true;
    if (answer != null) {
      answer.cancel();
    }
    onOver.run();
  }
}
