package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Meters;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.Heard;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutMark.Kind;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A turn that is put on hold. A word of it takes a second. */
class HoldTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration RESUME = OwnerLimits.DEFAULTS.resume();
  private static final int RATE = 1000;
  private static final int UNKNOWN = -1;
  private static final String TEXT = "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9";

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final TurnOwner turns = new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS);
  private final StageStub text = new StageStub(bus, "gemini", Stage.TEXT);
  private final StageStub chunker = new StageStub(bus, "chunker", Stage.CHUNKER);
  private final StageStub playback = new StageStub(bus, "playback", Stage.PLAYBACK);
  private final List<TurnEvent> events = new ArrayList<>();
  private final List<Heard> remembered = new ArrayList<>();
  private final Ear ear = new Ear();

  HoldTest() {
    bus.serve(Addresses.PROMPT, text.node);
    bus.serve(Addresses.TEXT, chunker.node);
    bus.serve(Addresses.PLAYOUT, playback.node);
    bus.serve(Addresses.CONVERSATION, text.node);
    text.node
        .inbox()
        .onAsk(
            Heard.class,
            heard -> {
              remembered.add(heard);
              return Future.succeededFuture(
                  List.of(new ConversationAnswer(true, Conversation.NONE)));
            });
  }

  private static final class Ear implements AudioListener {
    final ByteArrayOutputStream got = new ByteArrayOutputStream();
    boolean dismissed;

    @Override
    public void format(int sampleRateHz) {}

    @Override
    public void audio(int chunk, byte[] pcm) {
      got.writeBytes(pcm);
    }

    @Override
    public void dismissed() {
      dismissed = true;
    }

    int samples() {
      return got.size() / 2;
    }
  }

  private Turn start() {
    TurnOptions options = new TurnOptions("", "c", true, Pace.REALTIME, "");
    Turn turn = turns.start(TurnRequest.toCaller("hello", options), events::add);
    bus.run(SOON);
    turn.listen(ear);
    return turn;
  }

  /** Ten words, of which so many have been spoken. */
  private Turn speaking(int words) {
    Turn turn = start();
    text.says(new TextDelta(TEXT));
    chunker.says(new ChunkCaption(0, TEXT, 0, TEXT.length()));
    playback.says(new PlayoutFormat(RATE), new PlayoutMark(Kind.CHUNK_START, 0, 0));
    say(0, words);
    bus.run(SOON);
    assertThat(ear.samples()).isEqualTo(words * RATE);
    return turn;
  }

  private void say(int from, int to) {
    for (int word = from; word < to; word++) {
      playback.says(
          new ChunkAudio(0, pcm(word)), new WordMark(0, (word + 1L) * RATE, 3 * word + 2));
    }
  }

  private static byte[] pcm(int word) {
    byte[] pcm = new byte[2 * RATE];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (byte) (word * 41 + i / 2);
    }
    return pcm;
  }

  private <E extends TurnEvent> E last(Class<E> type) {
    return events.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  @Test
  void nothingIsDeliveredFromThatMomentOn() {
    // given
    Turn turn = speaking(4);
    // when: more is on its way already
    say(4, 7);
    turn.hold(2500);
    bus.run(RESUME.minusMillis(10));
    // then
    assertThat(ear.samples()).isEqualTo(4 * RATE);
    assertThat(playback.items).contains(new ListenerAway(true));
    assertThat(last(TurnEvent.Held.class).atSample()).isEqualTo(2 * RATE);
    assertThat(turn.hasEnded()).isFalse();
  }

  @Test
  void nothingOfTwoHundredTurnsIsDeliveredAfterTheirHolds() {
    // given
    List<Turn> all = new ArrayList<>();
    List<Ear> ears = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      TurnOptions options = TurnOptions.DEFAULTS;
      Turn turn = turns.start(TurnRequest.toCaller("hello", options), ignored -> {});
      Ear one = new Ear();
      turn.listen(one);
      all.add(turn);
      ears.add(one);
    }
    bus.run(SOON);
    List<Link> links = List.copyOf(playback.links);
    links.forEach(link -> link.tell(new PlayoutFormat(RATE)));
    links.forEach(link -> link.tell(new ChunkAudio(0, pcm(0))));
    bus.run(SOON);
    // when: all of them speak
    links.forEach(link -> link.tell(new ChunkAudio(0, pcm(1))));
    all.forEach(turn -> turn.hold(UNKNOWN));
    bus.run(RESUME.minusMillis(10));
    // then
    assertThat(ears).extracting(Ear::samples).containsOnly(RATE);
    // when
    all.forEach(turn -> turn.release(UNKNOWN));
    bus.run(SOON);
    // then
    assertThat(ears).extracting(Ear::samples).containsOnly(2 * RATE);
  }

  @Test
  void whoHasKeptWhatWasSentGetsWhatFollows() {
    // given
    Turn turn = speaking(4);
    turn.hold(2500);
    say(4, 6);
    bus.run(SOON);
    // when
    turn.release(UNKNOWN);
    bus.run(SOON);
    say(6, 7);
    bus.run(SOON);
    // then
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    for (int word = 0; word < 7; word++) {
      once.writeBytes(pcm(word));
    }
    assertThat(ear.got.toByteArray()).isEqualTo(once.toByteArray());
    assertThat(last(TurnEvent.Resumed.class)).isEqualTo(new TurnEvent.Resumed(2 * RATE, 4 * RATE));
    assertThat(playback.items).endsWith(new ListenerAway(false));
    bus.run(RESUME);
    assertThat(turn.hasEnded()).isFalse();
  }

  @Test
  void whoHasDiscardedItGetsItAgainFromTheLastWordsEndOn() {
    // given
    Turn turn = speaking(4);
    turn.hold(2500);
    ear.got.reset();
    say(4, 5);
    bus.run(SOON);
    // when
    turn.release(2500);
    bus.run(SOON);
    // then
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    for (int word = 2; word < 5; word++) {
      again.writeBytes(pcm(word));
    }
    assertThat(ear.got.toByteArray()).isEqualTo(again.toByteArray());
    assertThat(last(TurnEvent.Resumed.class)).isEqualTo(new TurnEvent.Resumed(2 * RATE, 2 * RATE));
  }

  @Test
  void whatIsNotResumedInTimeIsCancelledAndWasHeardToTheWord() {
    // given
    Turn turn = speaking(4);
    // when
    turn.hold(3900);
    turn.hold(3950); // makes it no longer
    bus.run(RESUME.plusMillis(10));
    // then
    TurnEvent.Ended end = last(TurnEvent.Ended.class);
    assertThat(end.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(String.valueOf(end.failure())).contains("resume-ms");
    assertThat(turn.hasEnded()).isTrue();
    bus.run(SOON);
    Heard heard = remembered.get(remembered.size() - 1);
    assertThat(heard.answer()).isEqualTo("w0 w1 w2");
    assertThat(heard.state()).isEqualTo(PastTurn.State.CUT);
  }

  @Test
  void withoutAReportOnlyTheTimeUntilTheHoldCounts() {
    // given
    Turn turn = speaking(8);
    bus.run(Duration.ofMillis(3200));
    // when
    turn.hold(UNKNOWN);
    bus.run(RESUME.minusMillis(10));
    // then
    assertThat(last(TurnEvent.Held.class).atSample()).isEqualTo(3 * RATE);
    turn.release(UNKNOWN);
    assertThat(last(TurnEvent.Resumed.class).atSample()).isEqualTo(3 * RATE);
  }

  @Test
  void anotherPromptOfItsConversationPutsItOnHoldAndKnowsWhatWasHeard() {
    // given
    Turn turn = speaking(4);
    turn.position(2500, false);
    // when
    TurnOptions options = new TurnOptions("", "c", true, Pace.REALTIME, "");
    turns.start(TurnRequest.toCaller("and?", options), ignored -> {});
    say(4, 6);
    bus.run(SOON);
    // then
    assertThat(ear.samples()).isEqualTo(4 * RATE);
    Heard heard = remembered.get(remembered.size() - 1);
    assertThat(heard.answer()).isEqualTo("w0 w1");
    assertThat(heard.state()).isEqualTo(PastTurn.State.CUT);
    // when: it was no prompt after all
    turn.release(UNKNOWN);
    bus.run(SOON);
    // then
    assertThat(ear.samples()).isEqualTo(6 * RATE);
    bus.run(RESUME);
    assertThat(turn.hasEnded()).isFalse();
  }

  @Test
  void anotherTurnOfItsConversationCancelsIt() {
    // given
    Turn turn = speaking(4);
    turn.hold(UNKNOWN);
    // when
    TurnOptions options = new TurnOptions("", "c", true, Pace.REALTIME, "");
    Turn next = turns.start(TurnRequest.toCaller("and?", options), ignored -> {});
    // then
    assertThat(turn.hasEnded()).isTrue();
    assertThat(next.hasEnded()).isFalse();
  }

  @Test
  void aListenerThatHasPausedMayTakeItsTimeAndKeepsItWhenAnotherPromptComes() {
    // given
    Turn turn = speaking(4);
    turn.position(2500, true);
    turn.hold(2500);
    bus.run(RESUME.multipliedBy(10));
    // when
    TurnOptions options = new TurnOptions("", "c", true, Pace.REALTIME, "");
    turns.start(TurnRequest.toCaller("and?", options), ignored -> {});
    say(4, 6);
    bus.run(SOON);
    // then: the prompt is answered by what was heard
    Heard heard = remembered.get(remembered.size() - 1);
    assertThat(heard.answer()).isEqualTo("w0 w1");
    assertThat(heard.state()).isEqualTo(PastTurn.State.CUT);
    // when: it cannot be
    bus.run(RESUME.multipliedBy(2));
    turn.release(UNKNOWN);
    turn.position(2500, false);
    bus.run(SOON);
    // then
    assertThat(ear.samples()).isEqualTo(6 * RATE);
  }

  @Test
  void aPauseThatEndsWithoutAResumeLeavesTheUsualTimeForOne() {
    // given
    Turn turn = speaking(4);
    turn.hold(2500);
    turn.position(2500, true);
    bus.run(RESUME.multipliedBy(2));
    assertThat(turn.hasEnded()).isFalse();
    // when
    turn.position(2500, false);
    bus.run(RESUME.plusMillis(10));
    // then
    assertThat(turn.hasEnded()).isTrue();
  }

  @Test
  void aListenerThatComesBackToItHearsNothingUntilItGoesOn() {
    // given
    Turn turn = speaking(4);
    turn.hold(UNKNOWN);
    turn.detach();
    bus.run(SOON);
    Ear second = new Ear();
    // when
    turn.listen(second, RATE);
    bus.run(SOON);
    // then
    assertThat(ear.dismissed).isTrue();
    assertThat(second.samples()).isZero();
    // when
    turn.release(UNKNOWN);
    bus.run(SOON);
    // then
    assertThat(second.samples()).isEqualTo(3 * RATE);
    // and: it is not away any more
    bus.run(OwnerLimits.DEFAULTS.detach());
    assertThat(turn.hasEnded()).isFalse();
  }

  @Test
  void itIsHeldBeforeItsFirstSample() {
    // given
    Turn turn = start();
    turn.hold(UNKNOWN);
    // when
    playback.says(new PlayoutFormat(RATE), new ChunkAudio(0, pcm(0)));
    bus.run(SOON);
    // then
    assertThat(ear.samples()).isZero();
    // when
    turn.release(0);
    bus.run(SOON);
    // then
    assertThat(ear.got.toByteArray()).isEqualTo(pcm(0));
  }

  /** Ten seconds and more are kept in a file. */
  @Test
  void whoHasDiscardedMinutesOfItGetsThemAgainFromAFile(@TempDir Path folder) {
    // given
    SpoolLimits little = new SpoolLimits(60 * RATE, 1 << 20, 1 << 20, 1 << 20);
    turns.keepingAudioIn(new Spool(little, folder, Runnable::run, new Meters()));
    Turn turn = speaking(100);
    turn.hold(2500);
    ear.got.reset();
    // when
    turn.release(2500);
    bus.run(SOON);
    // then
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    for (int word = 2; word < 100; word++) {
      again.writeBytes(pcm(word));
    }
    assertThat(ear.got.toByteArray()).isEqualTo(again.toByteArray());
    // and: it goes on
    say(100, 101);
    bus.run(SOON);
    assertThat(ear.samples()).isEqualTo(99 * RATE);
  }

  @Test
  void onlyWhatIsOnHoldAndIsKeptCanBeHadAgain() {
    // given
    Turn turn = speaking(4);
    assertThatThrownBy(() -> turn.release(0)).isInstanceOf(IllegalStateException.class);
    turn.hold(2500);
    assertThatThrownBy(() -> turn.release(9_000_000)).isInstanceOf(IllegalArgumentException.class);
    // then: it is still on hold
    bus.run(RESUME.plusMillis(10));
    assertThat(last(TurnEvent.Ended.class).failure())
        .matches(why -> why.kind() == FailureKind.CANCELLED);
  }
}
