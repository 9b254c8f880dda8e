package io.voicebus.queue;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.ManualClock;
import io.voicebus.bus.Message;
import io.voicebus.bus.SimNetwork;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

/** One party of the work queue under test; the test plays the others, on a fair network. */
abstract class QueueParties {
  static final String TURN = "turn";
  static final JobId FIRST = new JobId(TURN, 0);

  final ManualClock clock = new ManualClock();
  final SimNetwork network = new SimNetwork(clock, new Random(1));

  /** The node's figures, those that are not 0. */
  Map<String, Long> levels() {
    Map<String, Long> levels = new TreeMap<>();
    node.meters()
        .read(
            (meter, labels, value) -> {
              if (meter.name().startsWith("voicebus.queue") || meter.name().contains("worker")) {
                levels.put(meter.name() + labels, value.sum());
              }
            });
    levels.values().removeIf(value -> value == 0);
    return levels;
  }

  /** Another party, played by the test: what it was sent. */
  final class Stub {
    final SimNetwork.Node node;
    final List<JobPacket> packets = new ArrayList<>();
    final List<JobOffer> offers = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<Failure> withdrawn = new ArrayList<>();
    final List<Message> items = new ArrayList<>();
    int confirmed;
    int room;
    boolean full;

    Stub(String address) {
      node = network.join(address);
      for (Class<?> type : JobPacket.class.getPermittedSubclasses()) {
        node.inbox().onPacket(type.asSubclass(JobPacket.class), packets::add);
      }
      node.inbox().room(() -> room);
      node.inbox()
          .onLink(
              JobOffer.class,
              (offer, link) -> {
                offers.add(offer);
                if (full) {
                  throw new VoicebusException(Stage.SPEECH, FailureKind.RATE_LIMITED, "full");
                }
                links.add(link);
                link.in().handler(items::add);
                link.onFailure(withdrawn::add);
                link.onConfirmed(() -> confirmed++);
              });
    }

    Link link() {
      return links.get(links.size() - 1);
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

  final Stub workerA = new Stub("worker-a");
  final Stub workerB = new Stub("worker-b");
  final Stub holderStub = new Stub("holder-stub");
  final SimNetwork.Node node = network.join("under-test");

  @BeforeEach
  void theyListen() {
    node.listen(QueueWorld.WORKERS);
  }

  void pass(long millis) {
    clock.pass(Duration.ofMillis(millis));
  }
}
