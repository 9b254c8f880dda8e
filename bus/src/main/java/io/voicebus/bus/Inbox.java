package io.voicebus.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private address of one verticle instance, and everything that it has going with other inboxes:
 * bus streams from and to it, heartbeats, and the packets of the work queue.
 *
 * <p>Knows nothing of Vert.x but its stream and future types: {@link VertxBus} connects it to the
 * event bus, simulations to virtual time. NOT thread safe: everything happens on the context that
 * it was made on; other threads use {@link #execute}.
 */
public final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final String address;
  private final Bus bus;
  private final Peers peers;
  private final StreamTraffic traffic;
  private final Endings endings = new Endings();

  /** Our opens that wait for their answer, with the cancel that has overtaken it. */
  private final Map<Long, Optional<StreamPacket.Cancel>> opening = new HashMap<>();

  private final Map<Class<?>, BiConsumer<Message, BusReadStream<Message>>> openHandlers =
      new HashMap<>();
  private final Map<Class<?>, Consumer<Packet>> handlers = new HashMap<>();

  private Supplier<Load> load = () -> Load.NONE;
  private String worksWith = "";
  private long streams;
  private boolean closed;

  /** An inbox at this address; {@link #receive} must be fed with what arrives there. */
  public Inbox(String address, Bus bus) {
    this.address = address;
    this.bus = bus;
    this.peers = new Peers(this, bus);
    this.traffic = new StreamTraffic(this, peers, endings, opening);
  }

  public String address() {
    return address;
  }

  /** Nanoseconds on this node's monotonic clock. */
  public long now() {
    return bus.nanoTime();
  }

  public Bus.Timer after(long nanos, Runnable task) {
    return bus.after(nanos, task);
  }

  /** Runs the task on this inbox's context; may be called from any thread. */
  public void execute(Runnable task) {
    bus.execute(task);
  }

  /**
   * Says who takes streams with heads of this kind. The handler sets the stream's handlers, or
   * pauses it, before it returns; to refuse, it throws a {@link VoicebusException}, or cancels the
   * stream. An open may come to several instances, or twice to one, when an answer is lost: those
   * streams whose opener went elsewhere fail as {@code LOST}.
   *
   * @param <H> the head
   * @param <T> what travels in the stream
   */
  @SuppressWarnings("unchecked") // the head's class is the map's key, and determines the items
  public <H extends Message, T extends Message> void onOpen(
      Class<H> head, BiConsumer<H, BusReadStream<T>> handler) {
    openHandlers.put(
        head, (message, stream) -> handler.accept((H) message, (BusReadStream<T>) (Object) stream));
  }

  /** Says who takes the work queue's packets of this kind. */
  public <P extends JobPacket> void onJob(Class<P> type, Consumer<P> handler) {
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
              new NodePacket.Here(address, node, role, now.busy(), now.room(), worksWith));
        });
  }

  /**
   * What a worker puts into its heartbeats: the attempts it is at for a holder, and its free slots.
   */
  public void worker(Function<String, List<StreamPacket.Lease>> leasesFor, IntSupplier freeSlots) {
    peers.worker(leasesFor, freeSlots);
  }

  /** Who looks at every heartbeat that comes in: the holder, for leases and slots. */
  public void onHeartbeat(Consumer<StreamPacket.Heartbeat> listener) {
    traffic.onHeartbeat(listener);
  }

  /**
   * Opens a stream to one of those who serve an address. Tried {@link Limits#OPEN_TRIES} times,
   * since an answer may be lost, or the one that was asked may be dying. All tries ask for the same
   * stream, so that one who has it already only answers again.
   *
   * @param to a queue address or an inbox
   * @return the stream; fails as the consumer refused it, or with {@code UNAVAILABLE}
   * @param <T> what travels in the stream
   */
  public <T extends Message> Future<BusWriteStream<T>> open(String to, Message head) {
    Promise<BusWriteStream<T>> promise = Promise.promise();
    long number = streams++;
    opening.put(number, Optional.empty());
    tryOpen(to, head, Limits.OPEN_TRIES, promise, number);
    return promise.future();
  }

  private <T extends Message> void tryOpen(
      String to, Message head, int triesLeft, Promise<BusWriteStream<T>> promise, long number) {
    if (closed) {
      opening.remove(number);
      promise.fail(stopped().toException());
      return;
    }
    bus.ask(to, new StreamPacket.Open(address, number, head), Limits.OPEN_TIMEOUT.toNanos())
        .onComplete(answer -> guard(() -> answered(to, head, triesLeft, promise, number, answer)));
  }

  private <T extends Message> void answered(
      String to,
      Message head,
      int triesLeft,
      Promise<BusWriteStream<T>> promise,
      long number,
      AsyncResult<Packet> answer) {
    boolean again =
        triesLeft > 1
            && answer.failed()
            && Failure.of(Stage.OWNER, answer.cause()).kind() == FailureKind.TIMEOUT;
    if (again && !closed) {
      // The same stream: who had the question already, and only answers late, answers again.
      tryOpen(to, head, triesLeft - 1, promise, number);
      return;
    }
    Optional<StreamPacket.Cancel> cut = opening.remove(number);
    if (closed) {
      promise.fail(stopped().toException());
    } else if (answer.failed()) {
      promise.fail(unserved(to).toException());
    } else if (answer.result() instanceof StreamPacket.Refused refused) {
      promise.fail(refused.failure().toException());
    } else if (answer.result() instanceof StreamPacket.Unreadable unreadable) {
      promise.fail(unreadable.why().toException());
    } else if (!(answer.result() instanceof StreamPacket.Opened opened)) {
      promise.fail(unserved(to).toException());
    } else if (cut != null && cut.filter(c -> c.from().equals(opened.from())).isPresent()) {
      promise.fail(cut.get().failure().toException());
    } else {
      Peer peer = peers.tie(opened.from());
      peers.heard(opened.from());
      BusWriteStream<T> stream = new BusWriteStream<>(this, peer, number, opened.limit());
      peer.producing.put(number, stream);
      promise.complete(stream);
    }
  }

  private static Failure unserved(String to) {
    return new Failure(
        Stage.OWNER,
        FailureKind.UNAVAILABLE,
        "nobody answers at " + to + ": is that role deployed in this JVM or its cluster?");
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

  /** Ends every stream: both ends are told that this instance has stopped. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Peer peer : peers.all()) {
      for (BusWriteStream<?> stream : List.copyOf(peer.producing.values())) {
        stream.stop(stopped());
      }
      for (BusReadStream<?> stream : List.copyOf(peer.consuming.values())) {
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
    BiConsumer<Message, BusReadStream<Message>> handler = openHandlers.get(open.head().getClass());
    if (closed || handler == null) {
      return refuse(
          open,
          closed
              ? stopped()
              : new Failure(
                  Stage.OWNER, FailureKind.INVALID_REQUEST, "not served at this address"));
    }
    peers.heard(open.from());
    BusReadStream<?> known = traffic.consuming(open, open.stream());
    if (known != null) {
      // Its answer may have been lost, or the open came twice: the stream is the same.
      return new StreamPacket.Opened(address, open.stream(), known.granted());
    }
    if (endings.contains(open.from(), open.stream())) {
      return refuse(open, Endings.unknown());
    }
    Peer peer = peers.tie(open.from());
    BusReadStream<Message> stream = new BusReadStream<>(this, peer, open.stream());
    peer.consuming.put(open.stream(), stream);
    try {
      handler.accept(open.head(), stream);
    } catch (RuntimeException e) {
      log(e);
      stream.refuse(Failure.of(Stage.OWNER, e));
    }
    Failure cut = stream.cut();
    return cut == null
        ? new StreamPacket.Opened(address, open.stream(), stream.granted())
        : refuse(open, cut);
  }

  private Packet refuse(StreamPacket.Open open, Failure why) {
    return new StreamPacket.Refused(address, open.stream(), why);
  }

  void forget(Peer peer, BusWriteStream<?> stream) {
    peer.producing.remove(stream.number(), stream);
    peers.loosen(peer);
  }

  /** The stream is over: wholly received, or cut off. */
  void forget(Peer peer, BusReadStream<?> stream, @Nullable Failure cut) {
    if (cut == null) {
      endings.wholly(peer.inbox, stream.number());
    } else {
      endings.because(peer.inbox, stream.number(), cut);
    }
    peer.consuming.remove(stream.number(), stream);
    peers.loosen(peer);
  }

  /** Runs what others wrote: when it throws, nothing else that goes on here may suffer. */
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
