package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.StreamPacket;
import io.voicebus.bus.VirtualBus;
import io.voicebus.bus.VirtualBus.Faults;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.CopyKept;
import io.voicebus.contract.Position;
import io.voicebus.contract.StageTiming;
import io.voicebus.launcher.TurnWorld.Role;
import io.voicebus.launcher.TurnWorld.Shape;
import io.voicebus.launcher.TurnWorld.Voices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of whole nodes, of the network and of versions, each for every role that it makes sense
 * for: what the listener hears of it, and that nothing is asked, and paid, twice.
 */
class TurnFaultsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static List<Shape> shapes() {
    return Stream.of(true, false)
        .flatMap(near -> Stream.of(Voices.values()).map(voices -> new Shape(near, voices)))
        .toList();
  }

  static List<Shape> someShapes() {
    return List.of(
        new Shape(true, Voices.SAMPLES),
        new Shape(false, Voices.WORDS),
        new Shape(true, Voices.FALLBACK));
  }

  private static String text(int words) {
    return WorldTurn.text(new Random(words), words);
  }

  private static int heardWhole(TurnWorld world, WorldTurn turn) {
    world.bus.until(() -> turn.ended() != null, PATIENCE);
    return turn.heardWhole();
  }

  /** What a voice is asked for where nothing goes wrong: all but the blanks between chunks. */
  private static void assertPaidOnce(TurnWorld world, String text) {
    assertThat(world.charactersAsked()).isBetween(text.length() - 20, text.length());
  }

  private static WorldTurn calm(Shape shape, String text) {
    TurnWorld world = world(shape);
    WorldTurn turn = world.say(text);
    heardWhole(world, turn);
    return turn;
  }

  /** So long after the text begins, while it is spoken. */
  private static WorldTurn underWay(TurnWorld world, String text, Duration time) {
    WorldTurn turn = world.say(text);
    world.bus.run(time);
    assertThat(turn.ended()).isNull();
    return turn;
  }

  // Opens.

  @ParameterizedTest
  @EnumSource(Role.class)
  void whoWakesAfterItsOpenWasAnsweredElsewhereHarmsNoTurnAndCostsNothing(Role role) {
    for (Shape shape : shapes()) {
      for (int index = 0; index < world(shape).nodes(role).size(); index++) {
        // given
        TurnWorld world = world(shape);
        String text = text(30);
        world.nodes(role).get(index).freeze();
        WorldTurn turn = world.say(text);
        world.bus.run(Duration.ofMillis(600));
        // when
        world.nodes(role).get(index).thaw();
        // then
        heardWhole(world, turn);
        assertThat(turn.firstAudio()).isLessThan(Duration.ofSeconds(2));
        assertPaidOnce(world, text);
        world.bus.run(Duration.ofSeconds(10));
        assertThat(world.leftovers()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("someShapes")
  void lostAcceptancesHarmNoTurnAndCostNothing(Shape shape) {
    for (long seed = 0; seed < 20; seed++) {
      // given
      TurnWorld world = new TurnWorld(seed, shape);
      String text = text(30);
      world.bus.faults(StreamPacket.Opened.class, Faults.dropped(0.5));
      // when
      WorldTurn turn = world.say(text);
      // then
      heardWhole(world, turn);
      assertPaidOnce(world, text);
      world.bus.faults(Faults.NONE);
      world.bus.run(Duration.ofSeconds(10));
      assertThat(world.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void connectionsThatAreSlowerThanTheFirstTriesAreUsedWhenTheyAreThere(Shape shape) {
    for (int ms : new int[] {300, 700, 2000}) {
      // given
      TurnWorld world = world(shape);
      world.bus.cold(Duration.ofMillis(ms));
      String text = text(30);
      // when
      WorldTurn turn = world.say(text);
      // then: there and back for the stages, and for the worker
      heardWhole(world, turn);
      assertThat(turn.firstAudio()).isLessThan(Duration.ofMillis(2000 + 5L * ms));
      assertPaidOnce(world, text);
    }
  }

  // Versions.

  @ParameterizedTest
  @MethodSource("shapes")
  void itemsThatOlderNodesDoNotKnowAreMissedByNobody(Shape shape) {
    TurnWorld world = world(shape);
    List<Class<?>> added =
        List.of(
            StageTiming.class,
            AnswerReport.class,
            ChunkSpoken.class,
            Position.class,
            CopyKept.class);
    world.bus.reads((node, item) -> added.contains(item.getClass()) ? VirtualBus.UNKNOWN : item);
    String text = text(60);
    assertThat(heardWhole(world, world.say(text))).isZero();
    assertPaidOnce(world, text);
  }

  // Nodes that die, stand still or stop.

  @ParameterizedTest
  @MethodSource("someShapes")
  void whoIsKilledWhileIdleIsMissedByNoPrompt(Shape shape) {
    WorldTurn calm = calm(shape, text(30));
    for (int ms : new int[] {0, 100, 500, 1000, 1400, 1600, 3000}) {
      // given
      TurnWorld world = world(shape);
      List<VirtualBus.Node> gone = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        gone.add(world.addWorker("gone"));
      }
      world.bus.run(Duration.ofSeconds(1));
      // when
      gone.forEach(VirtualBus.Node::kill);
      world.bus.run(Duration.ofMillis(ms));
      String text = text(30);
      WorldTurn turn = world.say(text);
      // then
      assertThat(heardWhole(world, turn)).isZero();
      assertThat(turn.firstAudio().minus(calm.firstAudio()))
          .as("%d ms after their death", ms)
          .isLessThan(Duration.ofMillis(ms < 1500 ? 500 : 50));
      assertPaidOnce(world, text);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aNodeThatStandsStillHarmsNoNewTurn(Shape shape) {
    // given: two that run everything, of which one is the owner's, or neither
    TurnWorld world = world(shape);
    WorldTurn calm = calm(shape, text(12));
    List<VirtualBus.Node> frozen = world.on(world.machine(1));
    frozen.forEach(VirtualBus.Node::freeze);
    // when
    List<WorldTurn> turns = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      turns.add(world.say(text(12)));
      world.bus.run(Duration.ofMillis(200));
    }
    frozen.forEach(VirtualBus.Node::thaw);
    // then
    for (WorldTurn turn : turns) {
      heardWhole(world, turn);
      assertThat(turn.firstAudio().minus(calm.firstAudio())).isLessThan(Duration.ofSeconds(1));
    }
    world.bus.run(Duration.ofSeconds(10));
    assertThat(world.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aNodeThatDrainsInTheMidstOfALongTurnIsNotHeardToGo(Shape shape) {
    for (int patience : new int[] {0, 2, 10}) {
      // given: all stages of one machine stop, where it is not the owner's
      TurnWorld world = world(shape);
      int leaving = shape.near() ? 1 : 0;
      WorldTurn turn = underWay(world, text(300), Duration.ofSeconds(3));
      // when
      world.on(world.machine(leaving)).forEach(n -> world.drain(n, Duration.ofSeconds(patience)));
      world.bus.run(Duration.ofMillis(100));
      WorldTurn next = world.say(text(12));
      // then
      heardWhole(world, turn);
      assertThat(turn.silence()).isLessThan(Duration.ofMillis(600));
      assertThat(heardWhole(world, next)).isZero();
      world.bus.run(Duration.ofSeconds(10));
      assertThat(world.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"GEMINI", "CHUNKER", "PLAYBACK", "TTS"})
  void whoDiesAfterItsOwnerHasEverythingIsNotMissed(Role role) {
    for (Shape shape : shapes()) {
      // given: a listener that reads later
      TurnWorld world = world(shape);
      WorldTurn turn = world.say(text(7));
      turn.pause();
      world.bus.run(Duration.ofSeconds(20));
      assertThat(turn.ended()).isNull();
      // when
      world.nodes(role).forEach(VirtualBus.Node::kill);
      world.bus.run(Duration.ofSeconds(20));
      turn.resume();
      // then
      assertThat(heardWhole(world, turn)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"GEMINI", "CHUNKER", "PLAYBACK", "TTS"})
  void whoDiesWhileTheListenerPausesIsReplacedUnheard(Role role) {
    for (Shape shape : shapes()) {
      for (int index = 0; index < 2; index++) {
        // given
        TurnWorld world = world(shape);
        WorldTurn turn = underWay(world, text(200), Duration.ofSeconds(2));
        turn.pause();
        world.bus.run(Duration.ofSeconds(30));
        // when
        world.nodes(role).get(index).kill();
        world.bus.run(Duration.ofSeconds(30));
        turn.resume();
        // then
        heardWhole(world, turn);
      }
    }
  }

  /** It acknowledges nothing meanwhile: audio waits for it only while the listener has some. */
  @ParameterizedTest
  @MethodSource("shapes")
  void theNodeWithTheCopyStandsStillAndNobodyHearsIt(Shape shape) {
    WorldTurn calm = calm(shape, text(120));
    for (int ms : new int[] {10, 60, 120, 300, 1000, 3000}) {
      // given
      TurnWorld world = world(shape);
      WorldTurn turn = world.say(text(120));
      world.bus.run(Duration.ofMillis(ms));
      VirtualBus.Node holder = world.nodes(Role.OWNER).get(1);
      // when
      holder.freeze();
      world.bus.run(Duration.ofSeconds(4));
      holder.thaw();
      // then
      assertThat(heardWhole(world, turn)).isZero();
      assertThat(turn.firstAudio().minus(calm.firstAudio())).isLessThan(Duration.ofMillis(150));
      assertThat(turn.silence()).as("frozen after %d ms", ms).isLessThan(Duration.ofMillis(150));
    }
  }

  // Event loops and networks that are slow, or lose what they carry.

  @ParameterizedTest
  @MethodSource("someShapes")
  void eventLoopsThatLagMakeATurnSlowAndNothingElse(Shape shape) {
    WorldTurn calm = calm(shape, text(60));
    for (int ms : new int[] {100, 200, 250, 300, 400, 500, 700}) {
      // given
      TurnWorld world = world(shape);
      String text = text(60);
      WorldTurn turn = world.say(text);
      world.bus.run(Duration.ofMillis(50));
      // when
      world.all().forEach(node -> node.lag(Duration.ofMillis(ms)));
      world.bus.run(Duration.ofSeconds(10));
      world.all().forEach(node -> node.lag(Duration.ZERO));
      // then
      assertThat(heardWhole(world, turn)).isZero();
      assertPaidOnce(world, text);
      assertThat(turn.firstAudio().minus(calm.firstAudio()))
          .isLessThan(Duration.ofMillis(15L * ms));
    }
  }

  @ParameterizedTest
  @MethodSource("someShapes")
  void twoRolesThatLoseSightOfEachOtherForThreeSecondsCostNoWord(Shape shape) {
    List<List<Role>> pairs =
        List.of(
            List.of(Role.OWNER, Role.GEMINI),
            List.of(Role.OWNER, Role.CHUNKER),
            List.of(Role.OWNER, Role.PLAYBACK),
            List.of(Role.TTS, Role.PLAYBACK));
    for (List<Role> pair : pairs) {
      for (Way way : Way.values()) {
        for (int ms : new int[] {0, 30, 1500}) {
          // given
          TurnWorld world = world(shape);
          WorldTurn turn = world.say(text(60));
          world.bus.run(Duration.ofMillis(ms));
          // when
          cut(world, pair.get(0), pair.get(1), way, true);
          world.bus.run(Duration.ofSeconds(3));
          cut(world, pair.get(0), pair.get(1), way, false);
          // then
          world.bus.until(() -> turn.ended() != null, PATIENCE);
          try {
            turn.heardWhole();
          } catch (AssertionError e) {
            throw new AssertionError(pair + " " + way + " after " + ms + " ms", e);
          }
        }
      }
    }
  }

  private enum Way {
    THERE,
    BACK,
    BOTH
  }

  private static void cut(TurnWorld world, Role here, Role there, Way way, boolean broken) {
    for (VirtualBus.Node one : world.nodes(here)) {
      for (VirtualBus.Node other : world.nodes(there)) {
        if (way != Way.BACK) {
          world.bus.cutOneWay(one, other, broken);
        }
        if (way != Way.THERE) {
          world.bus.cutOneWay(other, one, broken);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void chunkerAndPlaybackNeedNotSeeEachOther(Shape shape) {
    // given
    TurnWorld world = world(shape);
    WorldTurn turn = underWay(world, text(120), Duration.ofSeconds(1));
    // when
    cut(world, Role.CHUNKER, Role.PLAYBACK, Way.BOTH, true);
    // then
    assertThat(heardWhole(world, turn)).isZero();
    assertThat(turn.silence()).isLessThan(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void anOwnerThatSeesNobodyForTenSecondsGoesOn(Shape shape) {
    // given
    TurnWorld world = world(shape);
    WorldTurn turn = underWay(world, text(300), Duration.ofSeconds(3));
    // when
    world.owner().cutOff();
    world.bus.run(Duration.ofSeconds(10));
    world.owner().heal();
    // then
    heardWhole(world, turn);
    world.bus.run(Duration.ofSeconds(10));
    assertThat(world.leftovers()).isEmpty();
  }

  // Voices.

  @Test
  void aVoiceThatFallsSilentWhileItsWorkerDiesIsReplacedOnce() {
    for (boolean near : new boolean[] {true, false}) {
      for (int index = 0; index < 2; index++) {
        // given
        TurnWorld world = world(new Shape(near, Voices.FALLBACK));
        WorldTurn turn = underWay(world, text(120), Duration.ofMillis(1500));
        // when
        world.voices(1 - index).get(0).breaks();
        world.nodes(Role.TTS).get(index).kill();
        // then: a broken voice is tried twice in each attempt, also in the one for the dead worker
        assertThat(heardWhole(world, turn)).isLessThanOrEqualTo(4);
      }
    }
  }

  @Test
  void whatWasSaidBeforeIsNotPaidForAgainWhenItsTurnIsTakenOver() {
    // given
    TurnWorld world = world(new Shape(true, Voices.CACHE));
    world.nodes(Role.TTS).get(1).kill();
    String text = text(30);
    heardWhole(world, world.say(text));
    int asked = world.charactersAsked();
    // when
    WorldTurn again = world.say(text);
    world.bus.run(Duration.ofMillis(500));
    world.nodes(Role.PLAYBACK).get(0).kill();
    // then
    heardWhole(world, again);
    assertThat(Objects.requireNonNull(again.ended()).characters()).isNotNull();
    assertThat(world.charactersAsked() - asked).isLessThan(text.length());
  }

  private static TurnWorld world(Shape shape) {
    return new TurnWorld(7, shape);
  }
}
