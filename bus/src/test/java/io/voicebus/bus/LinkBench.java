package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two instances that serve one address, an opener in the JVM of the first, and what each hears. */
abstract class LinkBench {
  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final String QUEUE = "queue";
  static final Failure WHY = new Failure(Stage.TEXT, FailureKind.QUOTA, "enough");

  final VirtualBus bus = new VirtualBus(1);
  final List<Packet> wire = new ArrayList<>();
  final VirtualBus.Node opener = bus.node("opener", "here");
  final Side near = new Side(bus.node("near", "here"));
  final Side far = new Side(bus.node("far", "there"));
  final List<Message> heard = new ArrayList<>();
  final List<Failure> failures = new ArrayList<>();
  int ends;

  /** An instance that accepts links, and counts what happens on them. */
  static final class Side {
    final VirtualBus.Node node;
    final List<Link> links = new ArrayList<>();
    final List<Message> heard = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();
    int confirmed;
    int ends;
    @Nullable Failure refusal;

    Side(VirtualBus.Node node) {
      this.node = node;
      node.inbox()
          .onLink(
              Hello.class,
              (head, link) -> {
                if (refusal != null) {
                  throw refusal.toException();
                }
                links.add(link);
                link.in().handler(heard::add);
                link.in().endHandler(ended -> ends++);
                link.onFailure(failures::add);
                link.onConfirmed(() -> confirmed++);
              });
    }

    Link link() {
      return links.get(links.size() - 1);
    }
  }

  LinkBench() {
    bus.serve(QUEUE, near.node, far.node);
    bus.tap((to, packet) -> wire.add(packet));
  }

  final Future<Link> open() {
    return opener
        .inbox()
        .link(QUEUE, new Hello("hello"), PATIENCE)
        .onSuccess(
            link -> {
              link.in().handler(heard::add);
              link.in().endHandler(ended -> ends++);
              link.onFailure(failures::add);
            });
  }

  final Link opened() {
    Future<Link> link = open();
    run(20);
    return link.result();
  }

  final void run(int ms) {
    bus.run(Duration.ofMillis(ms));
  }

  final void assertNothingIsLeft() {
    for (VirtualBus.Node node : List.of(opener, near.node, far.node)) {
      assertThat(!node.alive() || node.inbox().idle()).as(node.name()).isTrue();
    }
  }
}
