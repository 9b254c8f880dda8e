package io.voicebus.queue;

import io.voicebus.bus.ManualClock;
import io.voicebus.bus.SimNetwork;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.JobId;
import io.voicebus.contract.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/** One party of the work queue under test; the test plays the others, on a fair network. */
abstract class QueueParties {
  static final TurnId TURN = new TurnId("turn");
  static final JobId FIRST = new JobId(TURN, 0);

  final ManualClock clock = new ManualClock();
  final SimNetwork network = new SimNetwork(clock, new Random(1));

  /** Another party, played by the test: what it was sent. */
  final class Stub {
    final SimNetwork.Node node;
    final List<JobPacket> packets = new ArrayList<>();

    Stub(String address) {
      node = network.join(address);
      for (Class<?> type : JobPacket.class.getPermittedSubclasses()) {
        node.inbox().onJob(type.asSubclass(JobPacket.class), packets::add);
      }
    }

    void send(SimNetwork.Node to, JobPacket packet) {
      node.send(to.inbox().address(), packet);
      pass(1);
    }

    String address() {
      return node.inbox().address();
    }

    <P extends JobPacket> List<P> got(Class<P> type) {
      return packets.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  final Stub receiver = new Stub("receiver");
  final Stub workerA = new Stub("worker-a");
  final Stub workerB = new Stub("worker-b");
  final Stub holderStub = new Stub("holder-stub");
  final SimNetwork.Node node = network.join("under-test");

  @BeforeEach
  void theyListen() {
    node.listen(Addresses.WORKERS);
  }

  void pass(long millis) {
    clock.pass(Duration.ofMillis(millis));
  }
}
