package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.TurnId;
import org.junit.jupiter.api.Test;

/** What workers tell an owner of the characters that they asked engines for. */
class AskedTest {
  private final VirtualBus.Node node = new VirtualBus(1).node("owner");
  private final TurnOwner owner = new TurnOwner(node.inbox(), OwnerLimits.DEFAULTS);

  private void told(int attempt, int asked, int saved) {
    node.inbox().receive(new Asked("worker", new TurnId("over"), 0, 100, asked, saved, attempt));
  }

  @Test
  void whatIsToldAgainCountsOnceInWhateverOrderItComes() {
    told(1, 40, 0);
    told(1, 65, 0);
    told(1, 40, 0);
    told(1, 65, 0);
    assertThat(owner.characters()).isEqualTo(new Characters(65, 0, 65, 0));
  }

  @Test
  void everyAttemptCountsForItselfAndTheLastWordAloneIsEnough() {
    told(1, 65, 0);
    told(2, 25, 0);
    told(3, 0, 100);
    told(3, 0, 100);
    assertThat(owner.characters()).isEqualTo(new Characters(90, 0, 90, 100));
  }
}
