package io.voicebus.bus;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/** Accepts or refuses the links that others open to an inbox. */
final class LinkAcceptor {
  private final Inbox inbox;
  private final Peers peers;
  private final StreamTraffic traffic;
  private final Endings endings;

  /** By the class of the head. */
  private final Map<Class<?>, BiConsumer<Message, Link>> handlers = new HashMap<>();

  private IntSupplier room = () -> 0;

  LinkAcceptor(Inbox inbox, Peers peers, StreamTraffic traffic, Endings endings) {
    this.inbox = inbox;
    this.peers = peers;
    this.traffic = traffic;
    this.endings = endings;
  }

  /** Sets the handler of links that begin with such a head. */
  void on(Class<?> head, BiConsumer<Message, Link> handler) {
    handlers.put(head, handler);
  }

  /** How many more links the instance takes. */
  void room(IntSupplier currentRoom) {
    room = currentRoom;
  }

  /** The answer to an open. */
  Packet receive(StreamPacket.Open open) {
    BiConsumer<Message, Link> handler = handlers.get(open.head().getClass());
    if (handler == null) {
      return refuse(open, unknown(open.head()));
    }
    peers.heard(open.from());
    BusReadStream known = traffic.consuming(open, open.stream());
    if (known != null) {
      // The answer may have been lost, or the open came twice: the stream is the same.
      return opened(open, known);
    }
    if (endings.contains(open.from(), open.stream())) {
      return refuse(open, endings.why(open.from(), open.stream()));
    }
    Peer peer = peers.tie(open.from());
    BusReadStream in = new BusReadStream(inbox, peer, open.stream());
    peer.consuming.put(open.stream(), in);
    try {
      accept(open, peer, in, handler);
    } catch (RuntimeException e) {
      inbox.log(e);
      in.refuse(Failure.of(Stage.OWNER, e));
      BusWriteStream out = peer.producing.get(Inbox.back(open.stream()));
      if (out != null) {
        out.closeWithPeer();
      }
    }
    Failure cut = in.cut();
    return cut == null ? opened(open, in) : refuse(open, cut);
  }

  private static Failure unknown(Message head) {
    return head instanceof Unknown
        ? new Failure(
            Stage.OWNER,
            FailureKind.UNAVAILABLE,
            "this node does not know this type of link: update it")
        : new Failure(Stage.OWNER, FailureKind.INVALID_REQUEST, "not served at this address");
  }

  private void accept(
      StreamPacket.Open open, Peer peer, BusReadStream in, BiConsumer<Message, Link> handler) {
    BusWriteStream out = new BusWriteStream(inbox, peer, Inbox.back(open.stream()), 0);
    out.awaitConfirmation();
    inbox.add(peer, out);
    handler.accept(open.head(), new Link(in, out, false, 0));
  }

  private Packet opened(StreamPacket.Open open, BusReadStream in) {
    return new StreamPacket.Opened(inbox.address(), open.stream(), in.granted(), room.getAsInt());
  }

  Packet refuse(StreamPacket.Open open, Failure why) {
    return new StreamPacket.Refused(inbox.address(), open.stream(), why);
  }
}
