package io.voicebus.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Many who listen at the same time, each in real time: whether the sound runs out for any of them;
 * {@code docs/benchmarks.md} explains it.
 */
@Command(name = "bench listeners", mixinStandardHelpOptions = true, sortOptions = false)
public final class ListenersBenchmark implements Callable<Integer> {
  @Option(names = "--turns", defaultValue = "1000", description = "That are heard at once.")
  private int turns;

  @Option(
      names = "--begin-within",
      defaultValue = "45",
      description = "Seconds over which their questions are spread; an answer is longer.")
  private int seconds;

  @Option(names = "--sentences", defaultValue = "11", description = "Of each answer.")
  private int sentences;

  @Option(
      names = "--warm-up",
      defaultValue = "100",
      description = "Answers before, over ten seconds.")
  private int warmUp;

  @Option(names = "--script", defaultValue = "voicebus", description = "What starts the server.")
  private Path script;

  /** As the server counts: a shorter silence is none. */
  private static final double LEAST_SILENCE_MS = 20;

  /** Of so many turns one is read back from its samples. */
  private static final int READ_ONE_OF = 20;

  private static final int MAX_CONNECTIONS = 10_000;
  private static final int WARM_UP_SECONDS = 10;
  private static final int PATIENCE_SECONDS = 240;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));

  private URI server = URI.create("http://127.0.0.1");

  private int listening;
  private int mostListening;

  private ListenersBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ListenersBenchmark()).execute(args));
  }

  /** One answer, as it is heard by somebody who plays it as it comes. */
  private static final class Listener {
    final String asked;
    final long askedAt;
    final boolean read;
    final Buffer pcm = Buffer.buffer();
    long bytes;
    double firstMs = Double.NaN;
    double silenceMs;
    int silences;
    long overAt;

    Listener(String asked, boolean read) {
      this.asked = asked;
      this.read = read;
      this.askedAt = System.nanoTime();
    }

    void piece(Buffer piece) {
      long now = System.nanoTime();
      if (bytes == 0) {
        firstMs = (now - askedAt) / 1e6;
        overAt = now;
      }
      double late = (now - overAt) / 1e6;
      if (late > 0) {
        if (late >= LEAST_SILENCE_MS) {
          silences++;
          silenceMs += late;
        }
        overAt = now;
      }
      bytes += piece.length();
      overAt += piece.length() * 1_000_000_000L / (2L * LoadPace.RATE_HZ);
      if (read) {
        pcm.appendBuffer(piece);
      }
    }
  }

  /**
   * What became of one.
   *
   * @param listener null if there was no answer
   * @param turn what the server tells of the turn at its end
   */
  private record Ended(@Nullable Listener listener, JsonObject turn) {}

  @Override
  public Integer call() throws Exception {
    EmulatedServices services = EmulatedServices.paced();
    Path folder = Files.createTempDirectory("voicebus-listeners");
    try (ServeProcess process = new ServeProcess(script, folder, services.settings())) {
      server = URI.create(process.address());
      ask(0, warmUp, WARM_UP_SECONDS, 1);
      mostListening = 0;
      Duration before = ProcessFigures.cpu(process.pid());
      long began = System.nanoTime();
      List<Ended> all = ask(warmUp, turns, seconds, sentences);
      double took = (System.nanoTime() - began) / 1e9;
      Duration cpu = ProcessFigures.cpu(process.pid()).minus(before);
      return report(all, took, cpu.toMillis() / 1e3, process.peakMib());
    } finally {
      services.close();
      TwoNodes.await(vertx.close());
      Files.deleteIfExists(folder);
    }
  }

  /** Asks so many questions, one after the other over some seconds; what became of all. */
  private List<Ended> ask(int from, int count, int over, int itsSentences) {
    List<Future<Ended>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = from + i;
      long ms = 1 + 1_000L * over * i / count;
      Promise<Ended> ended = Promise.promise();
      context.runOnContext(
          go ->
              vertx
                  .timer(ms)
                  .compose(now -> listen(number, Crowd.text(number, itsSentences)))
                  .onComplete(ended));
      all.add(ended.future());
    }
    TwoNodes.await(Future.join(all).otherwiseEmpty(), over + PATIENCE_SECONDS);
    return all.stream().map(one -> one.succeeded() ? one.result() : lost(one.cause())).toList();
  }

  private static Ended lost(Throwable why) {
    return new Ended(null, new JsonObject().put("state", String.valueOf(why)));
  }

  private Future<Ended> listen(int number, String text) {
    Listener listener = new Listener(text, number % READ_ONE_OF == 0);
    return send(HttpMethod.POST, "/v1/turns", new JsonObject().put("prompt", text).toBuffer())
        .compose(HttpClientResponse::body)
        .compose(
            answer -> {
              String turn = "/v1/turns/" + answer.toJsonObject().getString("id");
              return send(HttpMethod.GET, turn + "/audio?format=pcm", Buffer.buffer())
                  .compose(response -> play(listener, response))
                  .compose(heard -> send(HttpMethod.GET, turn, Buffer.buffer()))
                  .compose(HttpClientResponse::body)
                  .map(told -> new Ended(listener, told.toJsonObject()));
            });
  }

  private Future<HttpClientResponse> send(HttpMethod method, String uri, Buffer body) {
    RequestOptions to =
        new RequestOptions()
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setMethod(method)
            .setURI(uri);
    if (body.length() > 0) {
      to.putHeader("content-type", "application/json");
    }
    return client
        .request(to)
        .compose(request -> body.length() == 0 ? request.send() : request.send(body))
        .compose(
            response ->
                response.statusCode() / 100 == 2
                    ? Future.succeededFuture(response)
                    : response
                        .body()
                        .compose(
                            why ->
                                Future.failedFuture(
                                    response.statusCode() + " " + uri + ": " + why)));
  }

  private Future<Void> play(Listener listener, HttpClientResponse response) {
    listening++;
    mostListening = Math.max(mostListening, listening);
    response.handler(listener::piece);
    return response.end().onComplete(over -> listening--);
  }

  private int report(List<Ended> all, double took, double cpu, long peakMib) {
    Map<String, Integer> states = new TreeMap<>();
    List<Double> first = new ArrayList<>();
    int unbroken = 0;
    double silenceMs = 0;
    double soundMs = 0;
    int toldTurns = 0;
    int told = 0;
    Map<String, Double> stages = new TreeMap<>();
    int read = 0;
    int whole = 0;
    for (Ended one : all) {
      states.merge(one.turn().getString("state"), 1, Integer::sum);
      Listener listener = one.listener();
      if (listener == null) {
        continue;
      }
      first.add(listener.firstMs);
      unbroken += listener.silences == 0 ? 1 : 0;
      silenceMs += listener.silenceMs;
      soundMs += listener.bytes / (2.0 * LoadPace.RATE_HZ) * 1_000;
      JsonObject underruns = one.turn().getJsonObject("underruns", new JsonObject());
      int count = underruns.getInteger("count", 0);
      told += count;
      toldTurns += count > 0 ? 1 : 0;
      JsonObject byStage = underruns.getJsonObject("stages", new JsonObject());
      byStage.fieldNames().forEach(s -> stages.merge(s, byStage.getDouble(s), Double::sum));
      if (listener.read) {
        read++;
        whole += HeardPieces.of(listener.pcm.getBytes(), listener.asked).whole() ? 1 : 0;
      }
    }
    LoadSample firsts = new LoadSample(first);
    Table table = new Table("what", "figure");
    table.row("turns", states.toString());
    table.row("listeners at once, most", String.valueOf(mostListening));
    table.row(
        "heard within",
        Table.figure(0, took)
            + " s, "
            + Table.figure(1, soundMs / 1e3 / all.size())
            + " s of speech each");
    table.row("read back, and whole", whole + " of " + read);
    table.row(
        "without a silence of 20 ms, as their clients saw it", unbroken + " of " + all.size());
    table.row("silence, of all sound", Table.figure(3, 100 * silenceMs / soundMs) + " %");
    table.row(
        "underruns by the server's count",
        told + " in " + toldTurns + " turns, ms by stage " + stages);
    table.row(
        "first audio, ms: median, 95 %, last",
        Table.figure(0, firsts.median())
            + ", "
            + Table.figure(0, firsts.quantile(0.95))
            + ", "
            + Table.figure(0, firsts.quantile(1)));
    table.row(
        "CPU",
        Table.figure(1, cpu)
            + " s, "
            + Table.figure(2, cpu / took)
            + " cores, "
            + Table.figure(1, 1e3 * cpu / all.size())
            + " ms a turn");
    table.row("peak", peakMib + " MiB");
    System.out.print(table);
    boolean good = states.equals(Map.of("finished", turns)) && whole == read && toldTurns == 0;
    return good ? 0 : 1;
  }
}
