package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many inboxes on one clock that is moved by hand, and a {@link VirtualNetwork} between them. Every
 * packet goes through the wire format on its way.
 */
public final class VirtualBus {
  /** What may happen to one kind of packet; probabilities from 0 to 1. */
  public record Faults(
      double drop, double twice, double delay, double overtaken, Duration longest) {
    public static final Faults NONE = new Faults(0, 0, 0, 0, Duration.ZERO);

    public static Faults dropped(double probability) {
      return new Faults(probability, 0, 0, 0, Duration.ZERO);
    }
  }

  private record Event(long at, long order, Node node, boolean timer, Runnable task)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  /** An item, or a head, of a type that its receiver does not know. */
  public static final Message UNKNOWN = new Unknown(Short.MAX_VALUE);

  private final VirtualNetwork network;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, List<Node>> queues = new HashMap<>();
  private final Map<String, Integer> turns = new HashMap<>();
  private final List<BiConsumer<String, Packet>> wiretaps = new ArrayList<>();
  private BiFunction<String, Message, Message> reading = (node, item) -> item;
  private boolean oneProcess;
  private long now = TimeUnit.DAYS.toNanos(1);
  private long order;

  public VirtualBus(long seed) {
    network = new VirtualNetwork(seed);
  }

  public Node node(String name) {
    return node(name, name);
  }

  /** One inbox, in a JVM with others. */
  public Node node(String name, String machine) {
    Node node = new Node(name, machine);
    nodes.put(name, node);
    return node;
  }

  public void serve(String queue, Node... by) {
    queues.put(queue, List.of(by));
  }

  /** Sees every packet that is sent, before anything happens to it, and its receiver. */
  public void tap(BiConsumer<String, Packet> wiretap) {
    wiretaps.add(wiretap);
  }

  /** Has these things happen to all packets of one type. */
  public void faults(Class<? extends Packet> type, Faults newFaults) {
    network.faults(type, newFaults);
  }

  /** Has these things happen to packets of every type. */
  public void faults(Faults newFaults) {
    network.faults(newFaults);
  }

  /**
   * Says what nodes of another version make of the items and heads that reach them.
   *
   * @param newReading is given the receiver's name and what was sent
   */
  public void reads(BiFunction<String, Message, Message> newReading) {
    reading = newReading;
  }

  /** Cuts the link between two nodes, or heals it. */
  public void cut(Node one, Node other, boolean broken) {
    cutOneWay(one, other, broken);
    cutOneWay(other, one, broken);
  }

  /** Loses all that one node sends to another, or heals that. */
  public void cutOneWay(Node from, Node to, boolean broken) {
    network.cut(from, to, broken);
  }

  /**
   * From now on the first packet from one machine to another waits for a connection, which takes
   * this long to be made; packets behind it wait, too.
   */
  public void cold(Duration connecting) {
    network.cold(connecting);
  }

  /** The size of a packet in the wire format. */
  public static int bytes(Packet packet) {
    return WireFormat.encode(packet).length;
  }

  public long now() {
    return now;
  }

  public void run(Duration time) {
    long end = now + time.toNanos();
    while (!events.isEmpty() && events.peek().at <= end) {
      step();
    }
    now = end;
  }

  /** Runs until the condition holds; how long that took, or empty when it did not hold in time. */
  public @Nullable Duration until(BooleanSupplier condition, Duration atMost) {
    long start = now;
    while (!condition.getAsBoolean()) {
      if (events.isEmpty() || events.peek().at > start + atMost.toNanos()) {
        now = start + atMost.toNanos();
        return null;
      }
      step();
    }
    return Duration.ofNanos(now - start);
  }

  private void step() {
    Event event = events.remove();
    now = Math.max(now, event.at);
    if (event.node.frozen && event.node.alive) {
      event.node.backlog.add(event);
    } else if (event.node.alive && event.node.freeAt(now) > now) {
      schedule(event.node.freeAt(now), event.node, event.timer, event.task);
    } else if (event.node.alive) {
      event.task.run();
    }
  }

  private Event schedule(long at, Node node, boolean timer, Runnable task) {
    Event event = new Event(at, order++, node, timer, task);
    events.add(event);
    return event;
  }

  private void deliver(String from, String to, Packet packet, BiConsumer<Node, Packet> taker) {
    wiretaps.forEach(tap -> tap.accept(to, packet));
    Node node = nodes.get(to);
    Node sender = nodes.get(from);
    if (node == null || network.isCut(sender, node)) {
      return;
    }
    Packet copy = read(to, WireFormat.decode(WireFormat.encode(packet)));
    for (long at : network.arrivals(sender, node, packet.getClass(), now)) {
      schedule(at, node, false, () -> taker.accept(node, copy));
    }
  }

  private Packet read(String to, Packet packet) {
    if (packet instanceof StreamPacket.Data data) {
      return new StreamPacket.Data(
          data.from(),
          data.stream(),
          data.epoch(),
          data.sequence(),
          data.total(),
          reading.apply(to, data.item()),
          data.weight());
    }
    return packet instanceof StreamPacket.Open open
        ? new StreamPacket.Open(open.from(), open.stream(), reading.apply(to, open.head()))
        : packet;
  }

  /** From now on all nodes are event loops of one process, for those who meet. */
  public void inOneProcess() {
    oneProcess = true;
  }

  /** One inbox, with the part of the bus that it sees. */
  public final class Node implements Bus {
    private final String name;
    private final String machine;
    private final Inbox inbox;
    private final List<Event> backlog = new ArrayList<>();
    private boolean alive = true;
    private boolean frozen;
    private boolean cut;
    private long lagNanos;
    private long busyUntil;
    private final Meters meters = new Meters();

    private Node(String name, String machine) {
      this.name = name;
      this.machine = machine;
      this.inbox = new Inbox(name, this);
    }

    public String name() {
      return name;
    }

    /** The JVM that it is in. */
    public String machine() {
      return machine;
    }

    boolean isCutOff() {
      return cut;
    }

    @Override
    public Meters meters() {
      return meters;
    }

    @Override
    public boolean isWithin(String other) {
      return oneProcess;
    }

    public Inbox inbox() {
      return inbox;
    }

    public boolean alive() {
      return alive;
    }

    /** Gone for good, without a word. */
    public void kill() {
      alive = false;
    }

    /** Nothing comes from it or reaches it any more. */
    public void cutOff() {
      cut = true;
    }

    /** The network is as it was. */
    public void heal() {
      cut = false;
    }

    /**
     * Its event loop is busy, and handles what has come in the meantime once in each interval.
     *
     * @param between the interval; zero for an event loop that is never busy
     */
    public void lag(Duration between) {
      // What waits already must not be overtaken.
      busyUntil = freeAt(now);
      lagNanos = between.toNanos();
    }

    private long freeAt(long at) {
      if (lagNanos == 0 || at < busyUntil) {
        return Math.max(at, busyUntil);
      }
      // Each node has times of its own.
      long phase = Math.floorMod(name.hashCode(), lagNanos);
      return phase - Math.floorDiv(phase - at, lagNanos) * lagNanos;
    }

    /** Stands still: what arrives and what is due must wait. */
    public void freeze() {
      frozen = true;
    }

    /**
     * Goes on: overdue timers run first, which is the worst case for what they think they missed.
     */
    public void thaw() {
      frozen = false;
      List<Event> waiting = List.copyOf(backlog);
      backlog.clear();
      waiting.stream().filter(Event::timer).forEach(this::again);
      waiting.stream().filter(e -> !e.timer).forEach(this::again);
    }

    private void again(Event event) {
      schedule(now, this, event.timer, event.task);
    }

    @Override
    public void send(String to, Packet packet) {
      if (alive) {
        deliver(name, to, packet, (node, copy) -> node.inbox.receive(copy));
      }
    }

    @Override
    public void publish(String address, Packet packet) {
      queues.getOrDefault(address, List.of()).forEach(node -> send(node.name, packet));
    }

    @Override
    public Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local) {
      List<Node> serving =
          nodes.containsKey(address)
              ? List.of(nodes.get(address))
              : queues.getOrDefault(address, List.of()).stream()
                  .filter(node -> !local || node.machine.equals(machine))
                  .toList();
      if (serving.isEmpty()) {
        return Future.failedFuture(
            new VoicebusException(Stage.OWNER, FailureKind.UNAVAILABLE, "nobody there"));
      }
      // The dead are still asked, as long as the cluster has not noticed.
      Node to = serving.get(turns.merge(address, 1, Integer::sum) % serving.size());
      Promise<Packet> answer = Promise.promise();
      deliver(
          name,
          to.name,
          question,
          (node, copy) -> {
            Packet reply = node.inbox.receiveOpen((StreamPacket.Open) copy);
            deliver(node.name, name, reply, (self, got) -> answer.tryComplete(got));
          });
      schedule(
          now + timeoutNanos,
          this,
          true,
          () ->
              answer.tryFail(
                  new VoicebusException(Stage.OWNER, FailureKind.TIMEOUT, "no answer in time")));
      return answer.future();
    }

    @Override
    public Timer after(long nanos, Runnable task) {
      boolean[] cancelled = {false};
      schedule(
          now + nanos,
          this,
          true,
          () -> {
            if (!cancelled[0]) {
              task.run();
            }
          });
      return () -> cancelled[0] = true;
    }

    @Override
    public void execute(Runnable task) {
      schedule(now, this, false, task);
    }

    @Override
    public long nanoTime() {
      return now;
    }
  }
}
