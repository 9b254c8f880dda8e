package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.TurnId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnReachTest {
  private final HttpNodes nodes = new HttpNodes("a", "b");
  private final Inbox inbox = nodes.node("a").inbox();

  /** What throws, in which round it may be. */
  private static final class Broken implements TurnReach.Ways<String> {
    private int asked;

    @Override
    public String here(TurnSession session) {
      throw new IllegalStateException("broken here");
    }

    @Override
    public Future<String> copied() {
      throw new IllegalStateException("broken copy");
    }

    @Override
    public Future<String> at(String instance, Duration patience) {
      if (asked++ == 0) {
        return Future.failedFuture(
            new VoicebusException(Stage.OWNER, FailureKind.UNAVAILABLE, "not yet"));
      }
      throw new IllegalStateException("broken way");
    }
  }

  private Future<String> reach(TurnId turn) {
    Future<String> reached =
        new TurnReach<>(inbox, nodes.sessions("a"), turn, new Broken()).reach();
    nodes.bus.run(Duration.ofSeconds(3));
    return reached;
  }

  @Test
  void aTurnOfThisInstanceThatCannotBeServedIsAFailure() {
    nodes.bus.run(Duration.ofMillis(400));
    assertThat(reach(nodes.start("a").id()).cause()).hasMessage("broken here");
  }

  /** Nobody else would tell a client that waits. */
  @Test
  void soIsOneThatCannotBeAskedForInALaterRound() {
    nodes.bus.run(Duration.ofMillis(400));
    assertThat(reach(nodes.start("b").id()).cause()).hasMessageStartingWith("broken");
  }
}
