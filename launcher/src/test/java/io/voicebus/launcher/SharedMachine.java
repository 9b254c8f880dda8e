package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.EmulatedSpeech;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * A speech server with OpenAI's protocol on a machine of some cores, which all requests share: each
 * takes one, and where there are more requests than cores, each gets the less. Its audio comes as
 * it is made, once the first part of it is there.
 */
final class SharedMachine {
  private static final int RATE_HZ = 24_000;
  private static final int TICK_MS = 2;

  /** What a request takes before its first byte, of all that it takes. */
  private static final double FIRST_PART = 0.25;

  private final double cores;
  private final double factor;
  private final List<Work> all = new ArrayList<>();
  private long lastAt = System.nanoTime();
  private int most;
  private String url = "";

  private static final class Work {
    private final HttpServerResponse response;
    private final byte[] pcm;
    private final double needsMs;
    private double doneMs;
    private int sent;

    Work(HttpServerResponse response, byte[] pcm, double needsMs) {
      this.response = response;
      this.pcm = pcm;
      this.needsMs = needsMs;
    }

    private void goOn(double ms) {
      doneMs += ms;
      double part = Math.min(1, doneMs / needsMs);
      int due = part < FIRST_PART ? 0 : (int) (part * pcm.length) & ~1;
      if (due > sent && !response.closed()) {
        response.write(Buffer.buffer(Arrays.copyOfRange(pcm, sent, due)));
        sent = due;
      }
    }

    private boolean over() {
      return doneMs >= needsMs || response.closed();
    }
  }

  /**
   * Starts one.
   *
   * @param factor how many seconds of one core a second of audio takes
   */
  SharedMachine(Vertx vertx, double cores, double factor) throws Exception {
    this.cores = cores;
    this.factor = factor;
    int port =
        vertx
            .createHttpServer()
            .requestHandler(this::request)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
    url = "http://127.0.0.1:" + port;
    vertx.setPeriodic(TICK_MS, id -> tick());
  }

  String url() {
    return url;
  }

  /** How many requests it has had at once. */
  synchronized int most() {
    return most;
  }

  private void request(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      request.response().setStatusCode(404).end();
      return;
    }
    request.body().onSuccess(body -> begin(new JsonObject(body), request.response()));
  }

  private synchronized void begin(JsonObject body, HttpServerResponse response) {
    byte[] pcm = EmulatedSpeech.pcm(body.getString("input") + " ", RATE_HZ);
    response.setChunked(true).putHeader("content-type", "audio/pcm");
    response.exceptionHandler(gone -> {});
    tick();
    all.add(new Work(response, pcm, needsMs(body.getString("input"))));
    most = Math.max(most, all.size());
  }

  private double needsMs(String text) {
    return factor * EmulatedSpeech.CHAR_MS * (text.length() + 1);
  }

  private synchronized void tick() {
    long now = System.nanoTime();
    double ms = (now - lastAt) / 1e6;
    lastAt = now;
    double share = all.isEmpty() ? 0 : Math.min(1, cores / all.size());
    for (Work work : List.copyOf(all)) {
      work.goOn(ms * share);
      if (work.over()) {
        all.remove(work);
        if (!work.response.closed()) {
          work.response.end();
        }
      }
    }
  }

  /** When the last of these texts sounds, in ms, where none is kept waiting for a free core. */
  double lastFirstByteMs(List<String> texts) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int i = 0; i < Math.min(cores, texts.size()); i++) {
      free.add(0.0);
    }
    double last = 0;
    for (String text : texts) {
      double begin = free.remove();
      last = Math.max(last, begin + FIRST_PART * needsMs(text));
      free.add(begin + needsMs(text));
    }
    return last;
  }
}
