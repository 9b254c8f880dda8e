package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What clients get, and when, of turns whose node is lost; in virtual time. */
class LostOwnerTest {
  private static final Duration SOON = Duration.ofMillis(400);

  /** Until a node's silence counts as its death, and the turn goes on. */
  private static final Duration DEATH = Duration.ofMillis(2400);

  private final HttpNodes nodes = new HttpNodes("a", "b", "c");

  private static TurnListen audio(TurnId turn, long from) {
    return new TurnListen(turn, from, true, false, 0);
  }

  private static TurnListen events(TurnId turn, long lastEvent) {
    return new TurnListen(turn, TurnListen.NEW, false, true, lastEvent);
  }

  private static List<Byte> samples(int from) {
    return IntStream.range(from, HttpNodes.SAMPLES).mapToObj(HttpNodes::sample).toList();
  }

  /** A turn at the first node, of which a listener has got all that there is so far. */
  private TurnId heard() {
    nodes.bus.run(SOON);
    TurnId turn = nodes.start("a").id();
    HttpNodes.Client listener = nodes.listen("a", audio(turn, TurnListen.NEW));
    nodes.bus.run(SOON);
    assertThat(listener.samples).isEqualTo(samples(0));
    return turn;
  }

  private String other(String holder) {
    return holder.equals("b") ? "c" : "b";
  }

  @Test
  void aListenerComesBackAtTheNodeWithTheCopyAndHearsTheRestAtItsFirstTry() {
    TurnId turn = heard();
    nodes.node("a").kill();
    HttpNodes.Client back = nodes.listen(nodes.holder(turn), audio(turn, 600));
    nodes.bus.run(DEATH);
    assertThat(back.samples).isEqualTo(samples(600));
  }

  @Test
  void aListenerComesBackAtAnotherNodeAndHearsTheRestAtItsFirstTry() {
    for (boolean frozen : new boolean[] {false, true}) {
      LostOwnerTest test = new LostOwnerTest();
      TurnId turn = test.heard();
      if (frozen) {
        test.nodes.node("a").freeze();
      } else {
        test.nodes.node("a").kill();
      }
      HttpNodes.Client back =
          test.nodes.listen(test.other(test.nodes.holder(turn)), audio(turn, 600));
      test.nodes.bus.run(DEATH);
      assertThat(back.samples).isEqualTo(samples(600));
    }
  }

  @Test
  void aTurnThatBeganBeforeAnotherNodeWasKnownIsCopiedOnceThereIsOne() {
    // given: nothing that others say has come yet
    TurnId turn = nodes.start("a").id();
    assertThat(nodes.holder(turn)).isEmpty();
    HttpNodes.Client listener = nodes.listen("a", audio(turn, TurnListen.NEW));
    nodes.bus.run(SOON);
    assertThat(listener.samples).isEqualTo(samples(0));
    // when
    nodes.node("a").kill();
    HttpNodes.Client back = nodes.listen("b", audio(turn, 600));
    nodes.bus.run(DEATH);
    // then
    assertThat(back.samples).isEqualTo(samples(600));
  }

  @Test
  void aTurnInWhichNothingHappensIsCopiedAgainWhenTheNodeWithItsCopyIsLost() {
    // given
    TurnId turn = heard();
    String first = nodes.holder(turn);
    nodes.node(first).kill();
    nodes.bus.run(Duration.ofSeconds(3));
    assertThat(nodes.holder(turn)).isEqualTo(other(first));
    // when
    nodes.node("a").kill();
    HttpNodes.Client back = nodes.listen(other(first), audio(turn, 600));
    nodes.bus.run(DEATH);
    // then
    assertThat(back.samples).isEqualTo(samples(600));
  }

  @Test
  void anOwnerThatThawsGivesTheTurnUpAndItsListenerHearsNothingTwice() {
    // given
    nodes.bus.run(SOON);
    TurnSession session = nodes.start("a");
    TurnId turn = session.id();
    HttpNodes.Client listener = nodes.listen("a", audio(turn, TurnListen.NEW));
    nodes.bus.run(SOON);
    nodes.node("a").freeze();
    HttpNodes.Client back = nodes.listen("b", audio(turn, 600));
    nodes.bus.run(DEATH);
    int had = listener.samples.size();
    // when
    nodes.node("a").thaw();
    nodes.bus.run(DEATH);
    // then
    assertThat(session.isElsewhere()).isTrue();
    assertThat(listener.over).isTrue();
    assertThat(listener.samples).hasSize(had);
    assertThat(back.samples).isEqualTo(samples(600));
    assertThat(back.over).isFalse();
    // and every instance that is asked knows where it is
    for (String name : List.of("a", "b", "c")) {
      Future<String> state = nodes.at(name).state(turn);
      nodes.bus.run(DEATH);
      assertThat(state.result()).contains("\"state\":\"running\",\"attached\":true");
    }
  }

  @Test
  void aTurnThatIsBrokenOffByAnInstanceThatStopsGoesOnAtAnotherNode() {
    // given: who reads the turn's events at its owner, and at another node
    TurnId turn = heard();
    String holder = nodes.holder(turn);
    HttpNodes.Client atOwner = nodes.listen("a", events(turn, 0));
    HttpNodes.Client atOther = nodes.listen(other(holder), events(turn, 0));
    nodes.bus.run(SOON);
    // when: it stops, and still answers
    nodes.sessions("a").close();
    nodes.bus.run(SOON);
    // then: nobody is told that the turn has ended
    for (HttpNodes.Client reader : List.of(atOwner, atOther)) {
      assertThat(reader.lost).isTrue();
      assertThat(reader.events).isNotEmpty().doesNotContain("end");
    }
    // and its listener hears the rest wherever it comes back
    HttpNodes.Client back = nodes.listen(other(holder), audio(turn, 600));
    nodes.bus.run(DEATH);
    assertThat(back.samples).isEqualTo(samples(600));
    assertThat(nodes.sessions(holder).active()).isEqualTo(1);
  }

  @Test
  void ofTwoThatComeBackAtTwoNodesTheLaterHasTheTurnAndTheOtherIsBrokenOff() {
    TurnId turn = heard();
    nodes.node("a").kill();
    HttpNodes.Client one = nodes.listen("b", audio(turn, 600));
    HttpNodes.Client two = nodes.listen("c", audio(turn, 600));
    nodes.bus.run(Duration.ofSeconds(6));
    assertThat(List.of(one.status(), two.status())).containsOnly(200);
    assertThat(List.of(one.over, two.over)).containsExactlyInAnyOrder(true, false);
    assertThat((one.over ? two : one).samples).isEqualTo(samples(600));
    assertThat(nodes.sessions("b").active() + nodes.sessions("c").active()).isEqualTo(1);
  }

  @Test
  void aTurnWhoseOwnerIsLostIsDeletedAtAnyNode() {
    for (boolean atHolder : new boolean[] {true, false}) {
      // given
      LostOwnerTest test = new LostOwnerTest();
      HttpNodes nodes = test.nodes;
      TurnId turn = test.heard();
      String holder = nodes.holder(turn);
      nodes.node("a").freeze();
      // when
      Future<String> deleted = nodes.at(atHolder ? holder : test.other(holder)).delete(turn);
      nodes.bus.run(DEATH);
      // then
      assertThat(deleted.result()).contains("\"state\":\"cancelled\"");
      assertThat(nodes.holder(turn)).isEmpty();
      nodes.node("a").thaw();
      nodes.bus.run(DEATH);
      assertThat(nodes.sessions("a").active()).isZero();
      assertThat(nodes.sessions(holder).active()).isZero();
      HttpNodes.Client late = nodes.listen("b", audio(turn, 600));
      nodes.bus.run(DEATH);
      assertThat(late.status()).isEqualTo(410);
    }
  }

  @Test
  void aTurnWhoseOwnerIsLostIsStillKnownAndTakesItsListenersReports() {
    TurnId turn = heard();
    nodes.node("a").kill();
    List<Future<String>> answers = new ArrayList<>();
    for (String name : List.of("b", "c")) {
      answers.add(nodes.at(name).state(turn));
      answers.add(nodes.at(name).position(turn, new PositionJson(300, false)));
    }
    nodes.bus.run(DEATH);
    for (Future<String> answer : answers) {
      assertThat(answer.result()).contains("\"state\":\"running\",\"attached\":false");
    }
  }

  @Test
  void readersOfEventsWaitForTheListenerAndAreGivenAllAgain() {
    // given
    TurnId turn = heard();
    nodes.node("a").kill();
    HttpNodes.Client reader = nodes.listen("b", events(turn, 3));
    nodes.bus.run(Duration.ofSeconds(4));
    assertThat(reader.begun).isFalse();
    // when
    nodes.listen("c", audio(turn, 600));
    nodes.bus.run(Duration.ofSeconds(3));
    // then
    assertThat(reader.events).startsWith("again", "text", "chunk", "mark").endsWith("text");
    assertThat(reader.ids).isSorted().first().isEqualTo(1_000_000_000_000L);
    // and one that has heard of it goes on
    HttpNodes.Client later = nodes.listen("c", events(turn, reader.ids.get(1)));
    nodes.bus.run(SOON);
    assertThat(later.events).startsWith("chunk");
  }

  @Test
  void readersOfEventsAreToldToComeAgainWhenNoListenerComesBack() {
    TurnId turn = heard();
    nodes.node("a").kill();
    HttpNodes.Client reader = nodes.listen("b", events(turn, 3));
    nodes.bus.run(TurnReach.PATIENCE.plus(DEATH));
    assertThat(reader.status()).isEqualTo(503);
    assertThat(reader.mayAskAgain()).isTrue();
  }

  @Test
  void anOwnerThatIsSlowKeepsItsTurn() {
    // given
    TurnId turn = heard();
    nodes.node("a").lag(Duration.ofMillis(1200));
    // when
    HttpNodes.Client back = nodes.listen("b", audio(turn, 600));
    nodes.bus.run(Duration.ofSeconds(10));
    // then
    assertThat(back.samples).isEqualTo(samples(600));
    assertThat(nodes.sessions("a").active()).isEqualTo(1);
    assertThat(nodes.sessions("b").active() + nodes.sessions("c").active()).isZero();
  }

  @Test
  void anOwnerThatAnswersLateKeepsItsTurnFromANodeThatStoodStillWithAnOldCopy() {
    // given: the owner has its copy at another node since, and what it sent meanwhile is lost
    TurnId turn = heard();
    String stale = nodes.holder(turn);
    nodes.node(stale).freeze();
    nodes.bus.cut(nodes.node("a"), nodes.node(stale), true);
    nodes.bus.run(Duration.ofSeconds(4));
    nodes.bus.cut(nodes.node("a"), nodes.node(stale), false);
    assertThat(nodes.sessions(other(stale)).hasCopy(turn)).isTrue();
    nodes.node(stale).thaw();
    nodes.bus.run(SOON);
    assertThat(nodes.sessions(stale).hasCopy(turn)).isTrue();
    // when
    nodes.node("a").lag(Duration.ofMillis(1200));
    HttpNodes.Client back = nodes.listen(stale, audio(turn, 600));
    nodes.bus.run(Duration.ofSeconds(10));
    // then
    assertThat(back.samples).isEqualTo(samples(600));
    assertThat(nodes.sessions("a").active()).isEqualTo(1);
    assertThat(nodes.sessions("b").active() + nodes.sessions("c").active()).isZero();
  }

  @Test
  void ofTwoCopiesTheOneThatKnowsMostIsGoneOnWith() {
    // given: the owner loses sight of the copy's node, which still has what it knew
    TurnId turn = heard();
    String stale = nodes.holder(turn);
    nodes.bus.cut(nodes.node("a"), nodes.node(stale), true);
    nodes.bus.run(Duration.ofSeconds(4));
    assertThat(nodes.sessions(stale).hasCopy(turn)).isTrue();
    assertThat(nodes.sessions(other(stale)).hasCopy(turn)).isTrue();
    // then: a living owner is asked first
    nodes.bus.cut(nodes.node("a"), nodes.node(stale), false);
    HttpNodes.Client back = nodes.listen(stale, audio(turn, 600));
    nodes.bus.run(SOON);
    assertThat(back.samples).isEqualTo(samples(600));
    assertThat(nodes.sessions("a").active()).isEqualTo(1);
  }

  @Test
  void aTurnThatNobodyAliveHasIsUnknownAndNotBefore() {
    // given
    TurnId turn = heard();
    String holder = nodes.holder(turn);
    nodes.node("a").freeze();
    nodes.node(holder).freeze();
    // when: both may come back
    HttpNodes.Client back = nodes.listen(other(holder), audio(turn, 600));
    nodes.bus.run(TurnReach.PATIENCE.plus(DEATH));
    // then
    assertThat(back.status()).isEqualTo(503);
    // and when
    HttpNodes.Client again = nodes.listen(other(holder), audio(turn, 600));
    nodes.bus.run(DEATH);
    nodes.node(holder).thaw();
    nodes.bus.run(Duration.ofSeconds(6));
    assertThat(again.samples).isEqualTo(samples(600));
    // and
    HttpNodes.Client stranger =
        nodes.listen("b", audio(TurnId.ofOwner("voicebus.inbox.http.gone"), 600));
    nodes.bus.run(Duration.ofSeconds(4));
    assertThat(stranger.status()).isEqualTo(404);
  }
}
