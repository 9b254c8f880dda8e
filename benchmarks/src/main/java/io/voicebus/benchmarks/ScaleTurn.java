package io.voicebus.benchmarks;

import io.voicebus.bus.Clock;
import io.voicebus.tts.scripted.ScriptedVoice;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One turn over HTTP: what was heard, and when. Its client comes back, at another server if it
 * knows one, when its connection breaks or nothing comes for a while.
 */
final class ScaleTurn {
  private static final int RATE_HZ = 24_000;
  private static final double BYTES_PER_NANO = 2 * RATE_HZ / 1e9;

  /** Nothing has come for so long: the server may be frozen, or out of reach. */
  private static final long SILENT_MS = 2_000;

  private static final long LOOK_MS = 250;

  /** So long a client that has lost its server asks for the rest. */
  private static final long RETRY_MS = 20_000;

  private final HttpClient client;
  private final String server;

  /** Where the client comes back; empty for nowhere. */
  private final String elsewhere;

  private final String text;

  /** Whether an emulated service speaks, and not a script. */
  private final boolean emulated;

  private volatile String id = "";
  private final long askedAt = Clock.system().nanoTime();
  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final CompletableFuture<Long> first = new CompletableFuture<>();
  private final CompletableFuture<Long> ended = new CompletableFuture<>();
  private long firstAt;
  private double silenceNanos;
  private volatile boolean refused;

  /** How many samples it had, each time that it came back. */
  private final List<Integer> cameBackWith = new CopyOnWriteArrayList<>();

  /** What listens now; another one is heard no more. */
  private @Nullable Ear ear;

  private long heardAt;
  private long lostAt = -1;

  private ScaleTurn(
      HttpClient client, String server, String elsewhere, String text, boolean emulated) {
    this.client = client;
    this.server = server;
    this.elsewhere = elsewhere;
    this.text = text;
    this.emulated = emulated;
  }

  static ScaleTurn ask(HttpClient client, String server, String text) {
    return ask(client, server, "", text, false);
  }

  /**
   * The same.
   *
   * @param elsewhere the server at which the client comes back when it loses this one
   * @param emulated whether an emulated service speaks, and not a script
   */
  static ScaleTurn ask(
      HttpClient client, String server, String elsewhere, String text, boolean emulated) {
    ScaleTurn turn = new ScaleTurn(client, server, elsewhere, text, emulated);
    turn.listen(
        HttpRequest.newBuilder(URI.create(server + "/v1/speak?clauses=off"))
            .POST(BodyPublishers.ofString(text)));
    if (!elsewhere.isEmpty()) {
      turn.watch();
    }
    return turn;
  }

  private synchronized void listen(HttpRequest.Builder request) {
    Ear mine = new Ear();
    ear = mine;
    heardAt = Clock.system().nanoTime();
    client
        .sendAsync(
            request.header("Accept", "audio/pcm").build(),
            info -> {
              id = info.headers().firstValue("Voicebus-Turn").orElse(id);
              return info.statusCode() == 200
                  ? BodyHandlers.fromSubscriber(mine).apply(info)
                  : HttpResponse.BodySubscribers.replacing(null);
            })
        .whenComplete(
            (response, thrown) -> {
              if (thrown != null) {
                mine.onError(thrown);
              } else if (response.statusCode() != 200) {
                refused = true;
                mine.onError(new IllegalStateException("status " + response.statusCode()));
              }
            });
  }

  /** Asks for the rest, with all that it has. */
  private synchronized void comeBack(Throwable why, long afterMs) {
    long now = Clock.system().nanoTime();
    lostAt = lostAt < 0 ? now : lostAt;
    if (elsewhere.isEmpty() || pcm.size() == 0 || (now - lostAt) / 1_000_000 > RETRY_MS) {
      first.completeExceptionally(why);
      ended.completeExceptionally(why);
      return;
    }
    ear = null;
    byte[] has = pcm.toByteArray();
    pcm.reset();
    pcm.write(has, 0, has.length / 2 * 2);
    cameBackWith.add(has.length / 2);
    String rest = elsewhere + "/v1/turns/" + id + "/audio?from=" + has.length / 2;
    later(afterMs, () -> listen(HttpRequest.newBuilder(URI.create(rest))));
  }

  /** Looks whether anything comes. A server that is looking for the turn may take longer. */
  private void watch() {
    later(
        LOOK_MS,
        () -> {
          synchronized (this) {
            Ear now = ear;
            if (now != null
                && lostAt < 0
                && pcm.size() > 0
                && Clock.system().nanoTime() - heardAt > SILENT_MS * 1_000_000) {
              now.leave();
              comeBack(new IllegalStateException("nothing comes"), 0);
            }
          }
          if (!ended.isDone()) {
            watch();
          }
        });
  }

  private static void later(long ms, Runnable task) {
    CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS).execute(task);
  }

  /** Waits for the first audio, or until it is known that none comes. */
  void begun() {
    ScaleJvm.get(first.handle((at, none) -> true));
  }

  /** Waits for the end, and proves that everything was heard once and in order. */
  ScaleTurn proven() {
    ScaleJvm.get(ended);
    if (emulated) {
      // The copy of a turn may not know yet of the last word that a lost owner has delivered.
      HeardPieces pieces = HeardPieces.of(pcm.toByteArray(), text, cameBackWith.isEmpty() ? 0 : 1);
      if (!pieces.whole()) {
        throw new IllegalStateException("said '" + text + "', but " + pieces);
      }
      return this;
    }
    String heard =
        String.join(
            "", HeardSpeech.utterances(pcm.toByteArray(), RATE_HZ, text, ScriptedVoice::samplesOf));
    if (!heard.replace(" ", "").equals(text.replace(" ", ""))) {
      throw new IllegalStateException("said '" + text + "', heard '" + heard + "'");
    }
    return this;
  }

  /** Waits for the end; whether everything was heard, once and in order. */
  boolean isWhole() {
    return notWhole().isEmpty();
  }

  /** Waits for the end; why not everything was heard, once and in order: empty if it was. */
  String notWhole() {
    try {
      proven();
      return "";
    } catch (IllegalStateException | IllegalArgumentException e) {
      return id + " came back with " + cameBackWith + ": " + e;
    }
  }

  /** Whether it tells, at its server or the other one, that something of it is not heard. */
  boolean isTold() {
    if (id.isEmpty()) {
      return refused;
    }
    for (String at : elsewhere.isEmpty() ? List.of(server) : List.of(server, elsewhere)) {
      try {
        if (eventsAt(at).tellLoss()) {
          return true;
        }
      } catch (IllegalStateException e) {
        // The server is gone: the other one may know.
      }
    }
    return false;
  }

  /** All its events; waits for the end. */
  LoadEvents events() {
    return eventsAt(server);
  }

  private LoadEvents eventsAt(String at) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(at + "/v1/turns/" + id + "/events")).build();
    return new LoadEvents(ScaleJvm.get(client.sendAsync(request, BodyHandlers.ofString())).body());
  }

  long endedAt() {
    return ScaleJvm.get(ended);
  }

  double firstMs() {
    return (firstAt - askedAt) / 1e6;
  }

  double wholeMs() {
    return (endedAt() - askedAt) / 1e6;
  }

  /** How long a listener who plays what comes at once had nothing to play, from first to last. */
  double silenceMs() {
    return silenceNanos / 1e6;
  }

  private synchronized void heard(Ear by, List<ByteBuffer> buffers) {
    if (ear != by) {
      return;
    }
    long now = Clock.system().nanoTime();
    heardAt = now;
    lostAt = -1;
    if (pcm.size() == 0) {
      firstAt = now;
    }
    double playedUntil = firstAt + silenceNanos + pcm.size() / BYTES_PER_NANO;
    silenceNanos += Math.max(0, now - playedUntil);
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      pcm.writeBytes(bytes);
    }
    first.complete(now);
  }

  private synchronized void broken(Ear by, Throwable thrown) {
    if (ear == by) {
      comeBack(thrown, thrown instanceof IllegalStateException ? SILENT_MS : 0);
    }
  }

  private synchronized void over(Ear by) {
    if (ear == by && pcm.size() == 0) {
      broken(by, new IllegalStateException("nothing was heard"));
    } else if (ear == by) {
      ended.complete(Clock.system().nanoTime());
    }
  }

  /** One connection's body. */
  private final class Ear implements Flow.Subscriber<List<ByteBuffer>> {
    private Flow.@Nullable Subscription subscription;

    void leave() {
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      heard(this, buffers);
    }

    @Override
    public void onError(Throwable thrown) {
      broken(this, thrown);
    }

    @Override
    public void onComplete() {
      over(this);
    }
  }
}
