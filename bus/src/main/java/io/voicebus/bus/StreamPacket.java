package io.voicebus.bus;

import java.util.List;

/**
 * The protocol of the bus streams. A stream is known by its producer's inbox and the number that
 * the producer gave it; numbers are never used again.
 */
public sealed interface StreamPacket extends Packet {

  /**
   * To a queue address or an inbox: asks for a link, whose stream back has the number {@code -1 -
   * stream}. Answered by one of the next two.
   */
  record Open(String from, long stream, Message head) implements StreamPacket {}

  /**
   * Consumer's answer: accepted.
   *
   * @param limit the first credit, in bytes from the stream's beginning
   * @param room how many more the instance takes; 0 for none, or when it does not say
   */
  record Opened(String from, long stream, long limit, int room) implements StreamPacket {
    /** Of an instance that does not say how much room it has. */
    public Opened(String from, long stream, long limit) {
      this(from, stream, limit, 0);
    }
  }

  /** Opener of a link, to the instance that it has chosen: go on. */
  record Confirm(String from, long stream) implements StreamPacket {}

  /** Consumer's answer: not accepted, and why. */
  record Refused(String from, long stream, Failure failure) implements StreamPacket {}

  /**
   * Producer: an item.
   *
   * @param epoch of the producer's count {@code total}
   * @param sequence per stream, from 0, no gaps
   * @param total bytes sent from this inbox to the other, this item included
   * @param weight what the item cost of the credits, as its sender reckons
   */
  record Data(
      String from, long stream, long epoch, long sequence, long total, Message item, int weight)
      implements StreamPacket {}

  /** Producer: no more; {@code sequence} items were sent. Repeated until {@link Closed}. */
  record End(String from, long stream, long sequence) implements StreamPacket {}

  /** Producer: given up. Repeated until {@link Closed}. */
  record Fail(String from, long stream, Failure failure) implements StreamPacket {}

  /** Consumer: the end has been received. */
  record Closed(String from, long stream) implements StreamPacket {}

  /** Consumer: send no more of this. Also the answer to data of a stream that is not known. */
  record Cancel(String from, long stream, Failure failure) implements StreamPacket {}

  /** Consumer: the stream may have sent up to this many bytes from its beginning. */
  record Credit(String from, long stream, long limit) implements StreamPacket {}

  /** Consumer: all streams together may have sent up to this many bytes within the epoch. */
  record PeerCredit(String from, long epoch, long limit) implements StreamPacket {}

  /**
   * Both, per pair of inboxes: alive, and in brief what a lost message may have told.
   *
   * @param epoch of {@code total}
   * @param total bytes sent to the receiver within the epoch
   * @param peerEpoch the receiver's epoch that {@code peerLimit} is about; 0 when none is known
   * @param peerLimit the receiver's credit
   * @param producing streams from the sender of this, with the number of items sent
   * @param consuming streams to the sender of this, with their credit
   */
  record Heartbeat(
      String from,
      long epoch,
      long total,
      long peerEpoch,
      long peerLimit,
      List<Brief> producing,
      List<Brief> consuming)
      implements StreamPacket {
    public Heartbeat {
      producing = List.copyOf(producing);
      consuming = List.copyOf(consuming);
    }
  }

  /**
   * Never sent: what stands for a packet that this node cannot read. If it was a question, its
   * sender is told so; otherwise it counts as lost.
   */
  record Unreadable(Failure why) implements StreamPacket {
    @Override
    public String from() {
      return "";
    }
  }

  /** A stream in brief: items sent, or credit in bytes. */
  record Brief(long stream, long value) {}
}
