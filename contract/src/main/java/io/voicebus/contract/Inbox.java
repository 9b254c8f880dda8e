package io.voicebus.contract;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
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
  private final Map<String, Peer> peers = new HashMap<>();
  private final Set<Long> opening = new HashSet<>();
  private final Map<Class<?>, BiConsumer<Message, BusReadStream<Message>>> openHandlers =
      new HashMap<>();
  private final Map<Class<?>, Consumer<Packet>> packetHandlers = new HashMap<>();
  private final Map<Class<?>, Consumer<Packet>> jobHandlers = new HashMap<>();

  private long streams;
  private long epochs;
  private boolean closed;
  private Bus.@Nullable Timer ticker;
  private long tickDueAt;
  private Function<String, List<StreamPacket.Lease>> leases = peer -> List.of();
  private IntSupplier slots = () -> -1;
  private Consumer<StreamPacket.Heartbeat> heartbeatListener = beat -> {};

  /** An inbox at this address; {@link #receive} must be fed with what arrives there. */
  public Inbox(String address, Bus bus) {
    this.address = address;
    this.bus = bus;
    // Epochs of a peer that was forgotten and came back must differ.
    this.epochs = bus.nanoTime() & Long.MAX_VALUE;
    on(StreamPacket.Data.class, this::onData);
    on(StreamPacket.End.class, this::onEnd);
    on(StreamPacket.Fail.class, this::onFail);
    on(StreamPacket.Closed.class, this::onClosed);
    on(StreamPacket.Cancel.class, this::onCancel);
    on(StreamPacket.Credit.class, this::onCredit);
    on(StreamPacket.PeerCredit.class, this::onPeerCredit);
    on(StreamPacket.Heartbeat.class, this::onHeartbeat);
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
   * pauses it, before it returns; to refuse, it throws a {@link VoicebusException}.
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
    jobHandlers.put(type, packet -> handler.accept(type.cast(packet)));
  }

  /**
   * What a worker puts into its heartbeats: the attempts it is at for a holder, and its free slots.
   */
  public void worker(Function<String, List<StreamPacket.Lease>> leasesFor, IntSupplier freeSlots) {
    leases = leasesFor;
    slots = freeSlots;
  }

  /** Who looks at every heartbeat that comes in: the holder, for leases and slots. */
  public void onHeartbeat(Consumer<StreamPacket.Heartbeat> listener) {
    heartbeatListener = listener;
  }

  /**
   * Opens a stream to one of those who serve an address. Tried {@link Limits#OPEN_TRIES} times,
   * since an answer may be lost, or the one that was asked may be dying.
   *
   * @param to a queue address or an inbox
   * @return the stream; fails as the consumer refused it, or with {@code UNAVAILABLE}
   * @param <T> what travels in the stream
   */
  public <T extends Message> Future<BusWriteStream<T>> open(String to, Message head) {
    Promise<BusWriteStream<T>> promise = Promise.promise();
    tryOpen(to, head, Limits.OPEN_TRIES, promise);
    return promise.future();
  }

  private <T extends Message> void tryOpen(
      String to, Message head, int triesLeft, Promise<BusWriteStream<T>> promise) {
    if (closed) {
      promise.fail(stopped().toException());
      return;
    }
    long number = streams++;
    opening.add(number);
    bus.ask(to, new StreamPacket.Open(address, number, head), Limits.OPEN_TIMEOUT.toNanos())
        .onComplete(
            answer -> {
              opening.remove(number);
              if (closed) {
                promise.tryFail(stopped().toException());
              } else if (answer.succeeded()
                  && answer.result() instanceof StreamPacket.Opened opened) {
                Peer peer = tie(opened.from());
                BusWriteStream<T> stream = new BusWriteStream<>(this, peer, number, opened.limit());
                peer.producing.put(number, stream);
                promise.complete(stream);
              } else if (answer.succeeded()
                  && answer.result() instanceof StreamPacket.Refused refused) {
                promise.fail(refused.failure().toException());
              } else if (triesLeft > 1
                  && Failure.of(Stage.OWNER, cause(answer.cause())).kind() == FailureKind.TIMEOUT) {
                tryOpen(to, head, triesLeft - 1, promise);
              } else {
                promise.fail(unserved(to).toException());
              }
            });
  }

  private static Throwable cause(@Nullable Throwable cause) {
    return cause == null ? new IllegalStateException("not an answer to an open") : cause;
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
    Object key = new Object();
    Peer peer = tie(inbox);
    peer.watchers.put(key, onDeath);
    return () -> {
      peer.watchers.remove(key);
      loosen(peer);
    };
  }

  /** Ends every stream: the other ends are told that this instance has stopped. */
  public void close() {
    if (closed) {
      return;
    }
    for (Peer peer : List.copyOf(peers.values())) {
      for (BusWriteStream<?> stream : List.copyOf(peer.producing.values())) {
        stream.fail(stopped());
        stream.lost(stopped());
      }
      for (BusReadStream<?> stream : List.copyOf(peer.consuming.values())) {
        stream.cancel(stopped());
      }
    }
    closed = true;
    peers.clear();
    if (ticker != null) {
      ticker.cancel();
      ticker = null;
    }
  }

  private static Failure stopped() {
    return new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "the instance was stopped");
  }

  /** Whether nothing is going on: no stream, no watch, no timer. */
  public boolean idle() {
    return peers.isEmpty() && opening.isEmpty() && ticker == null;
  }

  /** Takes what arrived at this inbox's address. */
  public void receive(Packet packet) {
    if (closed) {
      return;
    }
    Peer peer = peers.get(packet.from());
    if (peer != null) {
      peer.heardAt = now();
    }
    Consumer<Packet> handler = packetHandlers.get(packet.getClass());
    if (handler == null) {
      handler = jobHandlers.get(packet.getClass());
    }
    if (handler != null) {
      handler.accept(packet);
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
    Peer peer = tie(open.from());
    BusReadStream<Message> stream = new BusReadStream<>(this, peer, open.stream());
    peer.consuming.put(open.stream(), stream);
    try {
      handler.accept(open.head(), stream);
      return new StreamPacket.Opened(address, open.stream(), stream.granted());
    } catch (RuntimeException e) {
      forget(peer, stream);
      if (!(e instanceof VoicebusException)) {
        LOG.error("{} failed on a {}", address, open.head().getClass().getSimpleName(), e);
      }
      return refuse(open, Failure.of(Stage.OWNER, e));
    }
  }

  private Packet refuse(StreamPacket.Open open, Failure why) {
    return new StreamPacket.Refused(address, open.stream(), why);
  }

  void forget(Peer peer, BusWriteStream<?> stream) {
    peer.producing.remove(stream.number());
    loosen(peer);
  }

  void forget(Peer peer, BusReadStream<?> stream) {
    peer.consuming.remove(stream.number());
    loosen(peer);
  }

  private Peer tie(String inbox) {
    Peer peer = peers.computeIfAbsent(inbox, i -> new Peer(i, ++epochs, now()));
    if (ticker == null && !closed) {
      schedule();
    }
    return peer;
  }

  private void loosen(Peer peer) {
    if (!peer.tied()) {
      peers.remove(peer.inbox, peer);
      if (peers.isEmpty() && ticker != null) {
        ticker.cancel();
        ticker = null;
      }
    }
  }

  private <P extends StreamPacket> void on(Class<P> type, Consumer<P> handler) {
    packetHandlers.put(type, packet -> handler.accept(type.cast(packet)));
  }

  private @Nullable BusReadStream<?> consuming(StreamPacket packet, long stream) {
    Peer peer = peers.get(packet.from());
    return peer == null ? null : peer.consuming.get(stream);
  }

  private @Nullable BusWriteStream<?> producing(StreamPacket packet, long stream) {
    Peer peer = peers.get(packet.from());
    return peer == null ? null : peer.producing.get(stream);
  }

  private void onData(StreamPacket.Data data) {
    Peer peer = peers.get(data.from());
    if (peer != null && peer.received(data.epoch(), data.total())) {
      send(data.from(), new StreamPacket.PeerCredit(address, peer.peerEpoch, peer.granted));
    }
    BusReadStream<?> stream = peer == null ? null : peer.consuming.get(data.stream());
    if (stream == null) {
      cancelUnknown(data.from(), data.stream());
    } else {
      stream.data(data.sequence(), data.item());
    }
  }

  private void cancelUnknown(String from, long stream) {
    send(from, new StreamPacket.Cancel(address, stream, unknown()));
  }

  private static Failure unknown() {
    return new Failure(Stage.OWNER, FailureKind.LOST, "the other end does not know this stream");
  }

  private void onEnd(StreamPacket.End end) {
    BusReadStream<?> stream = consuming(end, end.stream());
    if (stream == null) {
      cancelUnknown(end.from(), end.stream());
    } else if (stream.endReceived()) {
      send(end.from(), new StreamPacket.Closed(address, end.stream()));
    } else {
      stream.sentSoFar(end.sequence(), true);
    }
  }

  private void onFail(StreamPacket.Fail fail) {
    BusReadStream<?> stream = consuming(fail, fail.stream());
    send(fail.from(), new StreamPacket.Closed(address, fail.stream()));
    if (stream != null) {
      stream.fail(fail.failure());
    }
  }

  private void onClosed(StreamPacket.Closed closedPacket) {
    BusWriteStream<?> stream = producing(closedPacket, closedPacket.stream());
    if (stream != null) {
      stream.acknowledged();
    }
  }

  private void onCancel(StreamPacket.Cancel cancel) {
    BusWriteStream<?> stream = producing(cancel, cancel.stream());
    if (stream != null) {
      stream.lost(cancel.failure());
    }
  }

  private void onCredit(StreamPacket.Credit credit) {
    BusWriteStream<?> stream = producing(credit, credit.stream());
    if (stream != null) {
      stream.credit(credit.limit());
    }
  }

  private void onPeerCredit(StreamPacket.PeerCredit credit) {
    Peer peer = peers.get(credit.from());
    if (peer != null) {
      credit(peer, credit.epoch(), credit.limit());
    }
  }

  private static void credit(Peer peer, long epoch, long limit) {
    if (peer.credit(epoch, limit)) {
      for (int n = peer.waiting.size(); n > 0; n--) {
        BusWriteStream<?> stream = peer.waiting.poll();
        if (stream == null) {
          return;
        }
        stream.flush();
      }
    }
  }

  private void onHeartbeat(StreamPacket.Heartbeat beat) {
    Peer peer = peers.get(beat.from());
    if (peer == null) {
      peer = new Peer(beat.from(), 0, now());
      // Who watches us without our watching them must hear that we live.
      beat(peer);
    } else {
      peer.received(beat.epoch(), beat.total());
      credit(peer, beat.peerEpoch(), beat.peerLimit());
    }
    for (StreamPacket.Brief brief : beat.producing()) {
      BusReadStream<?> stream = peer.consuming.get(brief.stream());
      if (stream == null) {
        cancelUnknown(beat.from(), brief.stream());
      } else {
        stream.sentSoFar(brief.value(), false);
      }
    }
    for (StreamPacket.Brief brief : beat.consuming()) {
      BusWriteStream<?> stream = peer.producing.get(brief.stream());
      if (stream != null) {
        stream.credit(brief.value());
      } else if (!opening.contains(brief.stream())) {
        send(beat.from(), new StreamPacket.Fail(address, brief.stream(), unknown()));
      }
    }
    heartbeatListener.accept(beat);
  }

  private void beat(Peer peer) {
    List<StreamPacket.Brief> producing = new ArrayList<>(peer.producing.size());
    for (BusWriteStream<?> stream : peer.producing.values()) {
      if (stream.closing()) {
        stream.repeatTerminal();
      } else {
        producing.add(new StreamPacket.Brief(stream.number(), stream.sequence()));
      }
    }
    List<StreamPacket.Brief> consuming = new ArrayList<>(peer.consuming.size());
    for (BusReadStream<?> stream : peer.consuming.values()) {
      if (!stream.endReceived()) {
        consuming.add(new StreamPacket.Brief(stream.number(), stream.granted()));
      }
    }
    send(
        peer.inbox,
        new StreamPacket.Heartbeat(
            address,
            peer.epoch,
            peer.sent,
            peer.peerEpoch,
            peer.granted,
            producing,
            consuming,
            leases.apply(peer.inbox),
            slots.getAsInt()));
  }

  private void schedule() {
    tickDueAt = now() + Limits.HEARTBEAT.toNanos();
    ticker = bus.after(Limits.HEARTBEAT.toNanos(), this::tick);
  }

  private void tick() {
    ticker = null;
    long now = now();
    long late = now - tickDueAt;
    for (Peer peer : List.copyOf(peers.values())) {
      if (late > Limits.LATE.toNanos()) {
        // We were frozen: what the others said meanwhile may still wait to be read.
        peer.heardAt = now;
      }
      if (now - peer.heardAt > Limits.SILENCE.toNanos()) {
        die(peer);
      } else if (peer.tied()) {
        beat(peer);
      }
    }
    if (!peers.isEmpty() && !closed && ticker == null) {
      schedule();
    }
  }

  private void die(Peer peer) {
    Failure why =
        new Failure(
            Stage.OWNER,
            FailureKind.LOST,
            "no sign of life from " + peer.inbox + " for " + Limits.SILENCE.toMillis() + " ms");
    for (BusWriteStream<?> stream : List.copyOf(peer.producing.values())) {
      stream.lost(why);
    }
    for (BusReadStream<?> stream : List.copyOf(peer.consuming.values())) {
      stream.fail(why);
    }
    for (Runnable watcher : List.copyOf(peer.watchers.values())) {
      watcher.run();
    }
    peer.watchers.clear();
    loosen(peer);
    peers.remove(peer.inbox, peer);
  }
}
