package io.voicebus.bus;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an inbox does with the packets of the bus streams. NOT thread safe. */
final class StreamTraffic {
  private final Inbox inbox;
  private final Peers peers;
  private final Endings endings;
  private final Map<Long, Opening> opening;
  private final Map<Class<?>, Consumer<Packet>> handlers = new HashMap<>();

  /** Of this inbox, which shares its maps. */
  StreamTraffic(Inbox inbox, Peers peers, Endings endings, Map<Long, Opening> opening) {
    this.inbox = inbox;
    this.peers = peers;
    this.endings = endings;
    this.opening = opening;
    on(StreamPacket.End.class, this::onEnd);
    on(StreamPacket.Fail.class, this::onFail);
    on(StreamPacket.Closed.class, this::onClosed);
    on(StreamPacket.Cancel.class, this::onCancel);
    on(StreamPacket.Credit.class, this::onCredit);
    on(StreamPacket.PeerCredit.class, this::onPeerCredit);
    on(StreamPacket.Heartbeat.class, this::onHeartbeat);
    on(StreamPacket.Confirm.class, this::onConfirm);
  }

  void receive(StreamPacket packet) {
    // The short way for what is most of the traffic.
    if (packet instanceof StreamPacket.Data data) {
      onData(data);
    } else {
      Consumer<Packet> handler = handlers.get(packet.getClass());
      if (handler != null) {
        handler.accept(packet);
      }
    }
  }

  private <P extends StreamPacket> void on(Class<P> type, Consumer<P> handler) {
    handlers.put(type, packet -> handler.accept(type.cast(packet)));
  }

  /** The stream from the packet's sender, if it is known. */
  @Nullable BusReadStream consuming(StreamPacket packet, long stream) {
    Peer peer = peers.get(packet.from());
    return peer == null ? null : peer.consuming.get(stream);
  }

  private @Nullable BusWriteStream producing(StreamPacket packet, long stream) {
    Peer peer = peers.get(packet.from());
    return peer == null ? null : peer.producing.get(stream);
  }

  private void onData(StreamPacket.Data data) {
    Peer peer = peers.get(data.from());
    if (peer != null && peer.received(data.epoch(), data.total())) {
      inbox.send(
          data.from(), new StreamPacket.PeerCredit(inbox.address(), peer.peerEpoch, peer.granted));
    }
    BusReadStream stream = peer == null ? null : peer.consuming.get(data.stream());
    if (stream == null) {
      repeatEnding(data.from(), data.stream());
    } else {
      stream.data(data);
    }
  }

  private void repeatEnding(String producer, long stream) {
    inbox.send(producer, endings.answer(inbox.address(), producer, stream));
  }

  private void onEnd(StreamPacket.End end) {
    BusReadStream stream = consuming(end, end.stream());
    if (stream == null) {
      repeatEnding(end.from(), end.stream());
    } else if (stream.endReceived()) {
      inbox.send(end.from(), new StreamPacket.Closed(inbox.address(), end.stream()));
    } else {
      stream.sentSoFar(end.sequence(), true);
    }
  }

  private void onFail(StreamPacket.Fail fail) {
    BusReadStream stream = consuming(fail, fail.stream());
    inbox.send(fail.from(), new StreamPacket.Closed(inbox.address(), fail.stream()));
    if (stream != null) {
      stream.fail(fail.failure());
    }
  }

  private void onClosed(StreamPacket.Closed closedPacket) {
    BusWriteStream stream = producing(closedPacket, closedPacket.stream());
    if (stream != null) {
      stream.acknowledged();
    }
  }

  private void onCancel(StreamPacket.Cancel cancel) {
    BusWriteStream stream = producing(cancel, cancel.stream());
    if (stream != null) {
      stream.lost(cancel.failure());
    } else {
      Opening open = opening.get(cancel.stream());
      if (open != null) {
        open.cancelled(cancel);
      }
    }
  }

  private void onConfirm(StreamPacket.Confirm confirm) {
    BusReadStream stream = consuming(confirm, confirm.stream());
    if (stream == null) {
      repeatEnding(confirm.from(), confirm.stream());
    } else {
      stream.confirmed();
    }
  }

  private void onCredit(StreamPacket.Credit credit) {
    BusWriteStream stream = producing(credit, credit.stream());
    if (stream != null) {
      stream.credit(credit.limit());
    }
  }

  private void onPeerCredit(StreamPacket.PeerCredit credit) {
    Peer peer = peers.get(credit.from());
    if (peer != null) {
      peer.credit(credit.epoch(), credit.limit());
    }
  }

  private void onHeartbeat(StreamPacket.Heartbeat beat) {
    Peer peer = peers.get(beat.from());
    if (peer == null) {
      peers.answer(beat);
    } else {
      if (peer.received(beat.epoch(), beat.total())) {
        inbox.send(
            beat.from(),
            new StreamPacket.PeerCredit(inbox.address(), peer.peerEpoch, peer.granted));
      }
      peer.credit(beat.peerEpoch(), beat.peerLimit());
    }
    for (StreamPacket.Brief brief : beat.producing()) {
      BusReadStream stream = peer == null ? null : peer.consuming.get(brief.stream());
      if (stream == null) {
        if (!opening.containsKey(-1 - brief.stream())) {
          repeatEnding(beat.from(), brief.stream());
        }
      } else {
        stream.sentSoFar(brief.value(), false);
      }
    }
    for (StreamPacket.Brief brief : beat.consuming()) {
      BusWriteStream stream = peer == null ? null : peer.producing.get(brief.stream());
      if (stream != null) {
        stream.credit(brief.value());
      } else if (!opening.containsKey(brief.stream())) {
        inbox.send(
            beat.from(), new StreamPacket.Fail(inbox.address(), brief.stream(), Endings.unknown()));
      }
    }
  }
}
