package io.voicebus.launcher;

import io.voicebus.tts.scripted.ScriptedVoice;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One answer of {@code /v1/speak}, as its listener gets it over HTTP. */
final class SpokenAnswer implements Flow.Subscriber<List<ByteBuffer>> {
  private static final double BYTES_PER_NANO = 48_000 / 1e9;

  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long firstAt;
  private double silenceNanos;

  private SpokenAnswer() {}

  static SpokenAnswer ask(HttpClient client, String server, String text) {
    SpokenAnswer answer = new SpokenAnswer();
    client
        .sendAsync(
            HttpRequest.newBuilder(URI.create(server + "/v1/speak?clauses=off"))
                .header("Accept", "audio/pcm")
                .POST(BodyPublishers.ofString(text))
                .build(),
            info ->
                info.statusCode() == 200
                    ? BodyHandlers.fromSubscriber(answer).apply(info)
                    : HttpResponse.BodySubscribers.mapping(
                        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8),
                        answer::refused))
        .whenComplete(
            (response, thrown) -> {
              if (thrown != null) {
                answer.fail(thrown);
              }
            });
    return answer;
  }

  private @Nullable Void refused(String problem) {
    fail(new AssertionError(problem));
    return null;
  }

  private void fail(Throwable why) {
    first.completeExceptionally(why);
    ended.completeExceptionally(why);
  }

  /** Waits for the first audio. */
  void begun() {
    HeardTurn.get(first);
  }

  boolean hasEnded() {
    return ended.isDone();
  }

  /** Waits for the end; the text that was heard, proven sample by sample. */
  String heard() {
    HeardTurn.get(ended);
    return ScriptedVoice.textOf(pcm.toByteArray());
  }

  /**
   * How long a listener who plays what comes at once had nothing to play between the first audio
   * and the last, in milliseconds.
   */
  long silenceMs() {
    return Math.round(silenceNanos / 1e6);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    long now = System.nanoTime();
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
    first.complete(null);
  }

  @Override
  public void onError(Throwable thrown) {
    fail(thrown);
  }

  @Override
  public void onComplete() {
    if (pcm.size() == 0) {
      fail(new AssertionError("nothing was heard"));
    }
    ended.complete(null);
  }
}
