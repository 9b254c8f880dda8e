package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.benchmarks.EnduranceTurn.Behaviour;
import io.voicebus.benchmarks.EnduranceTurn.End;
import java.util.Base64;
import java.util.function.Consumer;

/** Clients over WebSockets. Lives on one context. */
final class EnduranceSockets {
  private static final int MAX_MESSAGE_BYTES = 4 << 20;
  private static final int WRITE_EVERY_MS = 12;
  private static final int AWAY_MS = 1_500;

  /** The close code that asks the client to come back. */
  private static final int LOST = 4503;

  private final Vertx vertx;
  private final WebSocketClient client;
  private final EnduranceHttp http;
  private final int port;

  EnduranceSockets(Vertx vertx, EnduranceHttp http, int port) {
    this.vertx = vertx;
    this.http = http;
    this.port = port;
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(2_000)
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES));
  }

  /** A client's end of one WebSocket, with the turn that it is for. */
  private final class Line {
    private final EnduranceTurn turn;
    private final WebSocket socket;
    private final Promise<End> end = Promise.promise();
    private boolean paused;
    private boolean cancelled;

    Line(EnduranceTurn turn, WebSocket socket) {
      this.turn = turn;
      this.socket = socket;
      socket.exceptionHandler(broken -> turn.detail("broken: " + broken.getMessage()));
    }

    void send(JsonObject message) {
      if (!socket.isClosed()) {
        socket.writeTextMessage(message.encode());
      }
    }

    /** More sound; now may be the time to do something. */
    void sound(byte[] pcm, JsonObject cancel) {
      if (end.future().isComplete()) {
        return;
      }
      turn.sound(pcm);
      if (!turn.acts()) {
        return;
      }
      if (turn.behaviour() == Behaviour.PAUSES) {
        paused = true;
        socket.pause();
        vertx.setTimer(
            1 + turn.random().nextInt(AWAY_MS),
            timer -> {
              paused = false;
              socket.resume();
            });
      } else if (turn.behaviour() == Behaviour.CANCELS && !cancel.isEmpty()) {
        cancelled = true;
        send(cancel);
      } else {
        over(End.LEFT);
      }
    }

    /** The connection is closed. What had come of it while nobody read is lost to this client. */
    void closed(End how) {
      if (turn.detail().isEmpty()) {
        turn.detail("closed: " + socket.closeStatusCode() + " " + socket.closeReason());
      }
      over(paused ? End.LEFT : how);
    }

    void over(End how) {
      if (end.tryComplete(how) && !socket.isClosed()) {
        socket.close();
      }
    }

    /** Writes a text piece by piece; what came behind a cancellation would begin another turn. */
    void write(String[] pieces, int next, Consumer<String> piece, Runnable last) {
      if (cancelled || end.future().isComplete()) {
        return;
      }
      if (next == pieces.length) {
        last.run();
      } else {
        piece.accept(pieces[next]);
        vertx.setTimer(WRITE_EVERY_MS, timer -> write(pieces, next + 1, piece, last));
      }
    }
  }

  private Future<End> connect(EnduranceTurn turn, String uri, Consumer<Line> use) {
    return client
        .connect(
            new WebSocketConnectOptions()
                .setHost(EnduranceHttp.HOST)
                .setPort(port)
                .setURI(uri)
                .putHeader("xi-api-key", "any"))
        .compose(
            socket -> {
              Line line = new Line(turn, socket);
              use.accept(line);
              return line.end.future();
            });
  }

  /** One turn's audio and events. */
  Future<End> socket(EnduranceTurn turn) {
    return http.start(turn)
        .compose(
            begun ->
                begun
                    ? connect(turn, "/v1/turns/" + turn.id() + "/ws", this::listen)
                        .compose(end -> rest(turn, end))
                    : Future.succeededFuture(End.REFUSED));
  }

  /** When the server of its turn was lost, a client is to come back. */
  private Future<End> rest(EnduranceTurn turn, End end) {
    return turn.detail().startsWith("closed: " + LOST)
        ? http.rest(turn, end, EnduranceHttp.MOST_RETURNS)
        : Future.succeededFuture(end);
  }

  private void listen(Line line) {
    JsonObject cancel = new JsonObject().put("type", "cancel");
    line.socket.binaryMessageHandler(pcm -> line.sound(pcm.getBytes(), cancel));
    line.socket.textMessageHandler(text -> ended(line, new JsonObject(text)));
    line.socket.closeHandler(
        closed -> {
          Short code = line.socket.closeStatusCode();
          line.closed(code != null && code == 1000 ? End.FINISHED : End.FAILED);
        });
  }

  private static void ended(Line line, JsonObject message) {
    if ("begin".equals(message.getString("event"))) {
      line.turn.id(message.getString("turn", ""));
    }
    if ("end".equals(message.getString("event"))) {
      JsonObject data = message.getJsonObject("data");
      line.turn.detail(data.encode());
      line.over(
          switch (data.getString("outcome")) {
            case "finished" -> End.FINISHED;
            case "cancelled" -> End.CANCELLED;
            default -> End.FAILED;
          });
    }
  }

  Future<End> sessionPrompt(EnduranceTurn turn) {
    return connect(
        turn,
        "/v1/session",
        line -> {
          listen(line);
          line.send(new JsonObject().put("type", "prompt").put("text", turn.text()));
        });
  }

  Future<End> sessionText(EnduranceTurn turn) {
    return connect(
        turn,
        "/v1/session",
        line -> {
          listen(line);
          JsonObject append = new JsonObject().put("type", "input_text.append");
          line.write(
              turn.pieces(),
              0,
              piece -> line.send(append.put("text", piece)),
              () -> line.send(new JsonObject().put("type", "input_text.end")));
        });
  }

  /** ElevenLabs' API for one text, or for several of which there is one. */
  Future<End> elevenLabs(EnduranceTurn turn, boolean contexts) {
    String uri =
        "/v1/text-to-speech/"
            + RelaySocketVoice.VOICE
            + (contexts ? "/multi-stream-input" : "/stream-input")
            + "?output_format=pcm_"
            + LoadPace.RATE_HZ;
    JsonObject base = contexts ? new JsonObject().put("context_id", "c1") : new JsonObject();
    JsonObject last = new JsonObject().put("text", "");
    return connect(
        turn,
        uri,
        line -> {
          line.socket.textMessageHandler(text -> elevenLabs(line, new JsonObject(text)));
          line.socket.closeHandler(closed -> line.closed(End.FAILED));
          line.send(base.copy().put("text", " "));
          line.write(
              turn.pieces(),
              0,
              piece -> line.send(base.copy().put("text", piece)),
              () -> {
                // Without the flush a context that is heard would count as interrupted.
                line.send(contexts ? base.copy().put("text", "").put("flush", true) : last);
                if (contexts) {
                  line.send(base.copy().put("close_context", true));
                }
              });
        });
  }

  private static void elevenLabs(Line line, JsonObject message) {
    String audio = message.getString("audio");
    if (audio != null && !audio.isEmpty()) {
      line.sound(Base64.getDecoder().decode(audio), new JsonObject());
    }
    if (message.containsKey("error")) {
      line.turn.detail(message.encode());
      line.over(End.FAILED);
    } else if (Boolean.TRUE.equals(message.getValue("isFinal"))) {
      line.over(End.FINISHED);
    }
  }

  Future<End> realtime(EnduranceTurn turn) {
    JsonObject part = new JsonObject().put("type", "input_text").put("text", turn.text());
    JsonObject item =
        new JsonObject()
            .put("type", "message")
            .put("role", "user")
            .put("content", new JsonArray().add(part));
    return connect(
        turn,
        "/v1/realtime",
        line -> {
          line.socket.textMessageHandler(text -> realtime(line, new JsonObject(text)));
          line.socket.closeHandler(closed -> line.closed(End.FAILED));
          line.send(new JsonObject().put("type", "conversation.item.create").put("item", item));
          line.send(new JsonObject().put("type", "response.create"));
        });
  }

  private static void realtime(Line line, JsonObject message) {
    switch (message.getString("type", "")) {
      case "response.output_audio.delta" ->
          line.sound(
              Base64.getDecoder().decode(message.getString("delta")),
              new JsonObject().put("type", "response.cancel"));
      case "response.done" -> {
        JsonObject response = message.getJsonObject("response");
        line.turn.detail(response.getString("status") + " " + response.getValue("status_details"));
        line.over(
            switch (response.getString("status")) {
              case "completed" -> End.FINISHED;
              case "cancelled" -> End.CANCELLED;
              default -> End.FAILED;
            });
      }
      default -> {}
    }
  }
}
