package io.voicebus.benchmarks;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Many who ask at once for an answer that is their own question, and prove what they hear. */
final class Crowd {
  /** No answer takes longer. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * What one of them got.
   *
   * @param status of HTTP; 0 if there was no answer
   * @param retryAfterSeconds if it was told to ask again later, else 1
   * @param firstMs from the question to the first byte of audio
   * @param wholeMs from the question to the end of the answer
   * @param pcm all of its body
   */
  record Heard(
      String asked,
      int status,
      long retryAfterSeconds,
      double firstMs,
      double wholeMs,
      Buffer pcm) {

    /** What can be read back from the samples. */
    HeardPieces pieces() {
      return HeardPieces.of(pcm.getBytes(), asked);
    }
  }

  /**
   * Asks.
   *
   * @param address of the server
   * @param from number of the first of them: no two numbers have the same question
   * @param sentences of each question, and a last one
   * @return when all have their answers
   */
  CompletableFuture<List<Heard>> ask(String address, int from, int count, int sentences) {
    List<CompletableFuture<Heard>> all = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      all.add(ask(address, text(i, sentences)));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Heard> ask(String address, String text) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/speak"))
            .header("Content-Type", "text/plain")
            .header("Accept", "audio/pcm")
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(text))
            .build();
    long asked = System.nanoTime();
    return client
        .sendAsync(request, head -> new Timed(asked))
        .handle((answer, lost) -> heard(text, asked, answer, lost));
  }

  private static Heard heard(String text, long asked, HttpResponse<Sound> answer, Throwable lost) {
    if (lost != null) {
      System.err.println("a turn broke off: " + lost);
      return new Heard(text, 0, 1, Double.NaN, ms(asked), Buffer.buffer());
    }
    Sound sound = answer.body();
    return new Heard(
        text,
        answer.statusCode(),
        answer.headers().firstValueAsLong("Retry-After").orElse(1),
        sound.firstMs(),
        sound.wholeMs(),
        sound.pcm());
  }

  private static double ms(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private record Sound(Buffer pcm, double firstMs, double wholeMs) {}

  /** All bytes of an answer, and when the first and the last one came. */
  private static final class Timed implements BodySubscriber<Sound> {
    private final long asked;
    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private double firstMs = Double.NaN;

    Timed(long asked) {
      this.asked = asked;
    }

    @Override
    public CompletionStage<Sound> getBody() {
      return bytes.getBody().thenApply(pcm -> new Sound(Buffer.buffer(pcm), firstMs, ms(asked)));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      bytes.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
      if (Double.isNaN(firstMs)) {
        firstMs = ms(asked);
      }
      bytes.onNext(piece);
    }

    @Override
    public void onError(Throwable why) {
      bytes.onError(why);
    }

    @Override
    public void onComplete() {
      bytes.onComplete();
    }
  }

  /** How many are heard whole, be it that speech broke off in a word and went on with it. */
  static int whole(List<Heard> all) {
    int whole = 0;
    for (Heard one : all) {
      HeardPieces pieces = one.pieces();
      if (one.status() == 200 && pieces.whole()) {
        whole++;
      } else {
        System.err.println("not whole: HTTP status " + one.status() + ", " + pieces);
      }
    }
    return whole;
  }

  /** How often speech broke off in a word and went on with it. */
  static int resumed(List<Heard> all) {
    return all.stream().mapToInt(one -> one.pieces().resumed()).sum();
  }

  private static final List<String> THINGS =
      List.of(
          "bridge",
          "harbour",
          "garden",
          "village",
          "mountain",
          "library",
          "railway",
          "orchard",
          "theatre",
          "lighthouse",
          "market",
          "fountain",
          "chapel",
          "window",
          "stairway",
          "kitchen",
          "meadow",
          "tower",
          "museum");

  private static final String END = "and that is all there is.";

  private static final String CONSONANTS = "bdfgklmnprtz";
  private static final String VOWELS = "aeou";

  /** A name that is read as it is written: no abbreviation, as "vs" would be. */
  private static String name(int turn) {
    int last = turn / CONSONANTS.length();
    return ""
        + Character.toUpperCase(CONSONANTS.charAt(turn % CONSONANTS.length()))
        + VOWELS.charAt(last / CONSONANTS.length() % VOWELS.length())
        + CONSONANTS.charAt(last % CONSONANTS.length());
  }

  /** No two sentences are the same: a model that repeats itself would be cut off. */
  static String text(int turn, int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append("Listener ").append(name(turn));
      text.append(" hears that the ").append(THINGS.get(i % THINGS.size()));
      text.append(" is older than the ").append(THINGS.get(i * 7 / THINGS.size() % THINGS.size()));
      text.append(" of our ").append(THINGS.get((i + turn) * 3 % THINGS.size())).append(". ");
    }
    return text.append("So it ends, ").append(END).toString();
  }
}
