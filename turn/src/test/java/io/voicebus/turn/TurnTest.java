package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutBrokeOff;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.SpeechWait;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One turn at its owner, between stages that a test plays; of each stage there are two. */
class TurnTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration DEAD = Duration.ofSeconds(3);
  private static final int RATE = 24_000;

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final TurnOwner turns = new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS);
  private final StageStub[] text = stages("gemini", Stage.TEXT, Addresses.PROMPT);
  private final StageStub[] chunker = stages("chunker", Stage.CHUNKER, Addresses.TEXT);
  private final StageStub[] playback = stages("playback", Stage.PLAYBACK, Addresses.PLAYOUT);
  private final List<TurnEvent> events = new ArrayList<>();
  private final List<Integer> heard = new ArrayList<>();

  private StageStub[] stages(String name, Stage stage, String address) {
    StageStub[] both = {new StageStub(bus, name + 0, stage), new StageStub(bus, name + 1, stage)};
    bus.serve(address, both[0].node, both[1].node);
    return both;
  }

  /** Which of two has the turn now. */
  private static StageStub of(StageStub[] both) {
    return !both[0].links.isEmpty()
            && both[0].node.alive()
            && both[0].link().isAlive()
            && both[0].confirmed == both[0].links.size()
        ? both[0]
        : both[1];
  }

  private Turn start() {
    Turn turn = turns.start(TurnRequest.toCaller("hello", TurnOptions.DEFAULTS), events::add);
    bus.run(SOON);
    return turn;
  }

  private void audio(int pieces) {
    for (int chunk = 0; chunk < pieces; chunk++) {
      of(playback).says(new ChunkAudio(chunk, new byte[2]));
    }
  }

  private AudioListener listener(Runnable onAudio) {
    return new AudioListener() {
      @Override
      public void format(int sampleRateHz) {}

      @Override
      public void audio(int chunk, byte[] pcm) {
        heard.add(chunk);
        onAudio.run();
      }
    };
  }

  private void endAll() {
    of(text).end();
    of(chunker).end();
    of(playback).end();
    bus.run(SOON);
  }

  /** The text source writes all of its text, and the chunker all of its chunks. */
  private void textAndChunkerEnd(String written, ChunkCaption... chunks) {
    of(text).says(new TextDelta(written));
    of(text).end();
    of(chunker).says(chunks);
    of(chunker).says(new TextLength(chunks.length));
    of(chunker).end();
  }

  private TurnEvent.Ended ended() {
    assertThat(events).isNotEmpty();
    return (TurnEvent.Ended) events.get(events.size() - 1);
  }

  private Failure failure() {
    return Objects.requireNonNull(ended().failure());
  }

  private static ChunkCaption chunk(int index, int start, int end) {
    return new ChunkCaption(index, "x".repeat(end - start), start, end);
  }

  private static List<String> texts(List<Message> items) {
    return items.stream()
        .filter(TextDelta.class::isInstance)
        .map(delta -> ((TextDelta) delta).text())
        .toList();
  }

  @Test
  void passesOnWhatOneStageGivesToTheNext() {
    // given
    Turn turn = start();
    turn.listen(listener(() -> {}));
    // when
    of(text).says(new TextDelta("Hello. "), new TextDelta("You."));
    of(text).end();
    bus.run(SOON);
    of(chunker).says(chunk(0, 0, 6), chunk(1, 7, 11), new TextLength(2));
    of(chunker).end();
    bus.run(SOON);
    of(playback).says(new PlayoutFormat(RATE), new ChunkAudio(0, new byte[8]));
    of(playback).end();
    bus.run(SOON);
    // then
    assertThat(texts(of(chunker).items)).containsExactly("Hello. ", "You.");
    assertThat(of(chunker).ends).isEqualTo(1);
    assertThat(of(playback).items)
        .containsExactly(chunk(0, 0, 6), chunk(1, 7, 11), new TextLength(2));
    assertThat(heard).containsExactly(0);
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
    bus.run(DEAD);
    assertThat(owner.inbox().idle()).isTrue();
  }

  @Test
  void aTurnWhoseAudioIsStillToBeHeardHasNotFinished() {
    // given
    Turn turn = start();
    audio(1);
    endAll();
    assertThat(events).isEmpty();
    // when
    turn.listen(listener(() -> {}));
    bus.run(SOON);
    // then
    assertThat(heard).containsExactly(0);
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
  }

  @Test
  void aProcessThatStoodStillTakesNoStageForSilent() {
    // given
    bus.inOneProcess();
    Turn turn = start();
    turn.listen(listener(() -> {}));
    of(text).says(new TextDelta("Hello."));
    of(chunker).says(chunk(0, 0, 6));
    bus.run(SOON);
    List<VirtualBus.Node> all = new ArrayList<>(List.of(owner));
    for (StageStub[] both : List.of(text, chunker, playback)) {
      all.addAll(List.of(both[0].node, both[1].node));
    }
    // when
    all.forEach(VirtualBus.Node::freeze);
    bus.run(OwnerLimits.DEFAULTS.silence().plus(OwnerLimits.DEFAULTS.silence()));
    all.forEach(VirtualBus.Node::thaw);
    bus.run(SOON);
    // then
    assertThat(playback[0].heads.size() + playback[1].heads.size()).isEqualTo(1);
    of(playback).says(new PlayoutFormat(RATE), new ChunkAudio(0, new byte[2]));
    endAll();
    assertThat(heard).containsExactly(0);
  }

  @Test
  void aListenerThatPausesGetsNothingUntilItGoesOn() {
    // given
    Turn turn = start();
    audio(3);
    bus.run(SOON);
    // when: it pauses at each piece, the first of which has waited for it
    turn.listen(listener(turn::pauseAudio));
    bus.run(SOON);
    // then
    assertThat(heard).containsExactly(0);
    turn.resumeAudio();
    bus.run(SOON);
    assertThat(heard).containsExactly(0, 1);
    turn.resumeAudio();
    bus.run(SOON);
    assertThat(heard).containsExactly(0, 1, 2);
  }

  @Test
  void aStageThatNobodyHasFailsTheTurnInTimeAndIsNamed() {
    // given
    bus.serve(Addresses.TEXT);
    start();
    // when
    bus.run(OwnerLimits.DEFAULTS.stages().minus(SOON).minus(SOON));
    assertThat(events).isEmpty();
    bus.run(SOON.multipliedBy(2));
    // then
    Failure failure = ended().failure();
    assertThat(failure).isNotNull();
    assertThat(failure.stage()).isEqualTo(Stage.CHUNKER);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.detail()).contains("deployed");
  }

  @Test
  void aListenerThatTakesNothingMustPlayWhatItHasOrIsStalled() {
    // given
    Duration half = OwnerLimits.DEFAULTS.stalled().dividedBy(2);
    Turn turn = start();
    turn.listen(listener(turn::pauseAudio));
    of(playback).says(new PlayoutFormat(RATE), new ChunkAudio(0, new byte[RATE]));
    bus.run(SOON);
    // when it plays on
    bus.run(half);
    turn.position(100, false);
    bus.run(half.plus(SOON));
    assertThat(turn.hasEnded()).isFalse();
    // and when it reports the same place, or one that it cannot have reached
    turn.position(100, false);
    turn.position(500, false);
    bus.run(half);
    turn.position(9000, false);
    bus.run(half.plus(SOON));
    // then
    assertThat(ended().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void aListenerThatHasPausedMayTakeItsTimeAndAnotherMayNot() {
    for (boolean paused : new boolean[] {true, false}) {
      events.clear();
      Turn turn = start();
      turn.listen(listener(turn::pauseAudio));
      audio(1);
      bus.run(SOON);
      // when
      turn.position(0, paused);
      bus.run(OwnerLimits.DEFAULTS.stalled().plus(SOON));
      // then
      assertThat(turn.hasEnded()).isEqualTo(!paused);
    }
  }

  @Test
  void aTextSourceThatWakesLateHasBegunNothingAndTouchesNobodysTurn() {
    // given: those that are asked first stand still for longer than it takes to ask others
    for (StageStub[] both : List.of(text, chunker, playback)) {
      both[1].node.freeze();
    }
    start();
    bus.run(Duration.ofMillis(550));
    of(text).says(new TextDelta("Hello."));
    // when
    for (StageStub[] both : List.of(text, chunker, playback)) {
      both[1].node.thaw();
    }
    bus.run(DEAD);
    // then
    assertThat(text[1].links).as("it was asked").isNotEmpty();
    assertThat(text[1].confirmed).isZero();
    assertThat(text[1].failures).hasSize(1);
    assertThat(texts(chunker[0].items)).containsExactly("Hello.");
    assertThat(events).containsExactly(new TurnEvent.Text("Hello."));
  }

  @Test
  void aLostAcceptanceHarmsNothing() {
    // given
    bus.faults(StreamPacket.Opened.class, VirtualBus.Faults.dropped(1));
    start();
    bus.run(Duration.ofMillis(180));
    bus.faults(VirtualBus.Faults.NONE);
    // when
    bus.run(DEAD);
    // then
    for (StageStub[] both : List.of(text, chunker, playback)) {
      assertThat(both[0].confirmed + both[1].confirmed).isEqualTo(1);
    }
    assertThat(events).isEmpty();
    assertThat(turns.active()).isEqualTo(1);
  }

  @Test
  void aChunkerThatIsLostIsTakenOverBehindItsLastChunk() {
    // given
    start();
    of(text).says(new TextDelta("Hello. You are"));
    bus.run(SOON);
    StageStub first = of(chunker);
    first.says(chunk(0, 0, 6));
    bus.run(SOON);
    // when
    first.node.kill();
    bus.run(DEAD);
    of(text).says(new TextDelta(" here."));
    of(text).end();
    bus.run(SOON);
    // then
    StageStub second = of(chunker);
    assertThat(second).isNotSameAs(first);
    assertThat(second.head(TextOpen.class).nextChunk()).isEqualTo(1);
    assertThat(second.head(TextOpen.class).resumeAt()).isEqualTo(6);
    assertThat(texts(second.items)).containsExactly("Hello. You are", " here.");
    assertThat(second.ends).isEqualTo(1);
    assertThat(turns.active()).isEqualTo(1);
  }

  @Test
  void aChunkerThatIsLostAfterItHasCutTheTextIsNotNeededAnyMore() {
    // given
    start();
    of(text).end();
    of(chunker).says(chunk(0, 0, 6), new TextLength(1));
    bus.run(SOON);
    // when
    of(chunker).node.kill();
    bus.run(DEAD);
    of(playback).end();
    bus.run(SOON);
    // then
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
  }

  @Test
  void aPlaybackThatIsLostIsTakenOverAtTheFirstWordThatTheListenerDoesNotHave() {
    // given
    Turn turn = start();
    turn.listen(listener(() -> {}));
    of(chunker).says(chunk(0, 0, 6), chunk(1, 7, 20), chunk(2, 21, 30));
    bus.run(SOON);
    StageStub first = of(playback);
    first.says(
        new PlayoutFormat(RATE),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0, "a"),
        new ChunkAudio(0, new byte[2000]),
        new ChunkSpoken(0, 1, 1, 1, 1),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 1000),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 1, 1000, "b"),
        new ChunkAudio(1, new byte[600]),
        new WordMark(1, 1200, 5));
    bus.run(SOON);
    // when
    first.node.kill();
    bus.run(DEAD);
    of(chunker).says(new TextLength(3));
    bus.run(SOON);
    // then
    StageStub second = of(playback);
    assertThat(second).isNotSameAs(first);
    PlayoutResume resume = second.head(PlayoutRequest.class).resume();
    assertThat(resume.chunk()).isEqualTo(1);
    assertThat(resume.at()).isEqualTo(new ResumePoint(300, 5, "b"));
    assertThat(resume.samples()).isEqualTo(1300);
    assertThat(resume.sampleRateHz()).isEqualTo(RATE);
    assertThat(second.items).containsExactly(chunk(1, 7, 20), chunk(2, 21, 30), new TextLength(3));
  }

  @Test
  void aPlaybackThatIsLostAmidAPauseIsGoneOnWithBehindWhatWasHeardOfIt() {
    // given
    Turn turn = start();
    turn.listen(listener(() -> {}));
    of(chunker).says(chunk(0, 0, 6), chunk(1, 7, 20));
    bus.run(SOON);
    StageStub first = of(playback);
    first.says(
        new PlayoutFormat(RATE),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0, "a", 0, -350),
        new ChunkAudio(0, new byte[2000]),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 1000, "", 300, 0),
        new ChunkAudio(1, new byte[2 * 120]));
    bus.run(SOON);
    // when
    first.node.kill();
    bus.run(DEAD);
    // then
    PlayoutResume resume = of(playback).head(PlayoutRequest.class).resume();
    assertThat(resume)
        .isEqualTo(
            new PlayoutResume(
                1,
                ResumePoint.START,
                1120,
                resume.playedMs(),
                RATE,
                180,
                -350,
                resume.waitedMs(),
                "a"));
  }

  @Test
  void aPlaybackThatIsLostBeforeItHasSaidAnythingBeginsAnew() {
    start();
    of(chunker).says(chunk(0, 0, 6));
    bus.run(SOON);
    of(playback).node.kill();
    bus.run(DEAD);
    assertThat(of(playback).head(PlayoutRequest.class).resume()).isEqualTo(PlayoutResume.START);
    assertThat(of(playback).items).containsExactly(chunk(0, 0, 6));
  }

  @Test
  void aPlaybackThatDiesWhenTheOwnerHasEverythingIsNotMissed() {
    // given: the listener does not read yet
    Turn turn = start();
    of(text).end();
    of(chunker).says(new TextLength(1));
    of(chunker).end();
    audio(3);
    of(playback).end();
    bus.run(SOON);
    // when
    of(playback).node.kill();
    bus.run(DEAD);
    turn.listen(listener(() -> {}));
    bus.run(SOON);
    // then
    assertThat(heard).containsExactly(0, 1, 2);
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
  }

  @Test
  void aTextSourceThatIsLostIsTakenOverBehindTheLastChunkAndTheRestIsWrittenAnew() {
    // given
    start();
    StageStub first = of(text);
    first.says(new TextDelta("Hello. You are"));
    bus.run(SOON);
    of(chunker).says(chunk(0, 0, 6));
    bus.run(SOON);
    // when
    first.node.kill();
    bus.run(DEAD);
    of(text).says(new TextDelta(" You see."));
    bus.run(SOON);
    // then
    assertThat(of(text).head(Prompt.class).said()).isEqualTo("Hello.");
    assertThat(of(chunker).head(TextOpen.class).resumeAt()).isEqualTo(6);
    assertThat(of(chunker).links.size() + chunker[0].links.size()).isGreaterThan(1);
    assertThat(texts(of(chunker).items)).endsWith("Hello.", " You see.");
    assertThat(events)
        .contains(new TurnEvent.TextCut(6), new TurnEvent.Text(" You see."))
        .noneMatch(TurnEvent.Ended.class::isInstance);
  }

  @Test
  void whatAStageCannotDoIsNotAskedOfAnother() {
    start();
    of(text).link().fail(new Failure(Stage.TEXT, FailureKind.UNAVAILABLE, "the model is down"));
    bus.run(SOON);
    assertThat(ended().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failure().detail()).isEqualTo("the model is down");
    assertThat(text[0].confirmed + text[1].confirmed).isEqualTo(1);
  }

  @Test
  void aStageIsTakenOverThreeTimesAndNotMore() {
    // given
    start();
    Failure stopped = new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "stopped");
    // when
    for (int i = 0; i < 3; i++) {
      of(playback).link().fail(stopped);
      bus.run(SOON);
      assertThat(events).isEmpty();
    }
    of(playback).link().fail(stopped);
    bus.run(SOON);
    // then
    assertThat(ended().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failure().stage()).isEqualTo(Stage.PLAYBACK);
  }

  @Test
  void aStageThatSaysNothingThoughItHasSomethingToDoIsTakenOverAndThenFailsTheTurnInWords() {
    // given: a chunk that nobody speaks
    Turn turn = start();
    turn.listen(listener(() -> {}));
    textAndChunkerEnd("Hello.", chunk(0, 0, 6));
    bus.run(OwnerLimits.DEFAULTS.silence());
    // when
    bus.run(OwnerLimits.DEFAULTS.silence());
    // then
    assertThat(playback[0].confirmed + playback[1].confirmed).isEqualTo(2);
    // and
    bus.run(OwnerLimits.DEFAULTS.silence().multipliedBy(5));
    assertThat(ended().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failure().kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure().stage()).isEqualTo(Stage.PLAYBACK);
  }

  @Test
  void aChunkThatWaitsForAServiceIsNotTakenOverAndFailsWithTheServicesRefusal() {
    // given: a chunk for which a service has no room; playback reports it repeatedly
    String refusal = "the plan allows no more at once; it is tried again when there is room";
    Turn turn = start();
    turn.listen(listener(() -> {}));
    textAndChunkerEnd("Hello.", chunk(0, 0, 6));
    bus.run(SOON);
    of(playback).says(new SpeechWait(0, refusal));
    bus.run(SOON);
    assertThat(turn.waitsFor().what()).isEqualTo("chunk 0 to be spoken: " + refusal);
    // when
    Duration silence = OwnerLimits.DEFAULTS.silence();
    for (int times = 0; times < 3; times++) {
      bus.run(silence);
      of(playback).says(new SpeechWait(0, refusal));
    }
    // then
    assertThat(playback[0].confirmed + playback[1].confirmed).isEqualTo(1);
    assertThat(events).noneMatch(TurnEvent.Ended.class::isInstance);
    // and
    bus.run(silence.multipliedBy(2));
    assertThat(failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(failure().stage()).isEqualTo(Stage.SPEECH);
    assertThat(failure().detail()).startsWith("chunk 0 ").endsWith(" s: " + refusal);
  }

  @Test
  void aChunkThatGotRoomAfterALongWaitHasTimeToBeSpoken() {
    // given
    Turn turn = start();
    turn.listen(listener(() -> {}));
    textAndChunkerEnd("Hello.", chunk(0, 0, 6));
    bus.run(SOON);
    of(playback).says(new SpeechWait(0, "busy"));
    Duration silence = OwnerLimits.DEFAULTS.silence();
    bus.run(silence.multipliedBy(2));
    // when
    of(playback).says(new SpeechWait(0, ""));
    bus.run(silence.minusSeconds(1));
    // then
    assertThat(playback[0].confirmed + playback[1].confirmed).isEqualTo(1);
    // and
    bus.run(silence);
    assertThat(playback[0].confirmed + playback[1].confirmed).isEqualTo(2);
  }

  @Test
  void whatPlaybackHadBeforeItBrokeOffIsHeardBeforeTheTurnFails() {
    // given: a listener that takes nothing for now
    Turn turn = start();
    turn.listen(listener(turn::pauseAudio));
    of(text).says(new TextDelta("Hello. You."));
    bus.run(SOON);
    of(chunker).says(chunk(0, 0, 6), chunk(1, 7, 11));
    bus.run(SOON);
    of(playback).says(new PlayoutFormat(RATE));
    audio(3);
    // when
    of(playback)
        .says(new PlayoutBrokeOff(new Failure(Stage.SPEECH, FailureKind.QUOTA, "no credits")));
    bus.run(SOON);
    // then
    assertThat(events).noneMatch(TurnEvent.Ended.class::isInstance);
    for (int times = 0; times < 3; times++) {
      turn.resumeAudio();
      bus.run(SOON);
    }
    assertThat(heard).containsExactly(0, 1, 2);
    assertThat(failure().kind()).isEqualTo(FailureKind.QUOTA);
    assertThat(failure().stage()).isEqualTo(Stage.SPEECH);
    bus.run(DEAD);
    assertThat(owner.inbox().idle()).isTrue();
  }

  @Test
  void aWaitIsForgottenOnceItIsOver() {
    Turn turn = start();
    textAndChunkerEnd("Hello. You.", chunk(0, 0, 6), chunk(1, 7, 11));
    bus.run(SOON);
    of(playback).says(new SpeechWait(0, "busy"), new SpeechWait(1, "later"));
    bus.run(SOON);
    // when
    of(playback).says(new SpeechWait(0, ""));
    bus.run(SOON);
    // then
    assertThat(turn.waitsFor().what()).isEqualTo("chunk 0 to be spoken");
    of(playback).says(new ChunkSpoken(0, 1, 0, 0, 0));
    bus.run(SOON);
    assertThat(turn.waitsFor().what()).isEqualTo("chunk 1 to be spoken: later");
    // and: another playback instance takes over and reports its own waits
    of(playback).link().fail(new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "stopped"));
    bus.run(SOON);
    assertThat(turn.waitsFor().what()).isEqualTo("chunk 1 to be spoken");
  }

  @Test
  void whatCameOfATextThatBreaksOffIsHeardBeforeTheTurnFails() {
    // given
    Turn turn = start();
    turn.listen(listener(() -> {}));
    of(text).says(new TextDelta("It was."));
    bus.run(SOON);
    // when
    Failure lost = new Failure(Stage.TEXT, FailureKind.LOST, "broke off");
    of(text).link().fail(lost);
    bus.run(SOON);
    // then
    assertThat(of(chunker).ends).isEqualTo(1);
    assertThat(events).noneMatch(TurnEvent.Ended.class::isInstance);
    // when
    of(chunker).says(chunk(0, 0, 7), new TextLength(1));
    of(chunker).end();
    bus.run(SOON);
    of(playback).says(new PlayoutFormat(RATE), new ChunkAudio(0, new byte[8]));
    of(playback).end();
    bus.run(SOON);
    // then
    assertThat(heard).containsExactly(0);
    assertThat(ended().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failure()).isEqualTo(lost);
  }

  @Test
  void aLongTextThatBreaksOffWhileItsSourceIsHeldIsHeardWholeBeforeTheTurnFails() {
    // given: more than may wait to be spoken, so that the source is held
    start().listen(listener(() -> {}));
    String all = "It was a long day. ".repeat(4_000);
    Failure lost = new Failure(Stage.TEXT, FailureKind.LOST, "broke off");
    of(text).says(new TextDelta(all.substring(0, 4_000)));
    bus.run(SOON);
    of(chunker).says(chunk(0, 0, 4_000));
    bus.run(SOON);
    TextDelta.pieces(all.substring(4_000)).forEach(piece -> of(text).says(new TextDelta(piece)));
    of(text).says(new TextBrokeOff(lost)).end();
    bus.run(SOON);
    assertThat(String.join("", texts(of(chunker).items)).length())
        .isBetween(BackPressure.MAX_AHEAD_CHARS, all.length() - 1);
    // when: its beginning is cut and spoken
    of(playback).says(new PlayoutFormat(RATE));
    for (int chunk = 0; chunk < 3; chunk++) {
      if (chunk > 0) {
        of(chunker).says(chunk(chunk, chunk * 4_000, (chunk + 1) * 4_000));
        bus.run(SOON);
      }
      of(playback).says(new ChunkAudio(chunk, new byte[8]), new ChunkSpoken(chunk, 1, 0, 0, 0));
      bus.run(SOON);
    }
    // then
    assertThat(String.join("", texts(of(chunker).items))).isEqualTo(all);
    assertThat(of(chunker).ends).isEqualTo(1);
    // when
    of(chunker).says(chunk(3, 12_000, 16_000), new TextLength(4));
    of(chunker).end();
    of(playback).end();
    bus.run(SOON);
    // then
    assertThat(failure()).isEqualTo(lost);
  }

  @Test
  void aTextThatFailsBeforeItsFirstWordFailsTheTurnAtOnce() {
    start();
    of(text).link().fail(new Failure(Stage.TEXT, FailureKind.LOST, "broke off"));
    bus.run(SOON);
    assertThat(ended().outcome()).isEqualTo(Outcome.FAILED);
  }

  /** The owner knows all of the text; its source still listens whether more comes. */
  private void textHasPerhapsEnded() {
    of(text).says(new TextDelta("It was."), new TextEnded());
    bus.run(SOON);
  }

  private void allIsSpoken() {
    of(chunker).says(chunk(0, 0, 7), new TextLength(1));
    of(chunker).end();
    bus.run(SOON);
    of(playback).says(new PlayoutFormat(RATE), new ChunkAudio(0, new byte[8]));
    of(playback).end();
    bus.run(SOON);
  }

  @Test
  void aTextThatHasPerhapsEndedIsSpokenWholeAndItsSourceHoldsNothingUp() {
    // given
    start().listen(listener(() -> {}));
    // when
    textHasPerhapsEnded();
    // then
    assertThat(of(chunker).ends).isEqualTo(1);
    // when
    allIsSpoken();
    // then
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(text[0].failures.size() + text[1].failures.size()).isEqualTo(1);
  }

  @Test
  void whatASourceTellsAfterThatIsToldOnceAllIsHeard() {
    // given
    start().listen(listener(() -> {}));
    textHasPerhapsEnded();
    // when
    Failure wentOn = new Failure(Stage.TEXT, FailureKind.LOST, "it went on");
    of(text).says(new TextBrokeOff(wentOn)).end();
    bus.run(SOON);
    // then
    assertThat(events).noneMatch(TurnEvent.Ended.class::isInstance);
    // when
    allIsSpoken();
    // then
    assertThat(heard).containsExactly(0);
    assertThat(failure()).isEqualTo(wentOn);
  }

  @Test
  void aSourceThatIsLostAfterThatIsNotAskedAgain() {
    // given
    start().listen(listener(() -> {}));
    textHasPerhapsEnded();
    // when
    of(text).node.kill();
    bus.run(DEAD);
    allIsSpoken();
    // then
    assertThat(text[0].confirmed + text[1].confirmed).isEqualTo(1);
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
  }
}
