package io.voicebus.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects one {@link Inbox} to the Vert.x event bus. Made on a context, and bound to it. */
public final class VertxBus implements Bus {
  private static final Logger LOG = LoggerFactory.getLogger(VertxBus.class);

  /** The interval at which a draining inbox is checked. */
  private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

  private final Vertx vertx;
  private final EventBus eventBus;
  private final Context context;
  private final Clock clock;
  private final Inbox inbox;
  private final DeliveryOptions options =
      new DeliveryOptions().setCodecName(PacketCodec.NAME).setTracingPolicy(TracingPolicy.IGNORE);
  private final List<MessageConsumer<Packet>> consumers = new ArrayList<>();

  /** The inboxes of this process. */
  private final LocalMap<String, String> within;

  /** Queue addresses; written before the context can stop serving. */
  private final Set<String> served = ConcurrentHashMap.newKeySet();

  private VertxBus(Vertx vertx, Clock clock, String role) {
    this.vertx = vertx;
    this.eventBus = vertx.eventBus();
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
    this.within = vertx.sharedData().getLocalMap("voicebus.inboxes");
    PacketCodec.register(eventBus);
    this.inbox = new Inbox(Inbox.newAddress(role), this);
  }

  /**
   * Registers an inbox on the current context; call it from a verticle's {@code start}.
   *
   * @param role becomes a part of the inbox's address, for people who read logs; the instance
   *     counts as one that serves this role, such as {@code chunker}
   * @return the connection, once the whole cluster can reach the inbox; fails in a cluster if not
   *     all types that are listed here can travel
   */
  public static Future<VertxBus> register(Vertx vertx, Clock clock, String role) {
    if (vertx.isClustered()) {
      try {
        WireFormat.check();
      } catch (IllegalStateException e) {
        return Future.failedFuture(e);
      }
    }
    VertxBus bus = new VertxBus(vertx, clock, role);
    bus.within.put(bus.inbox.address(), bus.inbox.address());
    bus.inbox.present(NodeName.of(vertx), role);
    return Future.join(bus.consume(bus.inbox.address()), bus.consume(NodePacket.ADDRESS)).map(bus);
  }

  public Inbox inbox() {
    return inbox;
  }

  /**
   * Accepts streams that are opened at a queue address, in turn with other instances that serve it.
   */
  public Future<Void> serve(String queue) {
    served.add(queue);
    return consume(queue);
  }

  /** Receives what is published at an address. */
  public Future<Void> listen(String address) {
    return consume(address);
  }

  private Future<Void> consume(String address) {
    // Wherever it is called: the consumer must live on the inbox's context.
    return onContext(
        () -> {
          MessageConsumer<Packet> consumer = eventBus.consumer(address, this::take);
          consumers.add(consumer);
          return consumer.completion();
        });
  }

  private Future<Void> onContext(Supplier<Future<Void>> task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(ignored -> task.get().onComplete(done));
    return done.future();
  }

  private void take(io.vertx.core.eventbus.Message<Packet> message) {
    Packet packet = message.body();
    if (packet instanceof StreamPacket.Open open) {
      message.reply(inbox.receiveOpen(open), options);
    } else if (packet instanceof StreamPacket.Unreadable unreadable) {
      // Goes nowhere unless it was a question.
      message.reply(new StreamPacket.Refused(inbox.address(), 0, unreadable.why()), options);
    } else {
      inbox.receive(packet);
    }
  }

  /** Accepts no more new streams from queue addresses; open ones continue. */
  public Future<Void> stopServing() {
    return onContext(() -> unregister(consumer -> served.contains(consumer.address())));
  }

  /**
   * Accepts no more new streams from queue addresses, and lets open ones end.
   *
   * @param patience for streams that do not end by themselves; zero waits for nothing
   * @return completes when all have ended, or the patience is over
   */
  public Future<Void> drain(Duration patience) {
    if (patience.isZero()) {
      return Future.succeededFuture();
    }
    Promise<Void> idle = Promise.promise();
    return stopServing()
        .eventually(
            () -> {
              awaitIdle(clock.nanoTime() + patience.toNanos(), idle);
              return idle.future();
            });
  }

  private void awaitIdle(long until, Promise<Void> idle) {
    if (inbox.idle() || clock.nanoTime() >= until) {
      idle.complete();
    } else {
      after(DRAIN_LOOK.toNanos(), () -> awaitIdle(until, idle));
    }
  }

  /** Ends all streams of the inbox, and unregisters it. */
  public Future<Void> close() {
    return onContext(
        () -> {
          inbox.close();
          within.remove(inbox.address());
          return unregister(consumer -> true);
        });
  }

  private Future<Void> unregister(Predicate<MessageConsumer<Packet>> which) {
    List<Future<Void>> gone = new ArrayList<>();
    for (MessageConsumer<Packet> consumer : List.copyOf(consumers)) {
      if (which.test(consumer)) {
        consumers.remove(consumer);
        gone.add(consumer.unregister());
      }
    }
    return Future.all(gone).mapEmpty();
  }

  @Override
  public void send(String to, Packet packet) {
    // A bus that is being closed throws; to a sender that awaits no answer this is a lost packet.
    try {
      eventBus.send(to, packet, options);
    } catch (RuntimeException e) {
      LOG.debug("not sent", e);
    }
  }

  @Override
  public void publish(String address, Packet packet) {
    try {
      eventBus.publish(address, packet, options);
    } catch (RuntimeException e) {
      LOG.debug("not published", e);
    }
  }

  @Override
  public Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local) {
    DeliveryOptions asking =
        new DeliveryOptions(options)
            .setSendTimeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)))
            .setLocalOnly(local);
    return request(address, question, asking)
        .transform(
            answer -> {
              if (answer.succeeded()) {
                return Future.succeededFuture(answer.result().body());
              }
              boolean timeout =
                  answer.cause() instanceof ReplyException reply
                      && reply.failureType() == ReplyFailure.TIMEOUT;
              return Future.failedFuture(
                  new VoicebusException(
                      Stage.OWNER,
                      timeout ? FailureKind.TIMEOUT : FailureKind.UNAVAILABLE,
                      "no answer at " + address));
            });
  }

  private Future<io.vertx.core.eventbus.Message<Packet>> request(
      String address, Packet question, DeliveryOptions asking) {
    try {
      return eventBus.request(address, question, asking);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public boolean isWithin(String other) {
    return within.containsKey(other);
  }

  @Override
  public Timer after(long nanos, Runnable task) {
    // Rounded up: a timer that fires early would look again and again.
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    long id = vertx.setTimer(millis, ignored -> task.run());
    return () -> vertx.cancelTimer(id);
  }

  @Override
  public void execute(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  @Override
  public Meters meters() {
    return Meters.of(vertx);
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }
}
