package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Message;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.Heard;
import io.voicebus.contract.PastTurn.State;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutMark.Kind;
import io.voicebus.contract.TextBegun;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeardReportTest {
  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final VirtualBus.Node source = bus.node("source");
  private final List<Heard> told = new ArrayList<>();
  private final HeardReports reports =
      new HeardReports(owner.inbox(), new Conversations(owner.inbox()), 10);

  @BeforeEach
  void listen() {
    bus.serve(Addresses.CONVERSATION, source);
    source
        .inbox()
        .onAsk(
            Heard.class,
            heard -> {
              told.add(heard);
              return Future.succeededFuture(
                  List.of(new ConversationAnswer(true, Conversation.NONE)));
            });
  }

  /** Ten seconds of ten words, handed over at once. */
  private HeardReport spoken(String conversation) {
    HeardReport report = reports.of(TurnId.random(), conversation, 0, false);
    assertThat(report).isNotNull();
    if (report == null) {
      throw new IllegalStateException();
    }
    String text = "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9";
    report.item(new PlayoutFormat(1000));
    report.item(new TextDelta(text));
    report.item(new ChunkCaption(0, text, 0, text.length()));
    report.item(new PlayoutMark(Kind.CHUNK_START, 0, 0));
    report.audio(new byte[20_000]);
    for (int word = 0; word < 10; word++) {
      report.item(new WordMark(0, (word + 1) * 1000L, 3 * word + 2));
    }
    report.item(new PlayoutMark(Kind.CHUNK_END, 0, 10_000));
    return report;
  }

  private Heard last() {
    bus.run(Duration.ofMillis(100));
    assertThat(told).isNotEmpty();
    return told.get(told.size() - 1);
  }

  private void assertLast(String answer, State state) {
    Heard heard = last();
    assertThat(heard.answer()).isEqualTo(answer);
    assertThat(heard.state()).isEqualTo(state);
    assertThat(heard.revision()).isEqualTo(told.size());
  }

  @Test
  void aListenerThatSaysNothingHasHeardNoMoreThanTimeHasPassed() {
    HeardReport report = spoken("c");
    bus.run(Duration.ofMillis(3500));
    report.ended(Outcome.CANCELLED);
    assertLast("w0 w1 w2", State.CUT);
    assertThat(report.lingers()).isFalse();
  }

  @Test
  void aTextThatItsCallerSaysIsEnteredAndFollowsWhatIsStillHeard() {
    // given
    List<TextBegun> entered = new ArrayList<>();
    Promise<List<Message>> remembered = Promise.promise();
    source
        .inbox()
        .onAsk(
            TextBegun.class,
            text -> {
              entered.add(text);
              return remembered.future();
            });
    HeardReport former = spoken("c");
    former.ended(Outcome.FINISHED);
    last();
    int before = told.size();
    // when
    TurnId turn = TurnId.random();
    HeardReport text = reports.of(turn, "c", 0, true);
    assertThat(text).isNotNull();
    if (text != null) {
      text.ended(Outcome.FINISHED);
    }
    bus.run(Duration.ofMillis(100));
    // then: nothing is told of it before it is there
    assertThat(former.lingers()).isTrue();
    assertThat(entered).containsExactly(new TextBegun("c", turn));
    assertThat(told).hasSize(before);
    remembered.complete(List.of(new ConversationAnswer(true, Conversation.NONE)));
    assertThat(last().turn()).isEqualTo(turn);
  }

  @Test
  void aListenersOwnReportCounts() {
    HeardReport report = spoken("c");
    bus.run(Duration.ofMillis(3500));
    report.position(5100, false);
    report.ended(Outcome.CANCELLED);
    assertLast("w0 w1 w2 w3 w4", State.CUT);
  }

  @Test
  void aTurnThatFinishedWasHeardWhollyUnlessItsListenerSaysOtherwise() {
    // given
    HeardReport report = spoken("c");
    // when
    report.ended(Outcome.FINISHED);
    // then
    assertLast("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9", State.HEARD);
    // when
    report.position(2500, false);
    // then
    assertLast("w0 w1", State.UNDER_WAY);
    // when: it breaks in, but another conversation does not
    reports.of(TurnId.random(), "other", 0, false);
    assertThat(report.lingers()).isTrue();
    reports.of(TurnId.random(), "c", 0, false);
    // then
    assertLast("w0 w1", State.CUT);
    assertThat(report.lingers()).isFalse();
  }

  @Test
  void progressAfterTheEndIsToldOnceASecondUntilAllIsPlayed() {
    // given
    HeardReport report = spoken("c");
    report.position(100, false);
    report.ended(Outcome.FINISHED);
    assertLast("", State.UNDER_WAY);
    // when
    for (int ms = 350; ms < 9950; ms += 250) {
      bus.run(Duration.ofMillis(250));
      report.position(ms, false);
    }
    // then
    assertThat(told).hasSizeBetween(8, 11);
    assertThat(report.lingers()).isTrue();
    // when
    report.position(9960, false);
    // then
    assertLast("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9", State.HEARD);
    assertThat(report.lingers()).isFalse();
    bus.run(Duration.ofMinutes(2));
    assertThat(owner.inbox().idle()).isTrue();
  }

  @Test
  void aListenerThatFallsSilentAfterTheEndHasGone() {
    HeardReport report = spoken("c");
    report.ended(Outcome.FINISHED);
    report.position(4000, false);
    bus.run(Duration.ofSeconds(10));
    assertThat(report.lingers()).isTrue();
    bus.run(Duration.ofSeconds(2));
    assertLast("w0 w1 w2 w3", State.CUT);
  }

  @Test
  void whatAListenerHasReportedWhileTheOwnerStoodStillCounts() {
    // given
    HeardReport report = spoken("c");
    report.ended(Outcome.FINISHED);
    report.position(4000, false);
    // when: its next reports wait to be read
    owner.freeze();
    bus.run(Duration.ofSeconds(40));
    owner.thaw();
    bus.run(Duration.ofMillis(10));
    // then
    assertThat(report.lingers()).isTrue();
    report.position(10_000, false);
    assertThat(last().answer()).isEqualTo("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9");
    assertThat(last().state()).isEqualTo(State.HEARD);
  }

  @Test
  void aListenerThatOnlyReportedBeforeTheEndPlaysOn() {
    HeardReport report = spoken("c");
    report.position(4000, false);
    report.ended(Outcome.FINISHED);
    assertLast("w0 w1 w2 w3", State.UNDER_WAY);
    bus.run(Duration.ofSeconds(12));
    assertLast("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9", State.HEARD);
  }

  @Test
  void aPausedListenerIsWaitedForAMinute() {
    HeardReport report = spoken("c");
    report.ended(Outcome.FINISHED);
    report.position(4000, true);
    bus.run(Duration.ofSeconds(55));
    assertThat(report.lingers()).isTrue();
    bus.run(Duration.ofSeconds(10));
    assertLast("w0 w1 w2 w3", State.CUT);
  }

  @Test
  void aTurnThatFailedBeforeItWasHeardIsNotRemembered() {
    HeardReport silent = reports.of(TurnId.random(), "c", 0, false);
    assertThat(silent).isNotNull();
    if (silent != null) {
      silent.item(new TextDelta("Not spoken."));
      silent.ended(Outcome.FAILED);
    }
    assertLast("", State.DROPPED);
    HeardReport heard = spoken("c");
    bus.run(Duration.ofMillis(1500));
    heard.ended(Outcome.FAILED);
    assertThat(last().answer()).isEqualTo("w0");
    assertThat(last().state()).isEqualTo(State.CUT);
  }

  @Test
  void anInstanceThatDiesOverAReportIsReplacedByAnother() {
    // given
    VirtualBus.Node dying = bus.node("dying");
    dying.inbox().onAsk(Heard.class, heard -> Future.future(never -> {}));
    bus.serve(Addresses.CONVERSATION, source, dying);
    HeardReport report = spoken("c");
    report.ended(Outcome.CANCELLED);
    bus.run(Duration.ofMillis(200));
    assertThat(told).isEmpty();
    // when
    dying.kill();
    bus.run(Duration.ofSeconds(2));
    // then
    assertLast("", State.CUT);
  }
}
