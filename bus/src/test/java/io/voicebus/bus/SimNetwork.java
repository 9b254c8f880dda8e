package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Many inboxes on one virtual clock, each on a node of its own, and a network between them that is
 * as bad as its {@link Weather}. Deterministic for a given seed.
 */
public final class SimNetwork {

  /**
   * How bad the network is.
   *
   * @param loss probability that a packet never arrives
   * @param duplication probability that it arrives twice
   * @param reordering probability that it may be overtaken by later ones of its pair
   * @param minNanos the least time under way
   * @param maxNanos the most time under way, but for what is reordered: ten times that
   */
  public record Weather(
      double loss, double duplication, double reordering, long minNanos, long maxNanos) {
    /** In order, nothing lost, 0.1 to 0.3 ms. */
    public static final Weather FAIR = new Weather(0, 0, 0, 100_000, 300_000);
  }

  private record Pair(String from, String to) {}

  private final ManualClock clock;
  private final Random random;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, List<Node>> listeners = new HashMap<>();
  private final Map<Pair, Long> lastArrival = new HashMap<>();
  private final Map<Class<?>, Long> counts = new HashMap<>();
  private Weather weather = Weather.FAIR;

  public SimNetwork(ManualClock clock, Random random) {
    this.clock = clock;
    this.random = random;
  }

  public void weather(Weather newWeather) {
    weather = newWeather;
  }

  /** A new node with one inbox at this address. */
  public Node join(String address) {
    Node node = new Node(address);
    nodes.put(address, node);
    return node;
  }

  /** How many packets of this kind were sent; each receiver of a publication counts. */
  public long sent(Class<? extends Packet> type) {
    return counts.getOrDefault(type, 0L);
  }

  /** How many packets were sent whose kind belongs to this protocol. */
  public long sentOf(Class<? extends Packet> protocol) {
    return counts.entrySet().stream()
        .filter(count -> protocol.isAssignableFrom(count.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many opens were sent, and how many answers to them came. */
  public long opens() {
    return counts.getOrDefault(StreamPacket.Open.class, 0L)
        + counts.getOrDefault(StreamPacket.Opened.class, 0L)
        + counts.getOrDefault(StreamPacket.Refused.class, 0L);
  }

  /** How many opens were refused. */
  public long refusals() {
    return counts.getOrDefault(StreamPacket.Refused.class, 0L);
  }

  private void carry(String from, String to, Packet packet) {
    counts.merge(packet.getClass(), 1L, Long::sum);
    Node target = nodes.get(to);
    if (target == null || random.nextDouble() < weather.loss()) {
      return;
    }
    int copies = random.nextDouble() < weather.duplication() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      clock.after(
          underWay(from, to), () -> target.happens(() -> target.inbox.receive(packet), false));
    }
  }

  private long underWay(String from, String to) {
    long nanos =
        weather.minNanos()
            + (long) (random.nextDouble() * (weather.maxNanos() - weather.minNanos()));
    if (random.nextDouble() < weather.reordering()) {
      return nanos + (long) (random.nextDouble() * 9 * weather.maxNanos());
    }
    long arrival =
        Math.max(clock.nanoTime() + nanos, lastArrival.getOrDefault(new Pair(from, to), 0L) + 1);
    lastArrival.put(new Pair(from, to), arrival);
    return arrival - clock.nanoTime();
  }

  /** One node: what its inbox needs of the world, and what may befall it. */
  public final class Node implements Bus {
    private record Held(Runnable task, boolean timer) {}

    private final Inbox inbox;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private boolean frozen;
    private boolean dead;
    private final Meters meters = new Meters();

    private Node(String address) {
      inbox = new Inbox(address, this);
    }

    @Override
    public Meters meters() {
      return meters;
    }

    public Inbox inbox() {
      return inbox;
    }

    /** Also receives what is published at an address. */
    public void listen(String address) {
      listeners.computeIfAbsent(address, a -> new ArrayList<>()).add(this);
    }

    public boolean dead() {
      return dead;
    }

    /** Gone for good, in the middle of whatever it did. */
    public void kill() {
      dead = true;
      held.clear();
    }

    /** Nothing happens there until it thaws; what was sent before is under way. */
    public void freeze() {
      frozen = true;
    }

    /** Everything that should have happened happens now, late: timers or messages first. */
    public void thaw() {
      if (!frozen) {
        return;
      }
      frozen = false;
      boolean timersFirst = random.nextBoolean();
      List<Held> late = new ArrayList<>(held);
      held.clear();
      for (boolean timers : new boolean[] {timersFirst, !timersFirst}) {
        for (Held each : late) {
          if (each.timer() == timers) {
            happens(each.task(), timers);
          }
        }
      }
    }

    private void happens(Runnable task, boolean timer) {
      if (dead) {
        return;
      }
      if (frozen) {
        held.add(new Held(task, timer));
      } else {
        task.run();
      }
    }

    @Override
    public void send(String to, Packet packet) {
      if (!dead) {
        carry(inbox.address(), to, packet);
      }
    }

    @Override
    public void publish(String address, Packet packet) {
      for (Node listener : listeners.getOrDefault(address, List.of())) {
        send(listener.inbox.address(), packet);
      }
    }

    @Override
    public Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local) {
      Promise<Packet> answer = Promise.promise();
      Node target = nodes.get(address);
      counts.merge(question.getClass(), 1L, Long::sum);
      after(timeoutNanos, () -> answer.tryFail(noAnswer(address)));
      if (target != null
          && question instanceof StreamPacket.Open open
          && random.nextDouble() >= weather.loss()) {
        clock.after(
            underWay(inbox.address(), address),
            () -> target.happens(() -> answer(target, open, answer), false));
      }
      return answer.future();
    }

    private void answer(Node target, StreamPacket.Open open, Promise<Packet> answer) {
      Packet packet = target.inbox.receiveOpen(open);
      counts.merge(packet.getClass(), 1L, Long::sum);
      if (random.nextDouble() >= weather.loss()) {
        clock.after(
            underWay(target.inbox.address(), inbox.address()),
            () -> happens(() -> answer.tryComplete(packet), false));
      }
    }

    private static VoicebusException noAnswer(String address) {
      return new VoicebusException(Stage.OWNER, FailureKind.TIMEOUT, "no answer at " + address);
    }

    @Override
    public Timer after(long nanos, Runnable task) {
      boolean[] cancelled = {false};
      Timer timer =
          clock.after(
              nanos,
              () ->
                  happens(
                      () -> {
                        if (!cancelled[0]) {
                          task.run();
                        }
                      },
                      true));
      return () -> {
        cancelled[0] = true;
        timer.cancel();
      };
    }

    @Override
    public void execute(Runnable task) {
      clock.after(0, () -> happens(task, false));
    }

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }
  }
}
