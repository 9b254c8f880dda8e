package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Heard;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.PastTurn.State;
import io.voicebus.contract.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusConversationsTest {
  private static final ConversationLimits LIMITS =
      new ConversationLimits(50, 10_000, Duration.ofMinutes(10), Duration.ofMillis(500), 10);

  private final ManualTime time = new ManualTime();
  private final InstantSource wallClock = () -> Instant.EPOCH.plusNanos(time.nanoTime());
  private final SlowMap map = new SlowMap(time, 1, 0);
  private final BusConversations conversations = instance(map, LIMITS);

  private BusConversations instance(SlowMap shared, ConversationLimits limits) {
    return new BusConversations(
        () -> Future.<AsyncMap<String, Buffer>>succeededFuture(shared), time, wallClock, limits);
  }

  private void pass(int ms) {
    time.advance(Duration.ofMillis(ms));
  }

  private static Heard heard(String turn, String answer, State state) {
    return new Heard("c", new TurnId(turn), 1, answer, state);
  }

  private Future<List<Exchange>> begin(String turn, String prompt) {
    return conversations.begin("c", new TurnId(turn), prompt);
  }

  private Conversation remembered() {
    return Conversation.decode(map.bytes("c"));
  }

  private static FailureKind kind(Future<?> failed) {
    assertThat(failed.failed()).isTrue();
    assertThat(failed.cause()).isInstanceOf(VoicebusException.class);
    return ((VoicebusException) failed.cause()).failure().kind();
  }

  @Test
  void aTurnWaitsForTheEndOfTheOneThatItBreaksInUpon() {
    // given
    begin("t1", "Why?");
    pass(1);
    // when
    Future<List<Exchange>> second = begin("t2", "And?");
    pass(100);
    // then
    assertThat(second.isComplete()).isFalse();
    // when
    conversations.heard(heard("t1", "Because", State.CUT));
    pass(80);
    // then
    assertThat(second.result()).containsExactly(new Exchange("Why?", "Because"));
    assertThat(time.waiting()).isZero();
  }

  @Test
  void itWaitsHalfASecondAndTheNextOneDoesNotWaitAgain() {
    // given: a turn whose owner has died
    begin("t1", "Why?");
    pass(1);
    // when
    Future<List<Exchange>> second = begin("t2", "And?");
    pass(499);
    // then
    assertThat(second.isComplete()).isFalse();
    pass(2);
    assertThat(second.result()).containsExactly(new Exchange("Why?", ""));
    // when
    conversations.heard(heard("t2", "So", State.HEARD));
    pass(1);
    Future<List<Exchange>> third = begin("t3", "Then?");
    pass(1);
    // then
    assertThat(third.result())
        .containsExactly(new Exchange("Why?", ""), new Exchange("And?", "So"));
  }

  @Test
  void aMapThatHangsIsWaitedForNoLongerThanASecond() {
    // given
    map.hangs = true;
    // when
    Future<List<Exchange>> begun = begin("t1", "Why?");
    Future<Void> told = conversations.heard(heard("t1", "So", State.HEARD));
    Future<Optional<Conversation>> found = conversations.find("c");
    pass(1501);
    // then
    assertThat(kind(begun)).isEqualTo(FailureKind.TIMEOUT);
    assertThat(kind(told)).isEqualTo(FailureKind.TIMEOUT);
    assertThat(kind(found)).isEqualTo(FailureKind.TIMEOUT);
    assertThat(time.waiting()).isZero();
  }

  @Test
  void aProcessThatStoodStillReadsTheAnswersThatHaveCome() {
    // given
    begin("t1", "Why?");
    pass(1);
    Promise<AsyncMap<String, Buffer>> opened = Promise.promise();
    BusConversations asking = new BusConversations(opened::future, time, wallClock, LIMITS);
    Future<Optional<Conversation>> found = asking.find("c");
    // when: the patience is over before what has come meanwhile is read
    time.stall(Duration.ofSeconds(40));
    opened.complete(map);
    pass(1);
    // then
    assertThat(found.result()).isPresent();
  }

  @Test
  void aMapThatCannotBeHadIsAskedForAgain() {
    List<Future<AsyncMap<String, Buffer>>> answers =
        new ArrayList<>(List.of(Future.failedFuture("no cluster"), Future.succeededFuture(map)));
    BusConversations late = new BusConversations(() -> answers.remove(0), time, wallClock, LIMITS);
    assertThat(late.find("c").failed()).isTrue();
    late.begin("c", new TurnId("t1"), "Why?");
    pass(1);
    assertThat(remembered().turns()).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsLeftAloneUntilItIsForgotten() {
    // given: of a newer node, or garbage
    for (byte[] bytes : new byte[][] {{2, 1, 2, 3}, {}, {1, 10, 99}}) {
      map.values.put("c", Buffer.buffer(bytes));
      // when
      Future<List<Exchange>> begun = begin("t1", "Why?");
      Future<Void> told = conversations.heard(heard("t1", "So", State.HEARD));
      pass(1);
      // then
      assertThat(kind(begun)).isEqualTo(FailureKind.INTERNAL);
      assertThat(kind(told)).isEqualTo(FailureKind.INTERNAL);
      assertThat(map.bytes("c")).isEqualTo(bytes);
      // when
      Future<Optional<Conversation>> forgotten = conversations.forget("c");
      pass(1);
      // then
      assertThat(forgotten.result()).contains(Conversation.NONE);
      assertThat(map.values).isEmpty();
    }
  }

  @Test
  void whatIsForgottenDoesNotComeBackWithALateReport() {
    begin("t1", "Why?");
    pass(1);
    conversations.forget("c");
    pass(1);
    conversations.heard(heard("t1", "So", State.HEARD));
    pass(1);
    assertThat(map.values).isEmpty();
  }

  @Test
  void aConversationOfWhichNothingIsLeftIsForgotten() {
    // given
    begin("t1", "blocked");
    pass(1);
    // when
    conversations.heard(heard("t1", "", State.DROPPED));
    pass(1);
    // then
    assertThat(map.values).isEmpty();
  }

  @Test
  void aSilentConversationExpires() {
    // given
    begin("t1", "Why?");
    pass(1);
    conversations.heard(heard("t1", "So", State.HEARD));
    pass(1);
    // then: the map forgets it by itself
    assertThat(map.lastLifeMs).isEqualTo(Duration.ofMinutes(10).toMillis());
    // when
    time.advance(Duration.ofMinutes(9));
    Future<Optional<Conversation>> before = conversations.find("c");
    pass(1);
    time.advance(Duration.ofMinutes(1));
    Future<Optional<Conversation>> after = conversations.find("c");
    Future<List<Exchange>> next = begin("t2", "And?");
    pass(1);
    // then
    assertThat(before.result()).isPresent();
    assertThat(after.result()).isEmpty();
    assertThat(next.result()).isEmpty();
  }

  @Test
  void thoseThatWereSilentTheLongestMakeRoom() {
    for (int i = 0; i < 25; i++) {
      conversations.begin("c" + i, new TurnId("t" + i), "Why?");
      pass(1);
      conversations.begin("c0", new TurnId("again" + i), "And?");
      pass(60_000);
    }
    assertThat(map.values).hasSizeBetween(9, 10).containsKeys("c0", "c24", "c23", "c17");
  }

  @Test
  void idleOnesWithManyTurnsOutliveIdleOnesWithOne() {
    // given: five conversations of two turns, and a silence
    for (int i = 0; i < 10; i++) {
      conversations.begin("c" + i % 5, new TurnId("t" + i), "Why?");
      pass(1000);
    }
    // when: a new name each minute and a half
    for (int i = 0; i < 4; i++) {
      pass(90_000);
      conversations.begin("new" + i, new TurnId("n" + i), "Why?");
    }
    pass(90_000);
    conversations.begin("other", new TurnId("o"), "Why?");
    pass(90_000);
    conversations.begin("last", new TurnId("l"), "Why?");
    pass(1);
    // then
    assertThat(map.values)
        .hasSizeBetween(9, 10)
        .containsKeys("c0", "c1", "c2", "c3", "c4", "other", "last")
        .doesNotContainKeys("new0", "new1");
  }

  @Test
  void whoMakesUpNewNamesPushesOutNobodyWhoIsTalkingHoweverManyTurnsTheyHave() {
    // given: three that have just begun to talk
    for (int i = 0; i < 3; i++) {
      conversations.begin("c" + i, new TurnId("t" + i), "Why?");
      pass(1000);
    }
    // when: forty names with ten turns each
    for (int i = 0; i < 400; i++) {
      conversations.begin("new" + i / 10, new TurnId("n" + i), "Why?");
      pass(500);
    }
    // then
    assertThat(map.values).hasSizeLessThanOrEqualTo(10).containsKeys("c0", "c1", "c2");
  }

  /** Several instances, each in its own JVM perhaps, with a map that is slow in any order. */
  @Test
  void noTurnOfManyAtOnceIsLost() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      SlowMap shared = new SlowMap(time, random.nextLong(), 20);
      List<BusConversations> instances = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        instances.add(instance(shared, LIMITS));
      }
      int turns = 1 + random.nextInt(8);
      List<Future<List<Exchange>>> begun = new ArrayList<>();
      Set<Integer> told = new HashSet<>();
      for (int i = 0; i < turns; i++) {
        begun.add(any(instances, random).begin("c", new TurnId("t" + i), "p" + i));
        pass(random.nextInt(30));
        for (int t = 0; t <= i; t++) {
          if (begun.get(t).succeeded() && random.nextInt(3) == 0 && told.add(t)) {
            any(instances, random).heard(heard("t" + t, "a" + t, State.HEARD));
          }
        }
      }
      pass(3000);
      for (int t = 0; t < turns; t++) {
        if (told.add(t)) {
          any(instances, random).heard(heard("t" + t, "a" + t, State.HEARD));
        }
      }
      pass(3000);
      // then: each began once, was told of all before it, and is remembered as heard
      List<PastTurn> all = Conversation.decode(shared.bytes("c")).turns();
      assertThat(all).as("seed %d", seed).hasSize(turns);
      for (int place = 0; place < turns; place++) {
        String name = all.get(place).turn().value().substring(1);
        assertThat(all.get(place).answer()).as("seed %d", seed).isEqualTo("a" + name);
        assertThat(begun.get(Integer.parseInt(name)).result())
            .as("seed %d", seed)
            .extracting(Exchange::prompt)
            .containsExactlyElementsOf(
                all.subList(0, place).stream().map(PastTurn::prompt).toList());
      }
      assertThat(time.waiting()).as("seed %d", seed).isZero();
    }
  }

  private static BusConversations any(List<BusConversations> instances, Random random) {
    return instances.get(random.nextInt(instances.size()));
  }
}
