package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.bus.VirtualBus;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Background;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.CopiedFacts;
import io.voicebus.contract.CopyHolder;
import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A turn whose owner is lost, and the nodes that keep its copy, between stages that a test plays.
 */
class TurnHandoverTest {
  private static final Duration SOON = Duration.ofMillis(400);
  private static final Duration DEAD = Duration.ofSeconds(3);
  private static final Duration RETURNS = Duration.ofSeconds(15);
  private static final int RATE = 1000;

  private final VirtualBus bus = new VirtualBus(1);
  private final StageStub text = new StageStub(bus, "gemini", Stage.TEXT);
  private final StageStub chunker = new StageStub(bus, "chunker", Stage.CHUNKER);
  private final StageStub playback = new StageStub(bus, "playback", Stage.PLAYBACK);
  private final Map<String, VirtualBus.Node> nodes = new HashMap<>();
  private final Map<String, TurnOwner> owners = new HashMap<>();
  private final Map<String, Integer> copyPackets = new HashMap<>();
  private final List<TurnEvent> events = new ArrayList<>();
  private final List<TurnEvent> later = new ArrayList<>();
  private int heard;

  TurnHandoverTest() {
    bus.serve(Addresses.PROMPT, text.node);
    bus.serve(Addresses.TEXT, chunker.node);
    bus.serve(Addresses.PLAYOUT, playback.node);
    bus.tap(
        (to, packet) -> {
          if (packet instanceof StreamPacket.Data data && data.item() instanceof CopiedFacts) {
            copyPackets.merge(to, 1, Integer::sum);
          }
        });
  }

  /** Nodes with one {@code http} instance each, the first two in the same process. */
  private void http(String... names) {
    for (String name : names) {
      nodes.put(name, bus.node(name));
    }
    bus.serve(Addresses.COPIES, nodes.values().toArray(VirtualBus.Node[]::new));
    for (String name : names) {
      owners.put(
          name,
          new TurnOwner(node(name).inbox(), OwnerLimits.DEFAULTS)
              .withCopies(name.substring(0, 1), RETURNS));
    }
    bus.run(SOON);
  }

  private VirtualBus.Node node(String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  private TurnOwner owner(String name) {
    return Objects.requireNonNull(owners.get(name));
  }

  private Turn start(String at) {
    Turn turn = owner(at).start(TurnRequest.toCaller("hello", TurnOptions.DEFAULTS), events::add);
    turn.listen(listener());
    bus.run(SOON);
    return turn;
  }

  private AudioListener listener() {
    return new AudioListener() {
      @Override
      public void format(int sampleRateHz) {}

      @Override
      public void audio(int chunk, byte[] pcm) {
        heard += pcm.length / 2;
      }
    };
  }

  /** Two sentences of three are chunks, and one and a half are delivered. */
  private void speakSome() {
    text.says(new TextDelta("One two. Three four. Five"));
    bus.run(SOON);
    chunker.says(new ChunkCaption(0, "One two.", 0, 8), new ChunkCaption(1, "Three four.", 9, 20));
    bus.run(SOON);
    playback.says(
        new PlayoutFormat(RATE),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0, "a"),
        new ChunkAudio(0, new byte[2000]),
        new ChunkSpoken(0, 1, 1, 1, 1),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 1000),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 1, 1000, "b"),
        new ChunkAudio(1, new byte[1200]),
        new WordMark(1, 1500, 5));
    bus.run(SOON);
  }

  private Future<Turn> comeBack(String to, TurnId id, long has, long fixed) {
    return owner(to).lost(id, has).map(lost -> owner(to).goOn(lost, has, fixed, later::add));
  }

  /** Who keeps a copy; empty for nobody. */
  private String holder() {
    return owners.keySet().stream().filter(name -> owner(name).copies() > 0).findFirst().orElse("");
  }

  private static <T extends Message> List<T> all(Class<T> type, List<Message> items) {
    return items.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static VoicebusException failed(Future<?> future) {
    assertThat(future.failed()).isTrue();
    return (VoicebusException) future.cause();
  }

  @Test
  void aTurnWhoseOwnerIsKilledGoesOnWhereItsClientComesBack() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    assertThat(heard).isEqualTo(1600);
    // when
    node("a").kill();
    Future<Turn> back = comeBack("b", turn.id(), 1600, 1200);
    bus.run(DEAD);
    // then
    Turn resumed = back.result();
    assertThat(resumed.id()).isEqualTo(turn.id());
    assertThat(resumed.goesOnAt()).isEqualTo(1500);
    assertThat(playback.head(PlayoutRequest.class).turn().owner()).isEqualTo("b");
    assertThat(playback.head(PlayoutRequest.class).resume().chunk()).isEqualTo(1);
    assertThat(playback.head(PlayoutRequest.class).resume().at())
        .isEqualTo(new ResumePoint(500, 5, "b"));
    assertThat(playback.head(PlayoutRequest.class).resume().samples()).isEqualTo(1500);
    assertThat(playback.head(PlayoutRequest.class).resume().playedMs()).isEqualTo(1200);
    assertThat(playback.items).endsWith(new ChunkCaption(1, "Three four.", 9, 20));
    assertThat(chunker.head(TextOpen.class).nextChunk()).isEqualTo(2);
    assertThat(chunker.head(TextOpen.class).resumeAt()).isEqualTo(20);
    assertThat(text.head(Prompt.class).said()).isEqualTo("One two. Three four.");
    assertThat(text.head(Prompt.class).text()).isEqualTo("hello");
  }

  @Test
  void aCopyThatIsOlderThanWhatItsListenerHasIsNotGoneOnWith() {
    // given: a node that was frozen has a copy from before the first sound
    http("a", "b");
    Turn turn = start("a");
    text.says(new TextDelta("One two. Three four. Five"));
    bus.run(SOON);
    node("a").kill();
    // when
    Future<Turn> back = comeBack("b", turn.id(), 1600, 1600);
    bus.run(DEAD);
    // then
    assertThat(failed(back).failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failed(back)).hasMessageContaining("older");
    // and it is there for who has heard nothing
    Future<Turn> first = comeBack("b", turn.id(), 0, 0);
    bus.run(SOON);
    assertThat(first.result().goesOnAt()).isZero();
  }

  @Test
  void theRestIsHeardAndTheTurnFinishes() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("a").kill();
    Future<Turn> back = comeBack("b", turn.id(), 1600, 1600);
    bus.run(DEAD);
    Turn resumed = back.result();
    int before = heard;
    // when
    resumed.listen(listener());
    text.says(new TextDelta(" Five."));
    text.end();
    bus.run(SOON);
    chunker.says(new ChunkCaption(2, "Five.", 21, 26), new TextLength(3));
    chunker.end();
    bus.run(SOON);
    playback.says(
        new ChunkAudio(1, new byte[400]),
        new ChunkSpoken(1, 1, 1, 1, 1),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 1, 1800),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 2, 1800, "b"),
        new ChunkAudio(2, new byte[400]),
        new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 2, 2000));
    playback.end();
    bus.run(SOON);
    // then
    assertThat(resumed.goesOnAt()).as("the client has stored all that it has").isEqualTo(1600);
    assertThat(heard - before).isEqualTo(400);
    assertThat(later.get(later.size() - 1))
        .isInstanceOfSatisfying(
            TurnEvent.Ended.class, end -> assertThat(end.outcome()).isEqualTo(Outcome.FINISHED));
    assertThat(later)
        .as("what had happened is told as well")
        .contains(new TurnEvent.Text("One two. Three four. Five"), new TurnEvent.TextCut(20))
        .contains(new TurnEvent.Mark(new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 1000)));
    bus.run(RETURNS);
    assertThat(node("b").inbox().idle()).isTrue();
  }

  @Test
  void aTextThatHadEndedIsNotAskedForAgainAndOneThatBrokeOffStaysSo() {
    for (boolean broke : new boolean[] {false, true}) {
      // given
      TurnHandoverTest world = new TurnHandoverTest();
      world.http("a", "b");
      Turn turn = world.start("a");
      world.speakSome();
      Failure why = new Failure(Stage.TEXT, FailureKind.UNAVAILABLE, "the model is down");
      if (broke) {
        world.text.link().fail(why);
      } else {
        world.text.end();
      }
      world.bus.run(SOON);
      int asked = world.text.heads.size();
      // when
      world.node("a").kill();
      Future<Turn> back = world.comeBack("b", turn.id(), 1600, 0);
      world.bus.run(DEAD);
      back.result().listen(world.listener());
      world.chunker.says(new ChunkCaption(2, "Five", 21, 25), new TextLength(3));
      world.chunker.end();
      world.playback.end();
      world.bus.run(SOON);
      // then
      assertThat(world.text.heads).hasSize(asked);
      assertThat(all(TextDelta.class, world.chunker.items))
          .endsWith(new TextDelta("One two. Three four. Five"));
      assertThat(world.chunker.ends).isEqualTo(2);
      assertThat(world.later.get(world.later.size() - 1))
          .isInstanceOfSatisfying(
              TurnEvent.Ended.class,
              end -> assertThat(end.failure()).isEqualTo(broke ? why : null));
    }
  }

  @Test
  void aTextThatIsCutToItsEndNeedsNoChunkerAnyMore() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    text.end();
    chunker.says(new TextLength(2));
    chunker.end();
    bus.run(SOON);
    int asked = chunker.heads.size();
    // when
    node("a").kill();
    Future<Turn> back = comeBack("b", turn.id(), 1600, 0);
    bus.run(DEAD);
    // then
    assertThat(back.succeeded()).isTrue();
    assertThat(chunker.heads).hasSize(asked);
    assertThat(playback.items).endsWith(new TextLength(2));
  }

  @Test
  void nobodyGoesOnWithATurnWhoseOwnerIsAlive() {
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    Future<Turn> back = comeBack("b", turn.id(), 1600, 0);
    bus.run(DEAD);
    assertThat(failed(back).failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(turn.hasEnded()).isFalse();
    assertThat(playback.heads).hasSize(1);
  }

  @Test
  void anOwnerThatThawsLearnsThatAnotherHasTheTurnAndEndsItsOwn() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("a").freeze();
    Future<Turn> back = comeBack("b", turn.id(), 1600, 0);
    bus.run(Duration.ofSeconds(8));
    assertThat(back.succeeded()).isTrue();
    int links = playback.heads.size();
    // when
    node("a").thaw();
    bus.run(DEAD);
    // then
    assertThat(turn.hasEnded()).isTrue();
    assertThat(back.result().hasEnded()).isFalse();
    assertThat(owner("a").active()).isZero();
    assertThat(playback.links.get(links - 1).isAlive()).as("the link of the new owner").isTrue();
    assertThat(playback.heads).as("the old one has taken over nothing").hasSize(links);
  }

  @Test
  void anOwnerThatThawsTakesOverNothingBeforeItHasHeardWhoseTheTurnIs() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("a").freeze();
    Future<Turn> back = comeBack("b", turn.id(), 1600, 0);
    bus.run(Duration.ofSeconds(8));
    int links = playback.heads.size();
    // when: others are heard of sooner than the one that has the turn
    bus.cut(node("a"), node("b"), true);
    node("a").thaw();
    bus.run(Duration.ofSeconds(6));
    assertThat(turn.hasEnded()).isFalse();
    bus.cut(node("a"), node("b"), false);
    bus.run(DEAD);
    // then
    assertThat(turn.hasEnded()).isTrue();
    assertThat(back.result().hasEnded()).isFalse();
    assertThat(playback.heads).hasSize(links);
  }

  @Test
  void anOwnerThatThawsAndStillHasItsTurnTakesOverWhatItHasLost() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    // when: everybody counts it as dead, and nobody has come for the turn
    node("a").freeze();
    bus.run(Duration.ofSeconds(8));
    int links = playback.heads.size();
    node("a").thaw();
    bus.run(DEAD);
    // then
    assertThat(turn.hasEnded()).isFalse();
    assertThat(playback.heads).hasSizeGreaterThan(links);
    assertThat(owner("b").copies()).isEqualTo(1);
  }

  @Test
  void anOwnerThatIsOnlyOutOfSightKeepsItsTurnAndItsCopyIsMadeAnew() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    // when
    bus.cut(node("a"), node("b"), true);
    bus.run(DEAD);
    bus.cut(node("a"), node("b"), false);
    bus.run(CopyHolders.CALL_AGAIN);
    chunker.says(new ChunkCaption(2, "Five.", 21, 26));
    bus.run(DEAD);
    chunker.says(new ChunkCaption(3, "Six.", 27, 31));
    bus.run(SOON);
    // then
    assertThat(turn.hasEnded()).isFalse();
    node("a").kill();
    Future<Turn> back = comeBack("b", turn.id(), 1600, 0);
    bus.run(DEAD);
    assertThat(back.succeeded()).isTrue();
    assertThat(back.result().goesOnAt()).isEqualTo(1500);
    assertThat(chunker.head(TextOpen.class).nextChunk()).isEqualTo(4);
  }

  @Test
  void aNodeThatKeepsACopyAndDiesIsReplacedByOneThatGetsTheJournalSoFar() {
    // given
    http("a", "b", "c");
    Turn turn = start("a");
    speakSome();
    String first = holder();
    // when
    node(first).kill();
    owners.remove(first);
    bus.run(Duration.ofSeconds(6));
    // then
    String second = holder();
    assertThat(second).isNotIn(first, "a", "");
    node("a").kill();
    Future<Turn> back = comeBack(second, turn.id(), 1600, 0);
    bus.run(DEAD);
    assertThat(back.result().goesOnAt()).isEqualTo(1500);
  }

  @Test
  void aTurnMayChangeItsOwnerTwice() {
    // given
    http("a", "b", "c");
    Turn turn = start("a");
    speakSome();
    String first = holder();
    String second = first.equals("b") ? "c" : "b";
    node("a").freeze();
    Future<Turn> back = comeBack(first, turn.id(), 1600, 0);
    bus.run(DEAD);
    Turn resumed = back.result();
    resumed.listen(listener());
    playback.says(new ChunkAudio(1, new byte[400]), new WordMark(1, 1700, 11));
    bus.run(SOON);
    // when
    node(first).kill();
    Future<Turn> again = comeBack(second, turn.id(), 1750, 0);
    bus.run(DEAD);
    // then
    assertThat(again.result().goesOnAt()).isEqualTo(1700);
    // and the first of all learns of it, though the one that it knew has gone
    int links = playback.heads.size();
    node("a").thaw();
    bus.run(Duration.ofSeconds(20));
    assertThat(playback.heads).hasSize(links);
    assertThat(turn.hasEnded()).isTrue();
    assertThat(again.result().hasEnded()).isFalse();
  }

  @Test
  void thereIsNoCopyInTheSameProcessNorAnyCostWithoutAnotherNode() {
    // given
    http("a1", "a2");
    int[] packets = {0};
    bus.tap(
        (to, packet) ->
            packets[0] += to.startsWith("a2") && !(packet instanceof CopyHolder) ? 1 : 0);
    // when
    start("a1");
    speakSome();
    // then
    assertThat(owner("a2").copies()).isZero();
    assertThat(packets[0]).as("packets to the other, but for calls for others").isZero();
  }

  @Test
  void aCopyIsDroppedWhenItsTurnWasCancelledAndSoonAfterItFinished() {
    for (boolean finishes : new boolean[] {false, true}) {
      // given
      TurnHandoverTest world = new TurnHandoverTest();
      world.http("a", "b");
      Turn turn = world.start("a");
      world.speakSome();
      assertThat(world.owner("b").copies()).isEqualTo(1);
      // when
      if (finishes) {
        world.text.end();
        world.chunker.says(new TextLength(2));
        world.chunker.end();
        world.playback.end();
      } else {
        turn.cancel("enough");
      }
      world.bus.run(SOON);
      // then
      assertThat(turn.hasEnded()).isTrue();
      assertThat(world.owner("b").copies()).isEqualTo(finishes ? 1 : 0);
      world.bus.run(RETURNS.plus(DEAD));
      assertThat(world.owner("b").copies()).isZero();
      assertThat(world.node("b").inbox().idle()).isTrue();
    }
  }

  /** Until the turn has finished. */
  private void speakAll() {
    speakSome();
    text.end();
    chunker.says(new TextLength(2));
    chunker.end();
    playback.end();
    bus.run(SOON);
  }

  @Test
  void oneThatStopsWaitsForNoCopyOfATurnThatHasFinished() {
    // given
    http("a", "b");
    start("a");
    speakAll();
    assertThat(owner("b").copies()).isOne();
    // when
    owner("b").drain();
    bus.run(SOON);
    // then
    assertThat(node("b").inbox().idle()).isTrue();
  }

  @Test
  void aTurnThatHasFinishedGoesOnElsewhereOnlyOnceItsOwnerIsLost() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakAll();
    assertThat(turn.hasEnded()).isTrue();
    // when
    Future<Turn> early = comeBack("b", turn.id(), 900, 0);
    bus.run(DEAD);
    // then
    assertThat(failed(early).failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(owner("b").isLost(turn.id())).isFalse();
    // and when
    node("a").kill();
    Future<Turn> late = comeBack("b", turn.id(), 900, 0);
    bus.run(DEAD);
    // then
    assertThat(late.succeeded()).isTrue();
  }

  @Test
  void aCopyWhoseClientDoesNotComeBackIsDropped() {
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("a").kill();
    bus.run(RETURNS);
    assertThat(owner("b").copies()).isEqualTo(1);
    bus.run(DEAD);
    assertThat(owner("b").copies()).isZero();
    assertThat(failed(comeBack("b", turn.id(), 0, 0)).failure().kind())
        .isEqualTo(FailureKind.NOT_FOUND);
    assertThat(node("b").inbox().idle()).isTrue();
  }

  @Test
  void aCopyOutlastsItsHoldersStandstillSoThatAClientThatHasComeBackMeanwhileGoesOn() {
    // given
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("a").kill();
    bus.run(DEAD);
    // when: its request waits to be read
    node("b").freeze();
    bus.run(RETURNS.multipliedBy(2));
    node("b").thaw();
    bus.run(SOON);
    Future<Turn> back = comeBack("b", turn.id(), 1600, 1600);
    bus.run(DEAD);
    // then
    assertThat(back.succeeded()).isTrue();
  }

  @Test
  void whoSeeksATurnAndStandsStillHearsWhoHasIt() {
    // given
    http("a", "b");
    Turn turn = start("a");
    bus.run(SOON);
    Future<String> found = owner("b").seek(turn.id());
    // when
    node("b").freeze();
    bus.run(TurnSearch.PATIENCE.multipliedBy(2));
    node("b").thaw();
    bus.run(SOON.multipliedBy(10));
    // then
    assertThat(found.result()).isEqualTo("a");
  }

  @Test
  void whatAnInstanceThatStopsHadGoesOnElsewhereAtOnce() {
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    // when
    owner("a").close();
    bus.run(SOON);
    Future<Turn> back = comeBack("b", turn.id(), 1600, 0);
    // then
    assertThat(back.succeeded()).isTrue();
  }

  @Test
  void aNodeThatStopsGivesItsCopiesUpToAnother() {
    http("a", "b", "c");
    start("a");
    speakSome();
    String first = holder();
    // when
    owner(first).drain();
    bus.run(SOON);
    // then
    assertThat(holder()).isNotIn(first, "a", "");
  }

  @Test
  void aTurnWhoseCopyDoesNotKeepPaceGoesOnWithoutOne() {
    // given: a node that has stopped reading
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("b").freeze();
    long before = CopyCounter.VOID.value();
    // when: more text than its link holds, in less time than its silence is noticed in
    for (int i = 0; i < 60; i++) {
      text.says(new TextDelta("x".repeat(4000)));
      bus.run(Duration.ofMillis(10));
      chunker.says(new ChunkCaption(2 + i, "x".repeat(100), 25 + 4000 * i, 25 + 4000 * (i + 1)));
      bus.run(Duration.ofMillis(10));
    }
    // then
    assertThat(CopyCounter.VOID.value() - before).isEqualTo(1);
    assertThat(turn.hasEnded()).isFalse();
    assertThat(all(ChunkCaption.class, playback.items)).hasSize(62);
    node("b").thaw();
    bus.run(DEAD);
    assertThat(owner("b").copies()).isZero();
    assertThat(turn.hasEnded()).isFalse();
  }

  @Test
  void aTurnIsFoundWhereItsCopyIsAndLaterWhereItsOwnerIs() {
    // given
    http("a", "b", "c");
    Turn turn = start("a");
    speakSome();
    String keeps = holder();
    String other = keeps.equals("b") ? "c" : "b";
    // when
    node("a").kill();
    Future<String> found = owner(other).seek(turn.id());
    Future<String> unknown = owner(other).seek(TurnId.random());
    bus.run(TurnSearch.PATIENCE.plus(SOON));
    // then
    assertThat(found.result()).isEqualTo(keeps);
    assertThat(failed(unknown).failure().kind()).isEqualTo(FailureKind.NOT_FOUND);
    // and
    comeBack(keeps, turn.id(), 1600, 0);
    bus.run(DEAD);
    Future<String> again = owner(other).seek(turn.id());
    bus.run(SOON);
    assertThat(again.result()).isEqualTo(keeps);
  }

  @Test
  void onlyOneOfTwoClientsGoesOnWithATurn() {
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("a").kill();
    Future<Turn> one = comeBack("b", turn.id(), 1600, 0);
    Future<Turn> two = comeBack("b", turn.id(), 1600, 0);
    bus.run(DEAD);
    assertThat(one.succeeded()).isTrue();
    assertThat(failed(two).failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(owner("b").active()).isEqualTo(1);
  }

  @Test
  void aVeryLongPromptHasNoCopy() {
    http("a", "b");
    owner("a")
        .start(
            TurnRequest.toCaller("x".repeat(TurnCopier.MAX_PROMPT_CHARS + 1), TurnOptions.DEFAULTS),
            events::add);
    bus.run(SOON);
    assertThat(owner("b").copies()).isZero();
  }

  @Test
  void anOldOwnersCopyIsRefused() {
    http("a", "b");
    Turn turn = start("a");
    speakSome();
    node("a").kill();
    comeBack("b", turn.id(), 1600, 0);
    bus.run(DEAD);
    VirtualBus.Node late = bus.node("late");
    Future<?> link =
        late.inbox()
            .linkTo(
                "b",
                new CopyOpen(
                    playback.head(PlayoutRequest.class).turn(),
                    "hello",
                    0,
                    "late",
                    Background.NONE),
                DEAD);
    bus.run(SOON);
    assertThatThrownBy(
            () -> {
              throw failed(link);
            })
        .hasMessageContaining("another node");
  }
}
