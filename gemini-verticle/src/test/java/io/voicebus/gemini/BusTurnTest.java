package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Message;
import io.voicebus.bus.Packet;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One turn at the text source, between an owner and a chunker that read when a test says so. */
class BusTurnTest {
  private static final String PIECE = "x".repeat(TextDelta.MAX_CHARS);

  private final Map<String, Inbox> inboxes = new HashMap<>();
  private final ArrayDeque<Runnable> underWay = new ArrayDeque<>();
  private final Inbox owner = inbox("owner");
  private final Inbox chunker = inbox(Addresses.TEXT);
  private final Inbox source = inbox(Addresses.PROMPT);
  private final StringBuilder told = new StringBuilder();
  private @Nullable BusReadStream<Message> report;
  private @Nullable BusReadStream<Message> text;
  private @Nullable Failure failure;
  private @Nullable TextSink sink;
  private boolean paused;

  private Inbox inbox(String address) {
    Inbox inbox = new Inbox(address, new QueuedBus(address));
    inboxes.put(address, inbox);
    return inbox;
  }

  /** The turn is asked for; the streams to the owner and to the chunker are not open yet. */
  private TextSink ask() {
    owner.<ReportOpen, Message>onOpen(ReportOpen.class, (head, stream) -> report = stream.pause());
    chunker.<TextOpen, Message>onOpen(TextOpen.class, (head, stream) -> text = stream.pause());
    BusConversations none =
        new BusConversations(
            () -> Future.failedFuture("none"),
            new ManualTime(),
            InstantSource.system(),
            ConversationLimits.DEFAULTS);
    source.<Prompt, Message>onOpen(
        Prompt.class,
        (prompt, asked) ->
            new BusTurn(source, none, prompt, asked, () -> {}).begin(new HeldSource()));
    TurnContext turn = new TurnContext(TurnId.random(), "owner", "playback", TurnOptions.DEFAULTS);
    source.receiveOpen(new StreamPacket.Open("owner", 7, new Prompt(turn, "hello")));
    return present(sink);
  }

  private static <T> T present(@Nullable T thing) {
    if (thing == null) {
      throw new AssertionError("it has not come");
    }
    return thing;
  }

  private void run() {
    Runnable next;
    while ((next = underWay.poll()) != null) {
      next.run();
    }
  }

  /** The chunker, and then perhaps the owner, read all. */
  private void read(@Nullable BusReadStream<Message> stream) {
    present(stream)
        .handler(
            item -> {
              if (stream == report && item instanceof TextDelta delta) {
                told.append(delta.text());
              }
            })
        .exceptionHandler(why -> failure = Failure.of(Stage.OWNER, why));
    present(stream).resume();
    run();
  }

  @Test
  void textThatComesBeforeItsStreamsWaitsAndHoldsItsSourceAtTheBound() {
    // given
    TextSink answer = ask();
    // when
    int sent = 0;
    while (!paused) {
      assertThat(sent).isLessThan(2 * (int) Limits.STREAM_WINDOW);
      answer.text(PIECE);
      sent += PIECE.length();
    }
    assertThat(sent).isBetween((int) Limits.STREAM_WINDOW / 2, (int) Limits.STREAM_WINDOW);
    // then
    run();
    read(text);
    read(report);
    assertThat(told).hasSize(sent);
    assertThat(paused).isFalse();
  }

  @Test
  void aChunkerThatDoesNotReadHoldsTheSource() {
    // given
    TextSink answer = ask();
    run();
    read(report);
    // when
    int sent = 0;
    while (!paused) {
      assertThat(sent).isLessThan(4 * (int) Limits.STREAM_WINDOW);
      answer.text(PIECE);
      sent += PIECE.length();
      run();
    }
    // then
    assertThat(told.length()).isEqualTo(sent);
    read(text);
    assertThat(paused).isFalse();
  }

  @Test
  void theOwnerHearsOfAFailureAfterTheTextThatCameBeforeIt() {
    // given: more text than an owner that does not read has credit for
    TextSink answer = ask();
    run();
    int sent = 0;
    while (sent < Limits.STREAM_WINDOW + PIECE.length()) {
      answer.text(PIECE);
      sent += PIECE.length();
    }
    // when
    answer.fail(new Failure(Stage.TEXT, FailureKind.BLOCKED, "no more"));
    run();
    read(report);
    // then
    assertThat(told).hasSize(sent);
    assertThat(present(failure).kind()).isEqualTo(FailureKind.BLOCKED);
  }

  /** Answers as the test says. */
  private final class HeldSource implements TextSource {
    @Override
    public String name() {
      return "held";
    }

    @Override
    public Answer answer(Question question, TextSink to) {
      sink = to;
      return new Answer() {
        @Override
        public void pause() {
          paused = true;
        }

        @Override
        public void resume() {
          paused = false;
        }

        @Override
        public void cancel() {}
      };
    }
  }

  /** Delivers everything, in order, when the test runs it; no time passes. */
  private final class QueuedBus implements Bus {
    private final String own;

    QueuedBus(String own) {
      this.own = own;
    }

    @Override
    public void send(String to, Packet packet) {
      underWay.add(() -> present(inboxes.get(to)).receive(packet));
    }

    @Override
    public void publish(String address, Packet packet) {}

    @Override
    public Future<Packet> ask(String address, Packet question, long timeoutNanos) {
      assertThat(question.from()).isEqualTo(own);
      Promise<Packet> answer = Promise.promise();
      underWay.add(
          () ->
              answer.complete(
                  present(inboxes.get(address)).receiveOpen((StreamPacket.Open) question)));
      return answer.future();
    }

    @Override
    public Timer after(long nanos, Runnable task) {
      return () -> {};
    }

    @Override
    public void execute(Runnable task) {
      underWay.add(task);
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }
}
