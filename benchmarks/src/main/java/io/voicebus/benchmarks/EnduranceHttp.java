package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import io.voicebus.benchmarks.EnduranceTurn.Behaviour;
import io.voicebus.benchmarks.EnduranceTurn.End;
import java.util.Base64;
import java.util.function.Consumer;

/** Clients over HTTP, with real connections that they may leave. Lives on one context. */
final class EnduranceHttp {
  static final String HOST = "127.0.0.1";
  private static final int MAX_CONNECTIONS = 2_000;
  private static final int WRITE_EVERY_MS = 12;
  private static final int AWAY_MS = 1_500;

  /** Between two tries to hear the rest of a turn, and how many there are. */
  private static final int RETURN_MS = 500;

  static final int MOST_RETURNS = 10;

  private final Vertx vertx;
  private final HttpClient client;
  private final int port;

  EnduranceHttp(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(false), // or one may be closed as it is used again
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
  }

  private RequestOptions to(HttpMethod method, String uri) {
    return new RequestOptions().setHost(HOST).setPort(port).setMethod(method).setURI(uri);
  }

  /** A body, and nothing else. */
  Future<String> get(String uri) {
    return client
        .request(to(HttpMethod.GET, uri))
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body)
        .map(Buffer::toString);
  }

  Future<End> speak(EnduranceTurn turn) {
    return client
        .request(to(HttpMethod.POST, "/v1/speak").putHeader("content-type", "text/plain"))
        .map(request -> request.putHeader("accept", "audio/pcm"))
        .compose(request -> request.send(turn.text()))
        .compose(response -> listen(turn, response, turn::sound));
  }

  /** Word by word. */
  Future<End> say(EnduranceTurn turn) {
    Promise<End> end = Promise.promise();
    client
        .request(to(HttpMethod.POST, "/v1/speak?mode=say"))
        .onFailure(end::tryFail)
        .onSuccess(
            request -> {
              request.putHeader("accept", "audio/pcm").setChunked(true);
              request
                  .response()
                  .compose(response -> listen(turn, response, turn::sound))
                  .onComplete(end);
              write(request, turn.pieces(), 0);
            });
    return end.future();
  }

  private void write(HttpClientRequest request, String[] pieces, int next) {
    if (next == pieces.length) {
      request.end();
    } else {
      // A connection that is gone is told to who listens.
      request.write(pieces[next]);
      vertx.setTimer(WRITE_EVERY_MS, timer -> write(request, pieces, next + 1));
    }
  }

  /** Starts a turn whose sound is asked for by another request. */
  Future<Boolean> start(EnduranceTurn turn) {
    JsonObject body =
        new JsonObject()
            .put("prompt", turn.text())
            .put("pace", turn.number() % 2 == 0 ? "asap" : "realtime");
    return client
        .request(to(HttpMethod.POST, "/v1/turns").putHeader("content-type", "application/json"))
        .compose(request -> request.send(body.toBuffer()))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        answer -> {
                          if (response.statusCode() != 201) {
                            turn.detail(response.statusCode() + " " + answer);
                            return false;
                          }
                          turn.id(answer.toJsonObject().getString("id"));
                          return true;
                        }));
  }

  Future<End> audio(EnduranceTurn turn) {
    return start(turn)
        .compose(
            begun ->
                begun
                    ? audio(turn, "?format=pcm").compose(end -> rest(turn, end, MOST_RETURNS))
                    : Future.succeededFuture(End.REFUSED));
  }

  /**
   * The rest of a turn whose connection broke, as every client is told to ask for it: with what it
   * has, and again after a while. A turn that has really failed says so then.
   *
   * @param end of what has come so far
   */
  Future<End> rest(EnduranceTurn turn, End end, int returns) {
    if (end != End.FAILED || turn.acted() || returns == 0) {
      return Future.succeededFuture(end);
    }
    turn.lost();
    return vertx
        .timer(RETURN_MS)
        .compose(now -> audio(turn, "?format=pcm&from=" + turn.samples()))
        .otherwise(End.FAILED) // the connection broke before the answer's head
        .map(next -> next == End.REFUSED ? End.FAILED : next) // not yet: somebody takes it over
        .compose(next -> rest(turn, next, returns - 1));
  }

  private Future<End> audio(EnduranceTurn turn, String query) {
    return client
        .request(to(HttpMethod.GET, "/v1/turns/" + turn.id() + "/audio" + query))
        .compose(HttpClientRequest::send)
        .compose(response -> listen(turn, response, turn::sound));
  }

  Future<End> openAiSpeech(EnduranceTurn turn) {
    JsonObject body =
        new JsonObject()
            .put("model", "tts-1")
            .put("voice", "alloy")
            .put("response_format", "pcm")
            .put("input", turn.text());
    return post(turn, "/v1/audio/speech", body, turn::sound);
  }

  Future<End> elevenLabsStream(EnduranceTurn turn) {
    JsonObject body =
        new JsonObject().put("text", turn.text()).put("model_id", "eleven_flash_v2_5");
    String uri =
        "/v1/text-to-speech/"
            + RelaySocketVoice.VOICE
            + "/stream?output_format=pcm_"
            + LoadPace.RATE_HZ;
    return post(turn, uri, body, turn::sound);
  }

  Future<End> openAiChat(EnduranceTurn turn) {
    JsonObject message = new JsonObject().put("role", "user").put("content", turn.text());
    JsonObject body =
        new JsonObject()
            .put("model", "any")
            .put("stream", true)
            .put("modalities", new JsonArray().add("text").add("audio"))
            .put("audio", new JsonObject().put("voice", "alloy").put("format", "pcm16"))
            .put("messages", new JsonArray().add(message));
    boolean[] done = {false};
    RecordParser lines =
        RecordParser.newDelimited(
            "\n",
            line -> {
              String data = line.toString().replaceFirst("^data: *", "");
              done[0] |= data.strip().equals("[DONE]");
              if (data.startsWith("{")) {
                chat(turn, new JsonObject(data));
              }
            });
    // A stream that fails ends in good form, without what a whole one ends with.
    return post(turn, "/v1/chat/completions", body, lines::handle)
        .map(end -> end == End.FINISHED && !done[0] ? End.FAILED : end);
  }

  private static void chat(EnduranceTurn turn, JsonObject chunk) {
    JsonArray choices = chunk.getJsonArray("choices", new JsonArray());
    if (choices.isEmpty()) {
      turn.detail(chunk.containsKey("error") ? chunk.encode() : turn.detail());
      return;
    }
    JsonObject delta = choices.getJsonObject(0).getJsonObject("delta", new JsonObject());
    JsonObject audio = delta.getJsonObject("audio");
    if (audio != null && audio.containsKey("data")) {
      turn.sound(Base64.getDecoder().decode(audio.getString("data")));
    }
  }

  private Future<End> post(
      EnduranceTurn turn, String uri, JsonObject body, Consumer<Buffer> sound) {
    return client
        .request(to(HttpMethod.POST, uri).putHeader("content-type", "application/json"))
        .map(request -> request.putHeader("xi-api-key", "any"))
        .compose(request -> request.send(body.toBuffer()))
        .compose(response -> listen(turn, response, sound));
  }

  private Future<End> listen(
      EnduranceTurn turn, HttpClientResponse response, Consumer<Buffer> sound) {
    if (response.statusCode() / 100 != 2) {
      boolean refused = response.statusCode() == 429; // 503 is for what a stage or service lacks
      return response
          .body()
          .map(
              body -> {
                turn.detail(response.statusCode() + " " + body);
                return refused && turn.pcm().length == 0 ? End.REFUSED : End.FAILED;
              });
    }
    String id = response.getHeader("Voicebus-Turn");
    if (id != null) {
      turn.id(id);
    }
    Promise<End> end = Promise.promise();
    response.exceptionHandler(
        broken -> {
          turn.detail("broken off: " + broken.getMessage());
          end.tryComplete(End.FAILED);
        });
    response.endHandler(whole -> end.tryComplete(End.FINISHED));
    response.handler(
        piece -> {
          if (!end.future().isComplete()) {
            sound.accept(piece);
            if (turn.acts()) {
              act(turn, response, end);
            }
          }
        });
    return end.future();
  }

  private void act(EnduranceTurn turn, HttpClientResponse response, Promise<End> end) {
    boolean back = turn.behaviour() == Behaviour.COMES_BACK && turn.door() == EnduranceDoor.AUDIO;
    if (turn.behaviour() == Behaviour.PAUSES) {
      response.pause();
      vertx.setTimer(1 + turn.random().nextInt(AWAY_MS), timer -> response.resume());
    } else if (turn.behaviour() == Behaviour.CANCELS && turn.door().cancels()) {
      end.tryComplete(End.CANCELLED);
      client
          .request(to(HttpMethod.DELETE, "/v1/turns/" + turn.id()))
          .compose(HttpClientRequest::send);
    } else if (back) {
      // The handlers of the connection that is left behind have nothing more to say.
      Promise<End> rest = Promise.promise();
      rest.future().onComplete(end);
      response.handler(late -> {});
      response.exceptionHandler(gone -> {});
      response.endHandler(ended -> {});
      response.request().connection().close();
      vertx.setTimer(
          1 + turn.random().nextInt(AWAY_MS),
          timer -> audio(turn, "?format=pcm&from=" + turn.samples()).onComplete(rest));
    } else {
      end.tryComplete(End.LEFT);
      response.request().connection().close();
    }
  }
}
