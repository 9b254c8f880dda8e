package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A producer and a consumer on a virtual bus without faults, and what goes over the wire. */
final class Pair {
  static final String QUEUE = "queue";
  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final Failure WHY = new Failure(Stage.TEXT, FailureKind.CANCELLED, "changed mind");

  final VirtualBus bus = new VirtualBus(1);
  final VirtualBus.Node producer = bus.node("producer");
  final VirtualBus.Node consumer = bus.node("consumer");
  final List<Packet> wire = new ArrayList<>();
  final List<Trace.Reader> readers = new ArrayList<>();
  Consumer<Link> onLink = link -> {};

  Pair() {
    bus.serve(QUEUE, consumer);
    bus.tap((to, packet) -> wire.add(packet));
    accept(consumer);
  }

  void accept(VirtualBus.Node node) {
    node.inbox()
        .onLink(
            Hello.class,
            (head, link) -> {
              readers.add(new Trace.Reader(node, link));
              onLink.accept(link);
            });
  }

  static Hello head(int index) {
    return new Hello(Trace.name(index));
  }

  static Piece item(int index, int bytes) {
    return new Piece(index, new byte[bytes]);
  }

  /** What the producer says in a link that has just been opened. */
  BusWriteStream open() {
    return link().out();
  }

  /** A link that has just been opened, in which only the producer speaks. */
  Link link() {
    return link(QUEUE);
  }

  Link link(String to) {
    List<Link> opened = new ArrayList<>();
    ask(to).onSuccess(opened::add);
    assertThat(bus.until(() -> !opened.isEmpty(), Duration.ofSeconds(2))).isNotNull();
    return opened.get(0);
  }

  /** Opens a link, and does not wait. */
  Future<Link> ask(String to) {
    return producer.inbox().link(to, head(readers.size()), PATIENCE).onSuccess(Pair::listen);
  }

  /** Of the other side nothing is expected but its end. */
  static void listen(Link link) {
    link.in().handler(ignored -> {}).endHandler(ignored -> {});
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
