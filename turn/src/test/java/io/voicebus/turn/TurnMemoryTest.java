package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a turn holds counts to the memory of its process, at its owner, between stub stages. */
class TurnMemoryTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final long OWNER = MemoryBudget.OWNER_BYTES;

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final StageStub text = stage("gemini", Stage.TEXT, Addresses.PROMPT);
  private final StageStub chunker = stage("chunker", Stage.CHUNKER, Addresses.TEXT);
  private final StageStub playback = stage("playback", Stage.PLAYBACK, Addresses.PLAYOUT);

  private StageStub stage(String name, Stage stage, String address) {
    StageStub stub = new StageStub(bus, name, stage);
    bus.serve(address, stub.node);
    return stub;
  }

  private TurnOwner owner(MemoryBudget budget) {
    return new TurnOwner(
        owner.inbox(),
        OwnerLimits.DEFAULTS,
        new TurnSlots(OwnerLimits.DEFAULTS.maxTurns(), budget));
  }

  private Turn start(TurnOwner turns, String prompt) {
    Turn turn = turns.start(TurnRequest.toCaller(prompt, TurnOptions.DEFAULTS), event -> {});
    bus.run(SOON);
    return turn;
  }

  private void writes(int chars) {
    TextDelta.pieces("x".repeat(chars)).forEach(piece -> text.says(new TextDelta(piece)));
    bus.run(SOON);
  }

  private int toChunker() {
    return chunker.items.stream()
        .filter(TextDelta.class::isInstance)
        .mapToInt(TurnMemoryTest::chars)
        .sum();
  }

  private static int chars(Message item) {
    return item instanceof TextDelta delta ? delta.text().length() : 0;
  }

  @Test
  void aTurnTakesItsShareAndGivesItBack() {
    // given
    MemoryBudget budget = new MemoryBudget(OWNER);
    TurnOwner turns = owner(budget);
    // when
    Turn turn = start(turns, "hello");
    // then
    assertThat(budget.charged()).isEqualTo(OWNER);
    assertThatThrownBy(() -> start(turns, "hello")).hasMessageContaining("no memory left");
    // when
    turn.cancel("enough");
    // then
    assertThat(budget.charged()).isZero();
    assertThat(start(turns, "hello").hasEnded()).isFalse();
  }

  @Test
  void aLongPromptCountsAndIsNotTakenWhereThereIsNoRoomForIt() {
    // given
    MemoryBudget budget = new MemoryBudget(2 * OWNER);
    TurnOwner turns = owner(budget);
    // then
    assertThatThrownBy(() -> start(turns, "x".repeat((int) OWNER)))
        .hasMessageContaining("no memory left");
    assertThat(budget.charged()).isZero();
    // when
    start(turns, "x".repeat((int) OWNER / 4));
    // then
    assertThat(budget.charged()).isGreaterThan(OWNER + OWNER / 2);
  }

  @Test
  void textThatWaitsToBeSpokenKeepsNewTurnsOut() {
    // given
    MemoryBudget budget = new MemoryBudget(2 * OWNER);
    TurnOwner turns = owner(budget);
    Turn turn = start(turns, "hello");
    // when
    writes(40_000);
    // then
    assertThat(budget.charged()).isGreaterThan(OWNER + 6 * 30_000);
    assertThatThrownBy(() -> start(turns, "hello")).hasMessageContaining("no memory left");
    // when
    turn.cancel("enough");
    // then
    assertThat(budget.charged()).isZero();
  }

  @Test
  void whereMemoryIsShortATextSourceIsHeldSoonerAndGoesOnWhenSomeOfItIsSpoken() {
    // given
    MemoryBudget budget = new MemoryBudget(OWNER);
    start(owner(budget), "hello");
    writes(10);
    chunker.says(new ChunkCaption(0, "x".repeat(10), 0, 10));
    bus.run(SOON);
    // when
    writes(60_000);
    // then
    int first = toChunker();
    assertThat(first).isBetween(BackPressure.LEAST_AHEAD_CHARS, 40_000);
    // when
    chunker.says(new ChunkCaption(1, "x".repeat(first - 10), 10, first));
    bus.run(SOON);
    playback.says(new ChunkSpoken(0, 1, 0, 0, 0), new ChunkSpoken(1, 1, 0, 0, 0));
    bus.run(SOON);
    // then
    assertThat(toChunker()).isGreaterThan(first);
  }

  @Test
  void whatItsCallerKeepsOfItCountsAndIsToldWhereItIsTooMuch() {
    // given
    MemoryBudget budget = new MemoryBudget(4 * OWNER);
    Turn turn = start(owner(budget), "hello");
    // then
    assertThat(turn.keeps(OWNER / 2)).isTrue();
    assertThat(turn.keeps(3 * OWNER)).isFalse();
    assertThat(budget.charged()).isGreaterThan(3 * OWNER);
    // when
    turn.keeps(0);
    // then
    assertThat(budget.charged()).isEqualTo(OWNER);
  }
}
