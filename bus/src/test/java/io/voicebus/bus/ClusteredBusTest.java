package io.voicebus.bus;

import static io.voicebus.bus.VertxStreams.await;
import static io.voicebus.bus.VertxStreams.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over the real clustered event bus: one JVM with two nodes, and a second JVM that is killed. */
class ClusteredBusTest {
  /** The limit, and what a busy machine may add. */
  private static final Duration KNOWN_DEAD = Duration.ofMillis(2500);

  @RegisterExtension static final TwoNodes NODES = new TwoNodes();

  @Test
  void thousandsOfFramesGoBothWaysInOrderWithPauses() {
    VertxBus server = await(VertxStreams.serve(NODES.right()));
    List<Future<Integer>> trips = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Inbox inbox = await(VertxBus.register(NODES.left(), Clock.system(), "client")).inbox();
      trips.add(on(inbox, () -> VertxStreams.roundTrip(inbox, VertxStreams.QUEUE, 3000)));
    }
    assertThat(trips).allSatisfy(trip -> assertThat(await(trip)).isEqualTo(3000));
    await(server.close());
  }

  @Test
  void whatIsOnlyForTheSameProcessIsRefusedFromAnotherNodeWhateverItNames() {
    // given
    VertxBus server = await(VertxBus.register(NODES.right(), Clock.system(), "playback"));
    server.inbox().onLink(Hello.class, (head, link) -> {});
    VertxBus far = await(VertxBus.register(NODES.left(), Clock.system(), "owner"));
    VertxBus near = await(VertxBus.register(NODES.right(), Clock.system(), "owner"));
    // then
    Hello local = new Hello("local");
    assertThatThrownBy(() -> await(link(far, server, local)))
        .rootCause()
        .hasMessageContaining("same process");
    assertThat(await(link(near, server, local)).isAlive()).isTrue();
    await(Future.all(server.close(), far.close(), near.close()));
  }

  private static Future<Link> link(VertxBus from, VertxBus to, Message head) {
    return on(
        from.inbox(), () -> from.inbox().linkTo(to.inbox().address(), head, Duration.ofSeconds(5)));
  }

  @Test
  void aNodeThatIsClosedWithoutAWordIsKnownDead() {
    Vertx third = await(NODES.third());
    VertxBus server = await(VertxStreams.reader(third, "voicebus.third"));
    VertxBus client = await(VertxBus.register(NODES.left(), Clock.system(), "client"));
    Promise<Long> died = Promise.promise();
    flow(client.inbox(), "voicebus.third", died);
    long[] closedAt = {System.nanoTime()};
    Future<Void> closed = third.close();
    assertThat(Duration.ofNanos(await(died.future()) - closedAt[0])).isLessThan(KNOWN_DEAD);
    await(closed);
    assertThat(server.inbox().address()).isNotEmpty();
    await(idle(client));
  }

  @Test
  void anotherJvmThatIsKilledIsKnownDead() throws IOException {
    Process process = RemoteNode.launch("voicebus.remote", NODES.fourthPort(), NODES.ports());
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      assertThat(out.readLine()).isEqualTo("serving");
      VertxBus client = await(VertxBus.register(NODES.left(), Clock.system(), "client"));
      Promise<Long> died = Promise.promise();
      flow(client.inbox(), "voicebus.remote", died);
      long killedAt = System.nanoTime();
      process.destroyForcibly();
      assertThat(Duration.ofNanos(await(died.future()) - killedAt)).isLessThan(KNOWN_DEAD);
      await(idle(client));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatCannotBeReadIsRefusedAtOnceAndHarmsNoOtherStream() {
    // given
    VertxBus server = await(VertxStreams.serve(NODES.left()));
    Vertx rogue = NODES.right();
    rogue.eventBus().registerCodec(new Garbage());
    VertxBus client = await(VertxBus.register(NODES.right(), Clock.system(), "client"));
    Inbox inbox = client.inbox();
    Future<Integer> trip =
        on(inbox, () -> VertxStreams.roundTrip(inbox, server.inbox().address(), 3000));
    DeliveryOptions garbage = new DeliveryOptions().setCodecName(Garbage.NAME);
    // when
    for (int i = 0; i < 100; i++) {
      rogue.eventBus().send(server.inbox().address(), "nonsense", garbage);
    }
    Future<Object> asked =
        rogue
            .eventBus()
            .request(server.inbox().address(), "nonsense", garbage)
            .map(answer -> answer.body());
    // then
    assertThat(await(asked)).isInstanceOf(StreamPacket.Refused.class);
    assertThat(await(trip)).isEqualTo(3000);
    await(server.close());
  }

  /** Frames without end, until the link fails; returns once they flow. */
  private static void flow(Inbox inbox, String to, Promise<Long> died) {
    Promise<Void> flowing = Promise.promise();
    inbox.execute(
        () ->
            inbox
                .link(to, Pair.head(0), Pair.PATIENCE)
                .onFailure(flowing::tryFail)
                .onSuccess(
                    link -> {
                      Pair.listen(link);
                      link.onFailure(why -> died.tryComplete(System.nanoTime()));
                      link.out().drainHandler(v -> fill(link.out(), flowing));
                      fill(link.out(), flowing);
                    }));
    await(flowing.future());
  }

  private static void fill(BusWriteStream stream, Promise<Void> flowing) {
    int[] written = {0};
    while (stream.isOpen() && !stream.writeQueueFull()) {
      stream.write(Pair.item(written[0]++, VertxStreams.FRAME_BYTES));
    }
    flowing.tryComplete();
  }

  private static Future<Void> idle(VertxBus bus) {
    return on(
        bus.inbox(),
        () -> bus.inbox().idle() ? Future.succeededFuture() : Future.failedFuture("not idle"));
  }

  @Test
  void anOpenThatNobodyServesInTheClusterFailsWhenThePatienceIsOver() {
    VertxBus client = await(VertxBus.register(NODES.left(), Clock.system(), "client"));
    Future<Link> opened =
        on(
            client.inbox(),
            () -> client.inbox().link("voicebus.nobody", Pair.head(0), Duration.ofMillis(500)));
    assertThatThrownBy(() -> await(opened)).hasRootCauseInstanceOf(VoicebusException.class);
  }

  /** Claims to be the packets' codec on its way out, and sends nonsense. */
  private static final class Garbage implements MessageCodec<String, String> {
    static final String NAME = "garbage";

    @Override
    public void encodeToWire(Buffer buffer, String text) {
      buffer.appendInt(text.length()).appendString(text);
    }

    @Override
    public String decodeFromWire(int position, Buffer buffer) {
      throw new IllegalStateException("never read");
    }

    @Override
    public String transform(String text) {
      return text;
    }

    /** Asked first when registered, and then when a message is written. */
    @Override
    public String name() {
      return StackWalker.getInstance()
              .walk(frames -> frames.anyMatch(f -> f.getMethodName().equals("encodeToWire")))
          ? PacketCodec.NAME
          : NAME;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
