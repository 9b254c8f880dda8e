package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Packet;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Background;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One turn at the text source, whose owner reads when a test says so. */
class BusTurnTest {
  private static final String PIECE = "x".repeat(TextDelta.MAX_CHARS);

  private final Map<String, Inbox> inboxes = new HashMap<>();
  private final ArrayDeque<Runnable> underWay = new ArrayDeque<>();
  private final Inbox owner = inbox("owner");
  private final Inbox source = inbox(Addresses.PROMPT);
  private final StringBuilder told = new StringBuilder();
  private ConversationLimits limits = ConversationLimits.DEFAULTS;
  private @Nullable Link link;
  private @Nullable Failure failure;
  private @Nullable TextSink sink;
  private boolean paused;
  private int wholes;

  private Inbox inbox(String address) {
    Inbox inbox = new Inbox(address, new QueuedBus(address));
    inboxes.put(address, inbox);
    return inbox;
  }

  /** The turn is asked for, by an owner that does not read yet. */
  private TextSink ask(String said) {
    begin(said, TurnOptions.DEFAULTS, new HeldSource());
    return present(sink);
  }

  private void begin(String said, TurnOptions options, TextSource from) {
    begin(said, options, Background.NONE, from);
  }

  private void begin(String said, TurnOptions options, Background background, TextSource from) {
    BusConversations none =
        new BusConversations(
            () -> Future.failedFuture("none"), new ManualTime(), InstantSource.system(), limits);
    source.onLink(
        Prompt.class,
        (prompt, asked) -> new BusTurn(source, none, prompt, asked, () -> {}).begin(from));
    TurnContext turn = new TurnContext(TurnId.random(), "owner", options);
    owner
        .link(Addresses.PROMPT, new Prompt(turn, "hello", said, background), Duration.ofSeconds(5))
        .onSuccess(
            opened -> {
              link = opened;
              opened.in().pause();
            });
    run();
  }

  @Test
  void whereNoModelIsSetUpAQuestionIsRefusedAndNotReadAloud() {
    // when
    begin(
        "", TurnOptions.DEFAULTS.withMode(TextMode.ASK), new ReaderSource(new ManualTime(), 4, 0));
    present(link).onFailure(why -> failure = why);
    present(link).in().resume();
    run();
    // then
    assertThat(present(failure).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(present(failure).detail()).contains("GEMINI_API_KEY", "mode=say");
  }

  @Test
  void saysThatNoConversationsAreKeptWhereNoneAre() {
    // given
    limits = new ConversationLimits(0, 1000, Duration.ofHours(1), Duration.ZERO, 10);
    // when
    begin("", TurnOptions.DEFAULTS.withConversation("c"), new HeldSource());
    List<Message> items = new ArrayList<>();
    present(link).in().handler(items::add).resume();
    run();
    // then: and nobody asks the shared memory
    assertThat(items)
        .filteredOn(item -> item instanceof StageTiming)
        .extracting(item -> ((StageTiming) item).name())
        .containsExactly("history-off");
    assertThat(sink).isNotNull();
  }

  @Test
  void whatTheCallerTellsComesBeforeThePrompt() {
    // given
    List<Question> asked = new ArrayList<>();
    List<Exchange> history = List.of(new Exchange("Who?", "I am."));
    TextSource attentive =
        new TextSource() {
          @Override
          public String name() {
            return "attentive";
          }

          @Override
          public Answer answer(Question question, TextSink sink) {
            asked.add(question);
            return new HeldSource().answer(question, sink);
          }
        };
    // when
    begin("", TurnOptions.DEFAULTS, new Background("Be brief.", history), attentive);
    // then
    assertThat(asked.get(0).history()).isEqualTo(history);
    assertThat(asked.get(0).instruction("Be kind.")).isEqualTo("Be kind.\n\nBe brief.");
    assertThat(asked.get(0).instruction("")).isEqualTo("Be brief.");
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

  /** The owner reads all. */
  private void read() {
    present(link)
        .in()
        .handler(
            item -> {
              if (item instanceof TextDelta delta) {
                told.append(delta.text());
              } else if (item instanceof TextEnded) {
                wholes++;
              } else if (item instanceof TextBrokeOff broke) {
                failure = broke.why();
              }
            });
    present(link).onFailure(why -> failure = why);
    present(link).in().resume();
    run();
  }

  @Test
  void theSourceIsAskedOnlyWhenTheOwnerHasChosenIt() {
    // given: an open whose answer never comes back
    ask("");
    sink = null;
    TurnContext turn = new TurnContext(TurnId.random(), "owner", TurnOptions.DEFAULTS);
    // when
    source.receiveOpen(new StreamPacket.Open("owner", 77, new Prompt(turn, "hello")));
    // then
    assertThat(sink).isNull();
  }

  @Test
  void anOwnerThatDoesNotReadHoldsTheSource() {
    // given
    TextSink answer = ask("");
    // when
    int sent = 0;
    while (!paused) {
      assertThat(sent).isLessThan(4 * (int) Limits.STREAM_WINDOW);
      answer.text(PIECE);
      sent += PIECE.length();
      run();
    }
    // then
    read();
    assertThat(told).hasSize(sent);
    assertThat(paused).isFalse();
  }

  @Test
  void theOwnerHearsOfAFailureAfterTheTextThatCameBeforeIt() {
    // given: more text than an owner that does not read has credit for
    TextSink answer = ask("");
    int sent = 0;
    while (sent < Limits.STREAM_WINDOW + PIECE.length()) {
      answer.text(PIECE);
      sent += PIECE.length();
    }
    // when
    answer.fail(new Failure(Stage.TEXT, FailureKind.BLOCKED, "no more"));
    run();
    read();
    // then
    assertThat(told).hasSize(sent);
    assertThat(present(failure).kind()).isEqualTo(FailureKind.BLOCKED);
  }

  @Test
  void anOwnerThatIsHeldLosesNothingOfATextThatBreaksOff() {
    // given
    TextSink answer = ask("");
    read();
    present(link).in().pause();
    answer.text(PIECE);
    // when
    answer.fail(new Failure(Stage.TEXT, FailureKind.LOST, "broke off"));
    run();
    present(link).in().resume();
    run();
    // then
    assertThat(told).hasSize(PIECE.length());
    assertThat(present(failure).kind()).isEqualTo(FailureKind.LOST);
  }

  @Test
  void aFailureBeforeTheFirstWordFailsTheLink() {
    TextSink answer = ask("");
    read();
    answer.fail(new Failure(Stage.TEXT, FailureKind.LOST, "broke off"));
    run();
    assertThat(present(link).isAlive()).isFalse();
    assertThat(present(failure).kind()).isEqualTo(FailureKind.LOST);
  }

  @Test
  void theOwnerIsToldThatAllHasPerhapsBeenSaidAndThenThatItWasNot() {
    // given
    TextSink answer = ask("");
    read();
    answer.text("Yes.");
    // when
    answer.perhapsEnded();
    run();
    // then
    assertThat(wholes).isEqualTo(1);
    assertThat(present(link).isAlive()).isTrue();
    // when
    answer.fail(new Failure(Stage.TEXT, FailureKind.LOST, "it went on"));
    run();
    // then
    assertThat(told.toString()).isEqualTo("Yes.");
    assertThat(present(failure).detail()).isEqualTo("it went on");
  }

  @Test
  void whatAModelThatGoesOnSaysOnceMoreIsLeftOut() {
    // given
    TextSink answer = ask("The quick brown fox jumps over");
    read();
    // when
    for (String piece : List.of("fox ", "jumps", " over the ", "lazy dog.")) {
      answer.text(piece);
    }
    answer.end();
    run();
    // then
    assertThat(told.toString()).isEqualTo(" the lazy dog.");
  }

  @Test
  void whatAModelThatGoesOnSaysAnewIsKeptWhole() {
    TextSink answer = ask("The quick brown fox jumps over");
    read();
    for (String piece : List.of(" the", " lazy", " dog. The quick end.")) {
      answer.text(piece);
    }
    answer.end();
    run();
    assertThat(told.toString()).isEqualTo(" the lazy dog. The quick end.");
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
    public Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local) {
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
