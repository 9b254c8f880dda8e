package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionWatchTest {
  private static final long MS = 1_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  /** What the clock says, one after another; the last one for ever. */
  private final Queue<Long> readings = new ArrayDeque<>();

  private final Promise<Void> closed = Promise.promise();

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aServerThatStoodStillReadsWhatAConnectionSaidMeanwhileBeforeItClosesIt() throws Exception {
    // given: it is opened at 0, the server stands still for a minute, and is in time after that
    readings.addAll(List.of(0L, 60_000 * MS, 60_000 * MS, 60_100 * MS));
    Clock clock = () -> readings.size() > 1 ? readings.remove() : readings.element();
    ConnectionWatch watch =
        new ConnectionWatch(
            vertx,
            clock,
            DoorSettings.from(new Settings("http", new JsonObject().put("request-ms", 100)), 10),
            new AtomicInteger());
    // when
    context.runOnContext(ignored -> watch.opened(connection()));
    // then
    closed.future().await(10, TimeUnit.SECONDS);
    assertThat(readings).hasSize(1);
  }

  private HttpConnection connection() {
    return (HttpConnection)
        Proxy.newProxyInstance(
            HttpConnection.class.getClassLoader(),
            new Class<?>[] {HttpConnection.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "close" -> closed.complete();
                case "hashCode" -> {
                  return 1;
                }
                case "equals" -> {
                  return self == arguments[0];
                }
                default -> {}
              }
              return null;
            });
  }
}
