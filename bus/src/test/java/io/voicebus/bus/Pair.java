package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A producer and a consumer on a virtual bus without faults, and what goes over the wire. */
final class Pair {
  static final String QUEUE = "queue";
  static final Failure WHY = new Failure(Stage.TEXT, FailureKind.CANCELLED, "changed mind");

  final VirtualBus bus = new VirtualBus(1);
  final VirtualBus.Node producer = bus.node("producer");
  final VirtualBus.Node consumer = bus.node("consumer");
  final List<Packet> wire = new ArrayList<>();
  final List<Trace.Reader> readers = new ArrayList<>();
  Consumer<BusReadStream<Piece>> onOpen = stream -> {};

  Pair() {
    bus.serve(QUEUE, consumer);
    bus.tap((to, packet) -> wire.add(packet));
    accept(consumer);
  }

  void accept(VirtualBus.Node node) {
    node.inbox()
        .<Hello, Piece>onOpen(
            Hello.class,
            (head, stream) -> {
              readers.add(new Trace.Reader(node, stream));
              onOpen.accept(stream);
            });
  }

  static Hello head(int index) {
    return new Hello(Trace.name(index));
  }

  static Piece item(int index, int bytes) {
    return new Piece(index, new byte[bytes]);
  }

  /** A stream that has just been opened. */
  BusWriteStream<Piece> open() {
    return open(QUEUE);
  }

  BusWriteStream<Piece> open(String to) {
    List<BusWriteStream<Piece>> opened = new ArrayList<>();
    producer.inbox().<Piece>open(to, head(readers.size())).onSuccess(opened::add);
    assertThat(bus.until(() -> !opened.isEmpty(), Duration.ofSeconds(2))).isNotNull();
    return opened.get(0);
  }

  Trace.Reader reader() {
    return readers.get(readers.size() - 1);
  }

  void run(int ms) {
    bus.run(Duration.ofMillis(ms));
  }

  boolean idle() {
    return (!producer.alive() || producer.inbox().idle())
        && (!consumer.alive() || consumer.inbox().idle());
  }

  <P extends Packet> List<P> sent(Class<P> type) {
    return wire.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static FailureKind kind(@Nullable Failure failure) {
    assertThat(failure).as("failure").isNotNull();
    return failure == null ? FailureKind.INTERNAL : failure.kind();
  }

  static FailureKind kind(Throwable thrown) {
    assertThat(thrown).isInstanceOf(VoicebusException.class);
    return Failure.of(Stage.OWNER, thrown).kind();
  }
}
