package io.voicebus.benchmarks;

import io.voicebus.bus.Clock;
import io.voicebus.tts.ScriptedVoice;
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
import java.util.concurrent.Flow;

/** One turn over HTTP: what was heard, and when. */
final class ScaleTurn implements Flow.Subscriber<List<ByteBuffer>> {
  private static final double BYTES_PER_NANO = 48_000 / 1e9;

  private final HttpClient client;
  private final String server;
  private final String text;
  private volatile String id = "";
  private final long askedAt = Clock.system().nanoTime();
  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final CompletableFuture<Long> first = new CompletableFuture<>();
  private final CompletableFuture<Long> ended = new CompletableFuture<>();
  private long firstAt;
  private double silenceNanos;

  private ScaleTurn(HttpClient client, String server, String text) {
    this.client = client;
    this.server = server;
    this.text = text;
  }

  static ScaleTurn ask(HttpClient client, String server, String text) {
    ScaleTurn turn = new ScaleTurn(client, server, text);
    client
        .sendAsync(
            HttpRequest.newBuilder(URI.create(server + "/v1/speak?clauses=off"))
                .header("Accept", "audio/pcm")
                .POST(BodyPublishers.ofString(text))
                .build(),
            info -> {
              turn.id = info.headers().firstValue("Voicebus-Turn").orElse("");
              return info.statusCode() == 200
                  ? BodyHandlers.fromSubscriber(turn).apply(info)
                  : HttpResponse.BodySubscribers.replacing(null);
            })
        .whenComplete(
            (response, thrown) -> {
              if (thrown != null) {
                turn.onError(thrown);
              } else if (response.statusCode() != 200) {
                turn.onError(new IllegalStateException("status " + response.statusCode()));
              }
            });
    return turn;
  }

  /** Waits for the first audio. */
  void begun() {
    ScaleJvm.get(first);
  }

  /** Waits for the end, and proves that everything was heard once and in order. */
  ScaleTurn proven() {
    ScaleJvm.get(ended);
    String heard = ScriptedVoice.textOf(pcm.toByteArray());
    if (!heard.replace(" ", "").equals(text.replace(" ", ""))) {
      throw new IllegalStateException("said '" + text + "', heard '" + heard + "'");
    }
    return this;
  }

  /** Waits for the end; whether everything was heard, once and in order. */
  boolean isWhole() {
    try {
      proven();
      return true;
    } catch (IllegalStateException | IllegalArgumentException e) {
      return false;
    }
  }

  /** All its events; waits for the end. */
  LoadEvents events() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/v1/turns/" + id + "/events")).build();
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

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    long now = Clock.system().nanoTime();
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

  @Override
  public void onError(Throwable thrown) {
    first.completeExceptionally(thrown);
    ended.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    if (pcm.size() == 0) {
      onError(new IllegalStateException("nothing was heard"));
    }
    ended.complete(Clock.system().nanoTime());
  }
}
