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
 * A private address of one verticle instance, with all its connections to other inboxes: bus
 * streams from and to it, heartbeats, and the packets of the work queue.
 *
 * <p>It uses only the stream and future types of Vert.x: {@link VertxBus} connects it to the event
 * bus, simulations connect it to virtual time. NOT thread safe: everything happens on the context
 * on which it was made; other threads use {@link #execute}.
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

  /** Opens from here that wait for their answer. */
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

  /** The beginning of the addresses of all instances of this role; 22 characters follow. */
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

  /** The meters of the process, for counts that its operators want to see. */
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
   * Sets the handler of links whose head is of this kind. The handler sets the link's handlers, or
   * pauses it, before it returns. To refuse the link, it throws a {@link VoicebusException} or
   * fails the link. An open may reach several instances, or the same one twice when an answer is
   * lost; links that the opener does not use fail.
   *
   * @param <H> the head
   */
  public <H extends Message> void onLink(Class<H> head, BiConsumer<H, Link> handler) {
    acceptor.on(head, (message, link) -> handler.accept(head.cast(message), link));
  }

  /** Sets the handler of packets of this kind, for another module's protocol. */
  public <P extends Packet> void onPacket(Class<P> type, Consumer<P> handler) {
    handlers.put(type, packet -> handler.accept(type.cast(packet)));
  }

  /** Sets the handler of packets that ask which instances there are, or answer that. */
  <P extends NodePacket> void onNode(Class<P> type, Consumer<P> handler) {
    handlers.put(type, packet -> handler.accept(type.cast(packet)));
  }

  /** Sets the source of the instance's load, for instances that ask. */
  public void load(Supplier<Load> currentLoad) {
    load = currentLoad;
  }

  /** Sets a word for the instance's setup, for instances that ask. */
  public void worksWith(String what) {
    worksWith = what;
  }

  /** Answers instances that ask which instances there are. */
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

  /** Sets the source of the instance's room for more links, for openers. */
  public void room(IntSupplier currentRoom) {
    acceptor.room(currentRoom);
  }

  /**
   * Opens a link to an instance that serves an address: first one in this JVM, then one in the
   * cluster. The search goes on, as long as the patience lasts, if an instance does not answer,
   * refuses because it has no room, or is not there yet.
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
    return link(to, direct, head, patience, true);
  }

  private Future<Link> link(
      String to, boolean direct, Message head, Duration patience, boolean mayBeginAgain) {
    if (closed) {
      return Future.failedFuture(stopped().toException());
    }
    long number = streams++;
    StreamPacket.Open open = new StreamPacket.Open(address, number, head);
    Opening begun = new Opening(this, bus, to, direct, open, patience.toNanos());
    opening.put(number, begun);
    return begun
        .begin()
        .map(
            opened -> {
              peers.heard(opened.from());
              Peer peer = peers.tie(opened.from());
              BusWriteStream out = new BusWriteStream(this, peer, number, opened.limit());
              BusReadStream in = new BusReadStream(this, peer, back(number));
              add(peer, out);
              peer.consuming.put(back(number), in);
              send(opened.from(), new StreamPacket.Confirm(address, number));
              return new Link(in, out, true, opened.room());
            })
        .recover(
            why ->
                mayBeginAgain && begun.stoodStill()
                    ? link(to, direct, head, patience, false)
                    : Future.failedFuture(why));
  }

  /** The number of a link's stream in the other direction. */
  static long back(long number) {
    return -1 - number;
  }

  /** The open was accepted, or has failed. */
  void opened(Opening over) {
    opening.remove(over.number(), over);
  }

  /**
   * Sends a question, which may be asked twice without harm, to an instance that serves an address,
   * or to one inbox.
   *
   * @return the whole answer; fails as it was refused, or with {@code TIMEOUT}
   */
  public Future<List<Message>> ask(String to, Message question, Duration patience) {
    return new Question(this, to, to.startsWith(PREFIX), question, patience).ask();
  }

  /** Sets the handler that answers questions of this kind. */
  public <Q extends Message> void onAsk(
      Class<Q> question, Function<Q, Future<? extends List<? extends Message>>> answers) {
    onLink(question, (head, link) -> Question.answer(link, answers.apply(head)));
  }

  /** Sends a packet to another inbox, without an acknowledgement. */
  public void send(String inbox, Packet packet) {
    bus.send(inbox, packet);
  }

  /** Sends a packet to all that listen at an address, without an acknowledgement. */
  public void publish(String queue, Packet packet) {
    bus.publish(queue, packet);
  }

  /** Exchanges heartbeats with another inbox until released; calls back once if it dies. */
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

  /** Ends every stream; both ends learn that this instance has stopped. */
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

  /** Whether the inbox is idle: no stream, no watch, no timer. */
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
