package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does harm. */
final class HostileClient {
  private static final String HOST = "127.0.0.1";
  private static final int BODY_BYTES = 6 * 1024 * 1024;
  private static final Buffer PIECE = Buffer.buffer("x".repeat(64 * 1024));
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

  /** How often each status was answered. */
  static final class Answers {
    private final Map<Integer, Integer> byStatus = new ConcurrentHashMap<>();

    private void add(int status) {
      byStatus.merge(status, 1, Integer::sum);
    }

    /** Statuses that none of these are. */
    Set<Integer> otherThan(Set<Integer> expected) {
      Set<Integer> others = new TreeSet<>(byStatus.keySet());
      others.removeAll(expected);
      return others;
    }

    @Override
    public String toString() {
      return new TreeMap<>(byStatus).toString();
    }
  }

  private final Vertx vertx;
  private final int port;
  private final String token;
  private final NetClient sockets;
  private final HttpClient requests;
  private final List<NetSocket> open = new CopyOnWriteArrayList<>();

  HostileClient(Vertx vertx, int port, String token) {
    this.vertx = vertx;
    this.port = port;
    this.token = token;
    this.sockets = vertx.createNetClient(new NetClientOptions().setConnectTimeout(5000));
    this.requests = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(64));
  }

  /** Begins an attack, and keeps it up for so long; connections stay open until {@link #stop}. */
  Answers attack(HostileAttack attack, int seconds) {
    Answers answers = new Answers();
    switch (attack) {
      case IDLE -> each(2000, i -> connect(answers, socket -> {}));
      case TRICKLE -> each(500, i -> connect(answers, this::trickle));
      case BODIES -> each(500, i -> connect(answers, this::sendBody));
      case UNHEARD -> each(1000, i -> start(answers));
      case FOREIGN -> each(1000, i -> foreign(answers, i));
      case NO_TOKEN -> each(1000, i -> withoutToken(answers, i));
      case GUESSES -> each(1000, i -> guess(answers, i));
      default -> throw new AssertionError(attack);
    }
    TwoNodes.await(vertx.timer(seconds, TimeUnit.SECONDS));
    return answers;
  }

  /** Lets everything go. */
  void stop() {
    open.forEach(NetSocket::close);
    open.clear();
  }

  private static void each(int times, IntConsumer act) {
    for (int i = 0; i < times; i++) {
      act.accept(i);
    }
  }

  private void connect(Answers answers, Consumer<NetSocket> then) {
    sockets
        .connect(port, HOST)
        .onSuccess(
            socket -> {
              open.add(socket);
              socket.exceptionHandler(ignored -> {});
              socket.handler(
                  answer -> {
                    Matcher status = STATUS.matcher(answer.toString());
                    if (status.lookingAt()) {
                      answers.add(Integer.parseInt(status.group(1)));
                    }
                  });
              then.accept(socket);
            });
  }

  private void trickle(NetSocket socket) {
    String head = "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(4000);
    int[] sent = {0};
    long timer =
        vertx.setPeriodic(
            1000, ignored -> socket.write(head.substring(sent[0], Math.min(++sent[0], 4000))));
    socket.closeHandler(ignored -> vertx.cancelTimer(timer));
  }

  /** All but the end, so that the server holds what it has got. */
  private void sendBody(NetSocket socket) {
    socket.write(
        "POST /v1/turns HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + ("Authorization: Bearer " + token + "\r\n")
            + ("Content-Length: " + BODY_BYTES + "\r\n\r\n{\"prompt\":\""));
    pour(socket, new int[] {BODY_BYTES / PIECE.length() - 1});
  }

  private static void pour(NetSocket socket, int[] pieces) {
    while (pieces[0] > 0 && !socket.writeQueueFull()) {
      pieces[0]--;
      socket.write(PIECE);
    }
    if (pieces[0] > 0) {
      socket.drainHandler(ignored -> pour(socket, pieces));
    }
  }

  private void start(Answers answers) {
    send(answers, options(HttpMethod.POST, "/v1/turns").putHeader("Authorization", bearer()), true);
  }

  private void foreign(Answers answers, int i) {
    RequestOptions page =
        options(HttpMethod.POST, i % 2 == 0 ? "/v1/speak" : "/v1/audio/speech")
            .putHeader("Authorization", bearer());
    page.putHeader("Origin", "https://evil.example");
    send(answers, page, true);
  }

  private void withoutToken(Answers answers, int i) {
    List<String> paths =
        List.of("/", "/v1/status", "/v1/nodes", "/v1/voices", "/v1/models", "/page/app.js", "/x");
    RequestOptions options = options(HttpMethod.GET, paths.get(i % paths.size()));
    if (i % 3 == 0) {
      options.putHeader("Authorization", "Bearer guess" + i);
    }
    if (i % 5 == 0) {
      options.putHeader("Host", "evil.example");
    }
    send(answers, options, false);
  }

  private void guess(Answers answers, int i) {
    String guessed = UUID.randomUUID().toString();
    List<String> paths =
        List.of(
            "/v1/turns/" + guessed,
            "/v1/turns/" + guessed + "/audio",
            "/v1/turns/" + guessed + "/events",
            "/v1/conversations/" + guessed);
    send(
        answers,
        options(HttpMethod.GET, paths.get(i % paths.size())).putHeader("Authorization", bearer()),
        false);
  }

  private String bearer() {
    return "Bearer " + token;
  }

  private RequestOptions options(HttpMethod method, String path) {
    return new RequestOptions()
        .setHost(HOST)
        .setPort(port)
        .setMethod(method)
        .setURI(path)
        .putHeader("Content-Type", "application/json");
  }

  private void send(Answers answers, RequestOptions options, boolean asks) {
    Future<HttpClientRequest> request = requests.request(options);
    request
        .compose(made -> asks ? made.send("{\"prompt\":\"Nobody hears this.\"}") : made.send())
        .onSuccess(
            response -> {
              answers.add(response.statusCode());
              response.handler(ignored -> {});
            });
  }
}
