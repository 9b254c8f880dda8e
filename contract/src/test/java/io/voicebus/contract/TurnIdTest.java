package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.Inbox;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnIdTest {
  private static final int IDS = 1_000;

  /** Anybody who knows an id can listen: each of its characters must be random. */
  @Test
  void knowingSomeTellsNoOther() {
    Set<String> beginnings = new HashSet<>();
    Set<String> ends = new HashSet<>();
    for (int i = 0; i < IDS; i++) {
      String id = TurnId.random().value();
      assertThat(id).hasSize(22);
      beginnings.add(id.substring(0, 11));
      ends.add(id.substring(11));
    }
    assertThat(beginnings).hasSize(IDS);
    assertThat(ends).hasSize(IDS);
  }

  @Test
  void oneThatSaysItsOwnerIsAsRandom() {
    TurnId one = TurnId.ofOwner(Inbox.addressPrefix("http") + "n1-7");
    TurnId other = TurnId.ofOwner(Inbox.addressPrefix("http") + "n1-7");
    assertThat(one.value().substring(0, 22)).isNotEqualTo(other.value().substring(0, 22));
    assertThat(one.owner()).isPresent().isEqualTo(other.owner());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "..", "é", "%2e"})
  void whatIsNoIdIsNone(String text) {
    assertThatThrownBy(() -> new TurnId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
