package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Conversation;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Heard;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.PastTurn.State;
import io.voicebus.contract.TurnId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationRulesTest {
  private final ConversationRules rules = rules(3, 100, Duration.ofSeconds(10));
  private Conversation conversation = Conversation.NONE;

  private static ConversationRules rules(int turns, int chars, Duration age) {
    return new ConversationRules(new ConversationLimits(turns, chars, age, Duration.ZERO, 10));
  }

  private static TurnId turn(int number) {
    return new TurnId("t" + number);
  }

  private void begin(int number, String prompt, long nowMs) {
    conversation = rules.begun(conversation, turn(number), prompt, nowMs);
  }

  private void tell(int number, int revision, String answer, State state, long nowMs) {
    Heard heard = new Heard("c", turn(number), revision, answer, state);
    conversation = rules.heard(conversation, heard, nowMs);
  }

  @Test
  void aTurnIsToldOfThoseBeforeItAsFarAsTheyWereHeard() {
    // given
    begin(0, "a", 0);
    tell(0, 1, "A", State.HEARD, 1);
    begin(1, "b", 2);
    tell(1, 1, "B so far", State.CUT, 3);
    // when
    begin(2, "c", 4);
    // then
    assertThat(rules.history(conversation, turn(2)))
        .containsExactly(new Exchange("a", "A"), new Exchange("b", "B so far"));
    assertThat(rules.history(conversation, turn(0))).isEmpty();
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    for (int i = 0; i < 6; i++) {
      begin(i, "p" + i, i);
      tell(i, 1, "a" + i, State.HEARD, i);
    }
    begin(6, "p6", 6);
    assertThat(rules.history(conversation, turn(6)))
        .extracting(Exchange::prompt)
        .containsExactly("p3", "p4", "p5");
  }

  @Test
  void theOldestGoWhenTheyAreTooLong() {
    // given
    begin(0, "x".repeat(40), 0);
    begin(1, "y".repeat(40), 0);
    // when
    tell(1, 1, "z".repeat(30), State.HEARD, 0);
    // then
    assertThat(conversation.turns()).extracting(PastTurn::turn).containsExactly(turn(1));
    // when: one that is too long alone
    tell(1, 2, "z".repeat(61), State.HEARD, 0);
    // then
    assertThat(conversation.turns()).isEmpty();
  }

  @Test
  void anExchangeThatIsTooLongAloneLeavesTheOthers() {
    // given
    begin(0, "a", 0);
    tell(0, 1, "A", State.HEARD, 0);
    begin(1, "x".repeat(90), 0);
    // when: its answer makes it too long, while it is heard and at its end
    tell(1, 1, "y".repeat(20), State.UNDER_WAY, 0);
    tell(1, 2, "y".repeat(30), State.HEARD, 0);
    begin(2, "b", 0);
    // then
    assertThat(conversation.turns()).extracting(PastTurn::prompt).containsExactly("a", "b");
    assertThat(rules.remembered(conversation, 0).turns()).hasSize(2);
  }

  @Test
  void saysWhichPromptsAreRemembered() {
    assertThat(rules.remembers("x".repeat(100))).isTrue();
    assertThat(rules.remembers("x".repeat(101))).isFalse();
    assertThat(rules(0, 100, Duration.ofSeconds(1)).remembers("x")).isFalse();
  }

  @Test
  void aPromptThatIsTooLongIsAnsweredWithThePastAndNotRemembered() {
    begin(0, "a", 0);
    begin(1, "x".repeat(101), 0);
    assertThat(conversation.turns()).hasSize(1);
    assertThat(rules.history(conversation, turn(1))).containsExactly(new Exchange("a", ""));
  }

  @Test
  void theOldGo() {
    begin(0, "a", 0);
    begin(1, "b", 5000);
    begin(2, "c", 10_000);
    assertThat(rules.history(conversation, turn(2))).containsExactly(new Exchange("b", ""));
    assertThat(rules.remembered(conversation, 15_001).turns()).hasSize(1);
    assertThat(rules.remembered(conversation, 20_001).turns()).isEmpty();
  }

  @Test
  void anOlderReportThatComesLateChangesNothing() {
    begin(0, "a", 0);
    tell(0, 2, "A whole", State.HEARD, 1);
    tell(0, 1, "A", State.UNDER_WAY, 2);
    tell(1, 1, "never begun, or forgotten", State.HEARD, 3);
    assertThat(conversation.turns())
        .containsExactly(new PastTurn(turn(0), "a", "A whole", State.HEARD, 2, 0));
  }

  @Test
  void aTurnThatFailedBeforeItWasHeardIsForgotten() {
    begin(0, "a", 0);
    begin(1, "blocked", 0);
    tell(1, 1, "", State.DROPPED, 1);
    assertThat(conversation.turns()).extracting(PastTurn::prompt).containsExactly("a");
  }

  @Test
  void onlyTheFirstWaitsInVain() {
    // given
    begin(0, "a", 0);
    begin(1, "b", 0);
    assertThat(rules.waits(conversation, turn(0))).isFalse();
    assertThat(rules.waits(conversation, turn(1))).isTrue();
    // when
    conversation = rules.waitedInVain(conversation, turn(1));
    // then
    assertThat(rules.waits(conversation, turn(1))).isFalse();
    assertThat(conversation.turns())
        .extracting(PastTurn::state)
        .containsExactly(State.CUT, State.UNDER_WAY);
    // when: it tells after all
    tell(0, 1, "A", State.HEARD, 1);
    // then
    assertThat(rules.history(conversation, turn(1))).containsExactly(new Exchange("a", "A"));
  }

  @Test
  void aTurnThatBeginsTwiceIsOne() {
    begin(0, "a", 0);
    tell(0, 1, "A", State.HEARD, 1);
    begin(0, "a", 2);
    assertThat(conversation.turns()).hasSize(1);
    assertThat(conversation.turns().get(0).answer()).isEqualTo("A");
  }
}
