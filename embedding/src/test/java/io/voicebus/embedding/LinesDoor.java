package io.voicebus.embedding;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioEncoder;
import io.voicebus.audio.AudioFormat;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;

/** A door of your own: lines of JSON that a model writes come in, a WAV goes out meanwhile. */
public final class LinesDoor extends VerticleBase {
  private static final TurnOptions OPTIONS =
      TurnOptions.DEFAULTS.withMode(TextMode.SAY).withPace(Pace.ASAP);

  private VertxBus bus;
  private TurnOwner owner;
  private HttpServer server;

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "door")
        .compose(
            registered -> {
              bus = registered;
              owner = new TurnOwner(bus.inbox(), OwnerLimits.DEFAULTS);
              server = vertx.createHttpServer().requestHandler(this::speak);
              return server.listen(0, "127.0.0.1");
            });
  }

  /** Turns under way are spoken to their end, then it closes. */
  @Override
  public Future<?> stop() {
    return owner == null ? Future.succeededFuture() : owner.drain().compose(done -> bus.close());
  }

  int port() {
    return server.actualPort();
  }

  private void speak(HttpServerRequest request) {
    Speaking speaking = new Speaking(request.response());
    try {
      speaking.turn = owner.start(TurnRequest.feed(OPTIONS), speaking::onEvent);
    } catch (VoicebusException e) {
      // Too many turns, or no memory for another: before anything was read.
      request.response().setStatusCode(503).putHeader("Retry-After", "1").end(e.getMessage());
      return;
    }
    speaking.turn.listen(speaking);
    request.response().closeHandler(closed -> speaking.turn.cancel("its listener has gone"));
    feed(request, speaking.turn.feed());
  }

  private static void feed(HttpServerRequest request, TextFeed feed) {
    feed.drainHandler(request::resume);
    request.handler(
        RecordParser.newDelimited(
            "\n",
            line -> {
              try {
                feed.append(new JsonObject(line).getString("text", ""));
              } catch (DecodeException e) {
                feed.breakOff(fault(FailureKind.INVALID_REQUEST, "a line is no JSON object"));
              }
              if (feed.isFull()) {
                request.pause();
              }
            }));
    request.exceptionHandler(
        why -> feed.breakOff(fault(FailureKind.LOST, "the text broke off: " + why.getMessage())));
    request.endHandler(ended -> feed.end());
  }

  private static Failure fault(FailureKind kind, String detail) {
    return new Failure(Stage.TEXT, kind, detail);
  }

  /** One turn, on its way to its client. */
  private static final class Speaking implements AudioListener {
    private final HttpServerResponse response;
    private final AudioEncoder wav = AudioCoding.of(AudioFormat.WAV).encoder();
    private Turn turn;

    Speaking(HttpServerResponse response) {
      this.response = response;
    }

    @Override
    public void format(int sampleRateHz) {
      response.setChunked(true).putHeader("Content-Type", "audio/wav");
      write(wav.begin(sampleRateHz));
    }

    @Override
    public void audio(int chunk, byte[] pcm) {
      write(wav.encode(pcm));
    }

    private void write(byte[] bytes) {
      response.write(Buffer.buffer(bytes));
      if (response.writeQueueFull()) {
        turn.pauseAudio();
        response.drainHandler(drained -> turn.resumeAudio());
      }
    }

    void onEvent(TurnEvent event) {
      if (!(event instanceof TurnEvent.Ended ended) || response.closed()) {
        return;
      }
      if (ended.failure() == null) {
        response.end(Buffer.buffer(wav.end()));
      } else if (!response.headWritten()) {
        response.setStatusCode(502).end(ended.failure().detail());
      } else {
        response.reset(); // what broke off is not to pass for a whole
      }
    }
  }
}
