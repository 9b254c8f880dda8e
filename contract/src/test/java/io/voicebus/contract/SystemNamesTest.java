package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A Vert.x whose name server knows nobody, on a system that does. */
class SystemNamesTest {
  private static final int NO_SUCH_NAME = 3;

  private final Vertx outside = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private Vertx vertx = outside;

  @BeforeEach
  void startANameServerThatKnowsNobody() throws Exception {
    DatagramSocket names = outside.createDatagramSocket();
    names.handler(query -> answer(names, query));
    await(names.listen(0, "127.0.0.1"));
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .setServers(List.of("127.0.0.1:" + names.localAddress().port()))
                        .setHostsValue(Buffer.buffer())));
  }

  private void answer(DatagramSocket names, DatagramPacket query) {
    asked.add("");
    Buffer answer = query.data().copy();
    answer.setUnsignedShort(2, 0x8180 | NO_SUCH_NAME);
    answer.setUnsignedShort(10, 0); // no additional records
    int question = 12;
    while (answer.getByte(question) != 0) {
      question += 1 + answer.getByte(question);
    }
    names.send(answer.getBuffer(0, question + 5), query.sender().port(), query.sender().host());
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
    await(outside.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private HttpServer server(String address) throws Exception {
    return await(
        outside
            .createHttpServer()
            .requestHandler(
                request -> {
                  hosts.add(request.uri() + " for " + request.authority().host());
                  request.response().end();
                })
            .listen(0, address));
  }

  private static InetAddress address(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static RequestOptions to(String host, int port) {
    return new RequestOptions().setHost(host).setPort(port).setURI("/here");
  }

  private static Future<Integer> status(Future<HttpClientRequest> request) {
    return request.compose(HttpClientRequest::send).map(HttpClientResponse::statusCode);
  }

  @Test
  void theSystemIsAskedForANameThatVertxDoesNotResolve() throws Exception {
    // given
    int port = server("127.0.0.1").actualPort();
    HttpClient client =
        Outbound.client(vertx, new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1));
    // when
    assertThat(await(status(client.request(to("localhost", port))))).isEqualTo(200);
    int questions = asked.size();
    assertThat(questions).isPositive();
    assertThat(await(status(client.request(to("localhost", port))))).isEqualTo(200);
    // then: the service sees its name, and the name server is asked no more
    assertThat(hosts).containsExactly("/here for localhost", "/here for localhost");
    assertThat(asked).hasSize(questions);
  }

  @Test
  void aNameThatNobodyKnowsFailsAsSuch() {
    SystemNames names =
        new SystemNames(
            vertx,
            null,
            name -> {
              throw new UnknownHostException(name);
            });
    HttpClient client = vertx.createHttpClient();
    assertThatThrownBy(
            () ->
                await(
                    status(
                        names.connect(
                            to("nobody.example", 1), RequestOptions::new, client::request))))
        .isInstanceOf(ExecutionException.class)
        .satisfies(why -> assertThat(ConnectionTrouble.isOfName(why)).isTrue());
  }

  /** Or all that need the name would wait for its address, until the process ends. */
  @Test
  void aSystemThatBreaksInsteadOfAnAnswerHasNone() {
    SystemNames names =
        new SystemNames(
            vertx,
            null,
            name -> {
              throw new IllegalStateException("broken");
            });
    HttpClient client = vertx.createHttpClient();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  await(
                      status(
                          names.connect(
                              to("nobody.example", 1), RequestOptions::new, client::request))))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs two addresses of the loopback interface")
  void anAddressWhereNobodyListensIsReplacedByTheNextOne() throws Exception {
    int port = server("127.0.0.2").actualPort();
    List<InetAddress> two = List.of(address(1), address(2));
    SystemNames names = new SystemNames(vertx, null, name -> two.toArray(InetAddress[]::new));
    HttpClient client = vertx.createHttpClient();
    for (int i = 0; i < 4; i++) {
      assertThat(
              await(
                  status(
                      names.connect(
                          to("two.example", port), RequestOptions::new, client::request))))
          .isEqualTo(200);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs two addresses of the loopback interface")
  void soIsOneThatVertxHasFound() throws Exception {
    // given: Vert.x knows the first one only
    int port = server("127.0.0.2").actualPort();
    List<InetAddress> two = List.of(address(1), address(2));
    SystemNames names = new SystemNames(outside, null, name -> two.toArray(InetAddress[]::new));
    HttpClient client = outside.createHttpClient();
    // when
    assertThat(
            await(
                status(names.connect(to("localhost", port), RequestOptions::new, client::request))))
        .isEqualTo(200);
    // then
    assertThat(hosts).containsExactly("/here for localhost");
  }

  @Test
  void whereNobodyListensAtTheOnlyAddressThatIsTold() throws Exception {
    HttpServer server = server("127.0.0.1");
    int port = server.actualPort();
    await(server.close());
    InetAddress one = address(1);
    SystemNames names = new SystemNames(outside, null, name -> new InetAddress[] {one});
    HttpClient client = outside.createHttpClient();
    assertThatThrownBy(
            () ->
                await(
                    status(
                        names.connect(
                            to("localhost", port), RequestOptions::new, client::request))))
        .hasRootCauseInstanceOf(ConnectException.class);
  }

  @Test
  void theNameOfAProxyIsAskedForInPlaceOfTheServicesOwn() throws Exception {
    int port = server("127.0.0.1").actualPort();
    ProxyOptions proxy = new ProxyOptions().setHost("localhost").setPort(port);
    HttpClient client =
        Outbound.client(vertx, new HttpClientOptions().setProxyOptions(proxy), new PoolOptions());
    assertThat(await(status(client.request(to("voices.example", 80))))).isEqualTo(200);
    assertThat(hosts).containsExactly("http://voices.example/here for voices.example");
  }
}
