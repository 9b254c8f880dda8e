package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Packet;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener's socket is spared between its close and the call that tells of it. */
class SocketResponseTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpSettings settings = HttpSettings.from(new JsonObject());
  private final List<String> written = new ArrayList<>();
  private final Bus bus = new SilentBus();
  private final Inbox inbox = new Inbox("owner", bus);
  private boolean closed;
  private Handler<@Nullable Void> closeHandler = ignored -> {};
  private Handler<@Nullable Void> drainHandler = ignored -> {};
  private Consumer<TurnEvent> turn = ignored -> {};

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void neitherWritesNorAsksOnceTheSocketIsClosedAndCancelsTheTurnWhenTold() {
    // given
    TurnSession session = session();
    SocketResponse response =
        new SocketResponse(
            vertx,
            settings,
            Clock.system(),
            new ConnectionWatch(vertx, Clock.system(), settings.door(), new AtomicInteger()),
            new TurnDirectory(
                inbox,
                new TurnSessions(
                    inbox,
                    settings,
                    new HttpShared(settings, bus, false, MemoryBudget.unlimited())),
                settings),
            session.id(),
            proxy(HttpConnection.class));
    TurnListen wanted = new TurnListen(session.id(), TurnListen.NEW, true, true, 0);
    response.begin(proxy(ServerWebSocket.class), new OwnConnection(session, wanted, response));
    response.audio(0, new byte[2]);
    turn.accept(new TurnEvent.Text("before"));
    assertThat(written).containsExactly("writeBinaryMessage", "writeTextMessage");
    // when
    closed = true;
    // then
    assertThatCode(
            () -> {
              response.audio(0, new byte[2]);
              turn.accept(new TurnEvent.Text("after"));
              drainHandler.handle(null);
            })
        .doesNotThrowAnyException();
    assertThat(written).hasSize(2);
    assertThat(session.ended()).isNull();
    // when
    closeHandler.handle(null);
    // then
    TurnEvent.Ended ended = session.ended();
    assertThat(ended).isNotNull();
    assertThat(ended.outcome()).isEqualTo(TurnEvent.Outcome.CANCELLED);
  }

  private TurnSession session() {
    TurnOwner owner = new TurnOwner(inbox, OwnerLimits.DEFAULTS);
    return new TurnSession(
        new EventLog(1024, 0),
        false,
        new PauseLimit(inbox, settings.pause()),
        events -> {
          turn = events;
          return owner.start(TurnRequest.toCaller("hello", TurnOptions.DEFAULTS), events);
        });
  }

  /** Does nothing but what a socket does that may be closed: then it can be written to in vain. */
  private <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::call));
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object call(Object self, Method method, Object @Nullable [] arguments) {
    Object first = arguments == null ? self : arguments[0];
    String name = method.getName();
    if (name.equals("isClosed")) {
      return closed;
    }
    if (name.equals("closeStatusCode")) {
      return (short) 1001;
    }
    if (name.equals("hashCode")) {
      return 1;
    }
    if (name.equals("writeQueueFull")) {
      if (closed) {
        throw new IllegalStateException("WebSocket is closed");
      }
      return false;
    }
    if (name.startsWith("write")) {
      written.add(name);
      return Future.succeededFuture();
    }
    if (name.equals("closeHandler")) {
      closeHandler = (Handler<@Nullable Void>) first;
    } else if (name.equals("drainHandler")) {
      drainHandler = (Handler<@Nullable Void>) first;
    }
    return method.getReturnType().isInstance(self) ? self : null;
  }

  /** Nobody is there, and nothing ever happens. */
  private static final class SilentBus implements Bus {
    @Override
    public void send(String to, Packet packet) {}

    @Override
    public void publish(String address, Packet packet) {}

    @Override
    public Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local) {
      return Promise.<Packet>promise().future();
    }

    @Override
    public Timer after(long nanos, Runnable task) {
      return () -> {};
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }
}
