package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireFormatTest {
  private static final List<Class<?>> PACKETS = EveryType.of(Packet.class);
  private static final List<Class<?>> MESSAGES = EveryType.of(Message.class);
  private static final int OPENED = number(StreamPacket.Opened.class);
  private static final int REFUSED = number(StreamPacket.Refused.class);

  private final Random random = new Random(42);

  @Test
  void everyPacketAndMessageComesBackAsItWas() {
    EveryType.comesBack(random);
  }

  private static void assertComesBack(Packet packet) {
    EveryType.assertComesBack(packet);
  }

  @Test
  void nestedLengthsOfAllSizesComeBack() {
    for (int size = 0; size < 40_000; size += size < 300 || Math.abs(size - 16_384) < 40 ? 1 : 17) {
      StreamPacket.Data data =
          new StreamPacket.Data("f", 1, 1, 1, 1, new Piece(size, new byte[size]), 1);
      Packet decoded = WireFormat.decode(WireFormat.encode(data));
      assertThat(((Piece) ((StreamPacket.Data) decoded).item()).pcm()).hasSize(size);
    }
    // Longer than its weight says: the guess at its length was too small.
    String text = "漢".repeat(4096);
    assertComesBack(new StreamPacket.Data("f", 1, 1, 1, 1, new Note(text), 1));
    assertComesBack(
        new StreamPacket.Refused("f", 1, new Failure(Stage.TEXT, FailureKind.QUOTA, text)));
  }

  @Test
  void fieldsThatANewerNodeAddedAreSkipped() {
    // given
    WireWriter out = start(REFUSED);
    out.string(1, "from");
    out.varint(17, 99);
    int failure = out.begin(3, 0);
    out.varint(1, 3);
    out.string(9, "new");
    out.string(3, "why");
    out.end(failure, 0);
    out.bytes(18, new byte[1000]);
    out.signed(2, 5);
    // when
    Packet packet = WireFormat.decode(out.toByteArray());
    // then
    assertThat(packet)
        .isEqualTo(
            new StreamPacket.Refused(
                "from", 5, new Failure(Stage.SPEECH, FailureKind.INTERNAL, "why")));
  }

  @Test
  void fieldsThatAnOlderNodeDoesNotSendAreEmpty() {
    assertThat(WireFormat.decode(start(OPENED).toByteArray()))
        .isEqualTo(new StreamPacket.Opened("", 0, 0));
    assertThat(WireFormat.decode(start(REFUSED).toByteArray()))
        .isEqualTo(
            new StreamPacket.Refused("", 0, new Failure(Stage.OWNER, FailureKind.INTERNAL, "")));
  }

  @Test
  void constantsThatANodeDoesNotKnowBecomeTheFirst() {
    WireWriter out = start(REFUSED);
    int failure = out.begin(3, 0);
    out.varint(1, 77);
    out.varint(2, -1);
    out.end(failure, 0);
    StreamPacket.Refused refused = (StreamPacket.Refused) WireFormat.decode(out.toByteArray());
    assertThat(refused.failure().stage()).isEqualTo(Stage.OWNER);
    assertThat(refused.failure().kind()).isEqualTo(FailureKind.INTERNAL);
  }

  @Test
  void aNewerVersionOrTypeIsAClearError() {
    byte[] bytes = WireFormat.encode(new StreamPacket.Opened("from", 1, 2));
    bytes[0] = 2;
    assertThatThrownBy(() -> WireFormat.decode(bytes))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("wire format 2, this node speaks 1");
    assertThatThrownBy(() -> WireFormat.decode(start(4000).toByteArray()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("newer node's message, type 4000");
  }

  @Test
  void anItemOfAnUnknownTypeStandsForItselfWithItsWeight() {
    // given
    WireWriter out = start(number(StreamPacket.Data.class));
    out.string(1, "from");
    int item = out.begin(6, 0);
    out.varint(4000);
    out.string(1, "of the future");
    out.end(item, 0);
    out.signed(7, 345);
    // when
    StreamPacket.Data data = (StreamPacket.Data) WireFormat.decode(out.toByteArray());
    // then
    assertThat(data.item()).isEqualTo(new Unknown(4000));
    assertThat(data.weight()).isEqualTo(345);
  }

  @Test
  void whatIsInTheWrongPlaceIsRefusedHoweverDeepItIsNested() {
    int frame = number(Piece.class);
    assertThatThrownBy(() -> WireFormat.decode(start(frame).toByteArray()))
        .isInstanceOf(UncheckedIOException.class);
    WireWriter out = new WireWriter(16);
    out.rawByte(WireFormat.VERSION);
    int[] marks = new int[20_000];
    for (int i = 0; i < marks.length; i++) {
      out.varint(0); // an Open within an Open
      marks[i] = out.begin(3, 1 << 20);
    }
    for (int i = marks.length - 1; i >= 0; i--) {
      out.end(marks[i], 1 << 20);
    }
    assertThatThrownBy(() -> WireFormat.decode(out.toByteArray()))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void loneSurrogatesDoNotStopAMessage() {
    Packet decoded =
        WireFormat.decode(
            WireFormat.encode(new StreamPacket.Data("f", 1, 1, 1, 1, new Note("a\ud83d b"), 1)));
    assertThat(((StreamPacket.Data) decoded).item()).isEqualTo(new Note("a? b"));
  }

  @Test
  void garbageThrowsNothingElseAndAllocatesLittle() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int seed = 0; seed < 10_000; seed++) {
      byte[] bytes = garbage(new Random(seed));
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        WireFormat.decode(bytes);
      } catch (UncheckedIOException documented) {
        // As it should.
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("bytes allocated, seed %d", seed).isLessThan(1 << 20);
    }
  }

  private byte[] garbage(Random random) {
    if (random.nextInt(4) == 0) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = WireFormat.VERSION;
        bytes[1] = (byte) random.nextInt(300);
      }
      return bytes;
    }
    Class<?> type = PACKETS.get(random.nextInt(PACKETS.size()));
    byte[] bytes = WireFormat.encode((Packet) new AnyRecord(random, MESSAGES).any(type));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(Math.min(bytes.length, 100))] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  @Test
  void theBusCodecReplacesWhatCannotBeReadOrWritten() {
    // given
    PacketCodec codec = new PacketCodec();
    Buffer garbage = Buffer.buffer().appendInt(Integer.MAX_VALUE).appendString("garbage");
    Buffer unsendable = Buffer.buffer("before");
    // when
    codec.encodeToWire(
        unsendable,
        new StreamPacket.Unreadable(new Failure(Stage.OWNER, FailureKind.INTERNAL, "")));
    // then
    assertThat(codec.decodeFromWire(0, garbage)).isInstanceOf(StreamPacket.Unreadable.class);
    assertThat(codec.decodeFromWire(6, unsendable)).isInstanceOf(StreamPacket.Unreadable.class);
    assertThat(unsendable.length()).isEqualTo(10);
  }

  @Test
  void whatIsOnlyForTheSameProcessDoesNotComeFromElsewhere() {
    PacketCodec codec = new PacketCodec();
    for (String name : List.of("anybody", "local")) {
      Packet open = new StreamPacket.Open("owner", 1, new Hello(name));
      Buffer wire = Buffer.buffer();
      codec.encodeToWire(wire, open);
      // then
      assertThat(codec.transform(open)).isSameAs(open);
      assertThat(codec.decodeFromWire(0, wire))
          .isEqualTo(
              name.equals("local")
                  ? new StreamPacket.Unreadable(
                      Objects.requireNonNull(new Hello(name).refusedFromElsewhere()))
                  : open);
    }
  }

  private static WireWriter start(int type) {
    WireWriter out = new WireWriter(1);
    out.rawByte(WireFormat.VERSION);
    out.varint(type);
    return out;
  }

  private static int number(Class<?> type) {
    return Objects.requireNonNull(WireFormat.types().get(type));
  }
}
