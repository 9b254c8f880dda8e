package io.voicebus.emulators;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private int portOfNobody() {
    NetServer server = vertx.createNetServer().connectHandler(NetSocket::close);
    server.listen(0, "127.0.0.1").await();
    int port = server.actualPort();
    server.close().await();
    return port;
  }

  @Test
  void aClientWhoseServiceCannotBeReachedIsNotLeftWaiting() throws Exception {
    // given
    Relay proxy = Relay.proxy(vertx, portOfNobody()).await();
    Promise<Void> closed = Promise.promise();
    // when
    Future<NetSocket> client =
        vertx
            .createNetClient()
            .connect(proxy.port(), "127.0.0.1")
            .onSuccess(
                socket -> {
                  socket.closeHandler(closed::complete);
                  socket.write("CONNECT service:443 HTTP/1.1\r\n\r\n");
                });
    // then
    assertThat(client.await().remoteAddress()).isNotNull();
    closed.future().toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }
}
