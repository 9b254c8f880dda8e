package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.voicebus.bus.LogLines;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("listens to the log")
class SpeechRequestTest {
  @RegisterExtension
  final LogLines log = LogLines.of("io.vertx.core.net.impl.ConnectionBase").from(Level.ERROR);

  private static final class Told implements SpeechRequest.Listener {
    final Promise<String> last = Promise.promise();

    @Override
    public void accepted(UnaryOperator<String> headers) {
      // not the last word
    }

    @Override
    public void piece(Buffer bytes) {
      // not the last word
    }

    @Override
    public void ended() {
      last.tryComplete("ended");
    }

    @Override
    public void refused(int status, UnaryOperator<String> headers, String body) {
      last.tryComplete("refused");
    }

    @Override
    public void unreachable(Throwable why) {
      last.tryComplete("unreachable");
    }

    @Override
    public void broken() {
      last.tryComplete("broken");
    }
  }

  @Test
  void whatBefallsAConnectionIsToldToWhoAsksOverItAndNotToTheLog() {
    // given
    Vertx vertx = Vertx.vertx();
    NetServer strange =
        ServiceStage.await(
            vertx
                .createNetServer()
                .connectHandler(
                    socket -> socket.handler(any -> socket.write("who is this?\r\n\r\n")))
                .listen(0, "127.0.0.1"));
    ServiceAddress address =
        ServiceAddress.parse("http://127.0.0.1:" + strange.actualPort()).orElseThrow();
    Told told = new Told();
    // when
    vertx.runOnContext(
        go ->
            new SpeechRequest(told)
                .begin(
                    SpeechRequest.client(
                        vertx,
                        new ServiceReach(
                            Outbound.read(new Settings("tts", new JsonObject())), address),
                        Duration.ofSeconds(5)),
                    new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(address.host())
                        .setPort(address.port())
                        .setURI("/"),
                    Buffer.buffer("{}")));
    String last = ServiceStage.await(told.last.future());
    ServiceStage.await(vertx.close());
    // then
    assertThat(last).isEqualTo("broken");
    assertThat(log.events()).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
  }

  /** It would take a minute, for which a process that stops waits, too. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a full backlog refuses")
  void anAddressThatAnswersNothingIsGivenUpInTime() throws IOException {
    // given: somebody who listens, and never accepts
    Vertx vertx = Vertx.vertx();
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 4; i++) {
        SocketChannel one = SocketChannel.open();
        waiting.add(one);
        one.configureBlocking(false);
        one.connect(deaf.getLocalSocketAddress());
      }
      ServiceAddress address =
          ServiceAddress.parse("http://127.0.0.1:" + deaf.getLocalPort()).orElseThrow();
      ServiceReach reach =
          new ServiceReach(Outbound.read(new Settings("tts", new JsonObject())), address);
      Told told = new Told();
      // when
      vertx.runOnContext(
          go ->
              new SpeechRequest(told)
                  .begin(
                      SpeechRequest.client(vertx, reach, Duration.ofMillis(200)),
                      new RequestOptions().setHost(address.host()).setPort(address.port()),
                      Buffer.buffer("{}")));
      // then
      assertThat(ServiceStage.await(told.last.future())).isEqualTo("unreachable");
    } finally {
      for (SocketChannel one : waiting) {
        one.close();
      }
      ServiceStage.await(vertx.close());
    }
  }
}
