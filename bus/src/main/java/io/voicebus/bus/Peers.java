package io.voicebus.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inboxes that an inbox has streams with, or watches: sends heartbeats to them, and declares
 * silent ones dead. NOT thread safe.
 */
final class Peers {
  private final Inbox inbox;
  private final Bus bus;
  private final Map<String, Peer> peers = new HashMap<>();

  private long epochs;
  private boolean closed;
  private Bus.@Nullable Timer ticker;
  private long tickDueAt;
  private boolean overslept;
  private Bus.@Nullable Timer deathTimer;
  private Runnable onThaw = () -> {};
  private boolean thawTold;

  Peers(Inbox inbox, Bus bus) {
    this.inbox = inbox;
    this.bus = bus;
  }

  @Nullable Peer get(String other) {
    return peers.get(other);
  }

  List<Peer> all() {
    return List.copyOf(peers.values());
  }

  boolean idle() {
    return peers.isEmpty() && ticker == null;
  }

  /** The peer, which the caller gives a stream or a watcher. */
  Peer tie(String other) {
    Peer peer = peers.computeIfAbsent(other, this::met);
    if (ticker == null && !closed) {
      overslept = false;
      schedule();
    }
    return peer;
  }

  private Peer met(String other) {
    Duration patience = bus.isWithin(other) ? Limits.SILENCE_WITHIN : Limits.SILENCE;
    return new Peer(other, ++epochs, bus.nanoTime(), patience);
  }

  /** Forgets the peer when nothing is going on with it any more. */
  void loosen(Peer peer) {
    if (!peer.tied()) {
      forget(peer);
    }
  }

  private void forget(Peer peer) {
    peers.remove(peer.inbox, peer);
    if (peers.isEmpty()) {
      stopTicking();
    }
  }

  void close() {
    closed = true;
    peers.clear();
    stopTicking();
  }

  private void stopTicking() {
    if (ticker != null) {
      ticker.cancel();
      ticker = null;
    }
    if (deathTimer != null) {
      deathTimer.cancel();
      deathTimer = null;
    }
  }

  /** The peer gave a sign of life. */
  void heard(String other) {
    Peer peer = peers.get(other);
    if (peer != null) {
      long now = bus.nanoTime();
      if (ticker != null) {
        lookForThaw(now);
      }
      peer.heardAt = now;
    }
  }

  /** Sets the task for a node that has stood still. */
  void onThaw(Runnable task) {
    onThaw = task;
  }

  /**
   * Runs {@link #onThaw} once if this node stood still for so long that others count it as dead.
   */
  private void lookForThaw(long now) {
    if (!thawTold && now - tickDueAt > Limits.SILENCE.toNanos()) {
      thawTold = true;
      inbox.guard(onThaw);
    }
  }

  /** Sends a heartbeat to an inbox that watches this one without being watched in turn. */
  void answer(StreamPacket.Heartbeat beat) {
    // Epoch 0 marks such an answer: it is not answered in turn, or two would never stop.
    if (beat.epoch() != 0) {
      beat(new Peer(beat.from(), 0, bus.nanoTime(), Limits.SILENCE));
    }
  }

  private void beat(Peer peer) {
    List<StreamPacket.Brief> producing = new ArrayList<>(peer.producing.size());
    for (BusWriteStream stream : peer.producing.values()) {
      if (stream.closing()) {
        stream.repeatTerminal();
      } else if (stream.isConfirmed()) {
        producing.add(new StreamPacket.Brief(stream.number(), stream.sequence()));
      }
    }
    List<StreamPacket.Brief> consuming = new ArrayList<>(peer.consuming.size());
    for (BusReadStream stream : peer.consuming.values()) {
      if (!stream.endReceived()) {
        consuming.add(new StreamPacket.Brief(stream.number(), stream.granted()));
      }
    }
    inbox.send(
        peer.inbox,
        new StreamPacket.Heartbeat(
            inbox.address(),
            peer.epoch,
            peer.sent,
            peer.peerEpoch,
            peer.granted,
            producing,
            consuming));
  }

  private void schedule() {
    tickDueAt = bus.nanoTime() + Limits.HEARTBEAT.toNanos();
    thawTold = false;
    ticker = bus.after(Limits.HEARTBEAT.toNanos(), this::tick);
  }

  private void tick() {
    ticker = null;
    long now = bus.nanoTime();
    long late = Math.max(0, now - tickDueAt);
    lookForThaw(now);
    boolean oversleptBefore = overslept;
    overslept = LateTimers.late(now, tickDueAt);
    if (overslept) {
      BusCounter.LATE_TICKS.count();
    }
    if (!peers.isEmpty()) {
      schedule();
    }
    for (Peer peer : all()) {
      if (overslept) {
        // This node was frozen or busy: packets of the others may still wait to be read.
        peer.heardAt = Math.min(now, peer.heardAt + late);
      }
      // One late tick declares nobody dead; a node that is always late must not spare the dead.
      boolean mayDeclare = !overslept || oversleptBefore;
      if (mayDeclare && peer.silent(now)) {
        die(peer);
      } else if (peer.tied()) {
        inbox.guard(() -> beat(peer));
      }
    }
    watchForDeath(now);
  }

  /** Looks for the dead just when the first of them counts as such, not only at the next tick. */
  private void watchForDeath(long now) {
    if (deathTimer != null) {
      deathTimer.cancel();
      deathTimer = null;
    }
    long first = now + Limits.HEARTBEAT.toNanos();
    boolean any = false;
    for (Peer peer : peers.values()) {
      long dies = peer.heardAt + peer.patienceNanos + 1;
      if (dies - first < 0) {
        first = dies;
        any = true;
      }
    }
    if (any) {
      long dueAt = Math.max(now, first);
      deathTimer = bus.after(dueAt - now, () -> lookForDead(dueAt));
    }
  }

  private void lookForDead(long dueAt) {
    deathTimer = null;
    long now = bus.nanoTime();
    if (LateTimers.late(now, dueAt)) {
      // The next tick is late, too, and grants all peers the time that this node stood still.
      return;
    }
    for (Peer peer : all()) {
      if (peer.silent(now)) {
        die(peer);
      }
    }
  }

  private void die(Peer peer) {
    BusCounter.PEERS_DIED.count();
    Failure why =
        new Failure(
            Stage.OWNER,
            FailureKind.LOST,
            "no sign of life from "
                + peer.inbox
                + " for "
                + peer.patienceNanos / 1_000_000
                + " ms");
    // The peer is forgotten first: a handler that opens something there begins again, with a new
    // peer.
    List<Runnable> watchers = List.copyOf(peer.watchers.values());
    peer.watchers.clear();
    forget(peer);
    peer.dead = true;
    for (BusWriteStream stream : List.copyOf(peer.producing.values())) {
      stream.lost(why);
    }
    for (BusReadStream stream : List.copyOf(peer.consuming.values())) {
      stream.fail(why);
    }
    for (Runnable watcher : watchers) {
      inbox.guard(watcher);
    }
  }
}
