package io.voicebus.bus;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private address of one verticle instance, and all its connections to other inboxes: bus streams
 * from and to it, heartbeats, and the packets of the work queue.
 *
 * <p>Knows nothing of Vert.x but its stream and future types: {@link VertxBus} connects it to the
 * event bus, simulations to virtual time. NOT thread safe: everything happens on the context that
 * it was made on; other threads use {@link #execute}.
 */
public final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PREFIX = "voicebus.inbox.";

  private static final Meter LINKS =
      Meter.level("voicebus.bus.links", "Links that are open, each end counted.");

  private final String address;
  private final Bus bus;
  private final Peers peers;
  private final StreamTraffic traffic;
  private final LinkAcceptor acceptor;
  private final Endings endings = new Endings();
  private final LongAdder links;

  /** Our opens that wait for their answer. */
  private final Map<Long, Opening> opening = new HashMap<>();

  private final Map<Class<?>, Consumer<Packet>> handlers = new HashMap<>();

  private Supplier<Load> load = () -> Load.NONE;
  private String worksWith = "";
  private long streams;
  private boolean closed;

  /** An inbox at this address; {@link #receive} must be fed with what arrives there. */
  public Inbox(String address, Bus bus) {
    this.address = address;
    this.bus = bus;
    this.links = bus.meters().of(LINKS);
    this.peers = new Peers(this, bus);
    this.traffic = new StreamTraffic(this, peers, endings, opening);
    this.acceptor = new LinkAcceptor(this, peers, traffic, endings);
  }

  /** A new private address, for an instance of this role. */
  public static String newAddress(String role) {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return addressPrefix(role) + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What the addresses of all instances of this role begin with; 22 characters follow. */
  public static String addressPrefix(String role) {
    return PREFIX + role + ".";
  }

  public String address() {
    return address;
  }

  /** Nanoseconds on this node's monotonic clock. */
  public long now() {
    return bus.nanoTime();
  }

  /** Figures of the process, to count what those who run it want to know. */
  public Meters meters() {
    return bus.meters();
  }

  public Bus.Timer after(long nanos, Runnable task) {
    return bus.after(nanos, task);
  }

  /** Runs the task on this inbox's context; may be called from any thread. */
  public void execute(Runnable task) {
    bus.execute(task);
  }

  /**
   * Says who takes links with heads of this kind. The handler sets the link's handlers, or pauses
   * it, before it returns; to refuse, it throws a {@link VoicebusException}, or fails the link. An
   * open may come to several instances, or twice to one, when an answer is lost: those links whose
   * opener went elsewhere fail.
   *
   * @param <H> the head
   */
  public <H extends Message> void onLink(Class<H> head, BiConsumer<H, Link> handler) {
    acceptor.on(head, (message, link) -> handler.accept(head.cast(message), link));
  }

  /** Says who takes the packets of this kind, of another module's protocol. */
  public <P extends Packet> void onPacket(Class<P> type, Consumer<P> handler) {
    handlers.put(type, packet -> handler.accept(type.cast(packet)));
  }

  /** Says who takes packets of this kind about who is there. */
  <P extends NodePacket> void onNode(Class<P> type, Consumer<P> handler) {
    handlers.put(type, packet -> handler.accept(type.cast(packet)));
  }

  /** How busy the instance is, for those who ask. */
  public void load(Supplier<Load> currentLoad) {
    load = currentLoad;
  }

  /** What the instance is set up with, in a word, for those who ask. */
  public void worksWith(String what) {
    worksWith = what;
  }

  /** Answers those who ask who is there. */
  void present(String node, String role) {
    onNode(
        NodePacket.WhoIsThere.class,
        question -> {
          Load now = load.get();
          send(
              question.from(),
              new NodePacket.Here(
                  address, node, role, now.busy(), now.room(), worksWith, BusCounter.all()));
        });
  }

  /** How many more links the instance takes, for those who open them. */
  public void room(IntSupplier currentRoom) {
    acceptor.room(currentRoom);
  }

  /**
   * Opens a link to one of those who serve an address: an instance in this JVM, else in its
   * cluster. An instance that does not answer, refuses for want of room or is not there yet does
   * not end the search while the patience lasts.
   *
   * @return the link; fails as it was refused, or with {@code UNAVAILABLE}
   */
  public Future<Link> link(String address, Message head, Duration patience) {
    return link(address, false, head, patience);
  }

  /** Opens a link to one inbox; fails as soon as that inbox refuses or cannot be reached. */
  public Future<Link> linkTo(String inbox, Message head, Duration patience) {
    return link(inbox, true, head, patience);
  }

  private Future<Link> link(String to, boolean direct, Message head, Duration patience) {
    long number = streams++;
    return open(to, direct, new StreamPacket.Open(address, number, head), patience)
        .map(
            opened -> {
              Peer peer = peers.tie(opened.from());
              BusWriteStream out = new BusWriteStream(this, peer, number, opened.limit());
              BusReadStream in = new BusReadStream(this, peer, back(number));
              add(peer, out);
              peer.consuming.put(back(number), in);
              send(opened.from(), new StreamPacket.Confirm(address, number));
              return new Link(in, out, true, opened.room());
            });
  }

  /** The number of a link's stream in the other direction. */
  static long back(long number) {
    return -1 - number;
  }

  private Future<StreamPacket.Opened> open(
      String to, boolean direct, StreamPacket.Open open, Duration patience) {
    if (closed) {
      return Future.failedFuture(stopped().toException());
    }
    Opening begun = new Opening(this, bus, to, direct, open, patience.toNanos());
    opening.put(open.stream(), begun);
    return begun
        .begin()
        .map(
            opened -> {
              peers.heard(opened.from());
              return opened;
            });
  }

  /** It has been accepted, or has failed. */
  void opened(Opening over) {
    opening.remove(over.number(), over);
  }

  /**
   * Asks one of those who serve an address, or an inbox and no other, a question that costs nothing
   * to ask twice.
   *
   * @return all of the answer; fails as it was refused, or with {@code TIMEOUT}
   */
  public Future<List<Message>> ask(String to, Message question, Duration patience) {
    return new Question(this, to, to.startsWith(PREFIX), question, patience).ask();
  }

  /** Says who answers questions of this kind. */
  public <Q extends Message> void onAsk(
      Class<Q> question, Function<Q, Future<? extends List<? extends Message>>> answers) {
    onLink(question, (head, link) -> Question.answer(link, answers.apply(head)));
  }

  /** Sends a packet to another inbox, and forgets. */
  public void send(String inbox, Packet packet) {
    bus.send(inbox, packet);
  }

  /** Sends a packet to everybody who listens at an address, and forgets. */
  public void publish(String queue, Packet packet) {
    bus.publish(queue, packet);
  }

  /** Exchanges heartbeats with another inbox until released; tells once if it dies. */
  public Tie watch(String inbox, Runnable onDeath) {
    if (closed) {
      return () -> {};
    }
    Object key = new Object();
    Peer peer = peers.tie(inbox);
    peer.watchers.put(key, onDeath);
    return () -> {
      peer.watchers.remove(key);
      peers.loosen(peer);
    };
  }

  /**
   * Sets a task for a node that stood still for so long that others count it as dead. It runs
   * before any packet that arrived in the meantime is handled.
   */
  public void onThaw(Runnable task) {
    peers.onThaw(task);
  }

  /** Ends every stream: both ends are told that this instance has stopped. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    List.copyOf(opening.values()).forEach(open -> open.fail(stopped()));
    for (Peer peer : peers.all()) {
      for (BusWriteStream stream : List.copyOf(peer.producing.values())) {
        stream.stop(stopped());
      }
      for (BusReadStream stream : List.copyOf(peer.consuming.values())) {
        stream.stop(stopped());
      }
    }
    peers.close();
  }

  private static Failure stopped() {
    return new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "the instance was stopped");
  }

  /** Whether nothing is going on: no stream, no watch, no timer. */
  public boolean idle() {
    return peers.idle() && opening.isEmpty();
  }

  /** Takes what arrived at this inbox's address. */
  public void receive(Packet packet) {
    if (closed) {
      return;
    }
    peers.heard(packet.from());
    try {
      if (packet instanceof StreamPacket stream) {
        traffic.receive(stream);
      } else {
        Consumer<Packet> handler = handlers.get(packet.getClass());
        if (handler != null) {
          handler.accept(packet);
        }
      }
    } catch (RuntimeException e) {
      log(e);
    }
  }

  /** Takes an open that arrived at this inbox, or at a queue address that it serves; the answer. */
  public Packet receiveOpen(StreamPacket.Open open) {
    return closed ? acceptor.refuse(open, stopped()) : acceptor.receive(open);
  }

  void add(Peer peer, BusWriteStream stream) {
    peer.producing.put(stream.number(), stream);
    links.increment();
  }

  void forget(Peer peer, BusWriteStream stream) {
    if (peer.producing.remove(stream.number(), stream)) {
      links.decrement();
    }
    peers.loosen(peer);
  }

  /** The stream is over: wholly received, or cut off. */
  void forget(Peer peer, BusReadStream stream, @Nullable Failure cut) {
    if (cut == null) {
      endings.wholly(peer.inbox, stream.number());
    } else {
      endings.because(peer.inbox, stream.number(), cut);
    }
    peer.consuming.remove(stream.number(), stream);
    peers.loosen(peer);
  }

  /** Runs a handler of a user of this inbox; an exception is logged and harms nothing else. */
  void guard(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      log(e);
    }
  }

  void log(RuntimeException thrown) {
    if (!(thrown instanceof VoicebusException)) {
      LOG.error("a handler failed at {}", address, thrown);
    }
  }
}
