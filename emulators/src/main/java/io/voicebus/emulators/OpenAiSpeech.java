package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The audio of one request on its way. Lives on one context. */
final class OpenAiSpeech implements SpeechRun.Listener {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final OpenAiSpeechCall call;
  private final OpenAiSpeechScript script;
  private final OpenAiAudio audio;
  private final OpenAiFlavor flavor;
  private Future<Void> written = Future.succeededFuture();
  private @Nullable SpeechRun run;
  private boolean over;

  OpenAiSpeech(
      Vertx vertx,
      HttpServerRequest request,
      OpenAiSpeechCall call,
      OpenAiSpeechScript script,
      OpenAiFlavor flavor) {
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.call = call;
    this.script = script;
    this.audio = script.audio();
    this.flavor = flavor;
  }

  void begin() {
    long ms = script.headDelay().toMillis();
    if (ms == 0) {
      head();
    } else {
      vertx.setTimer(ms, late -> head());
    }
  }

  /** The client has disconnected. */
  void gone() {
    over = true;
    if (run != null) {
      run.stop();
    }
  }

  private void head() {
    if (over) {
      return;
    }
    response.setChunked(true).putHeader("content-type", contentType());
    written = response.writeHead();
    SpeechRun speech =
        new SpeechRun(
            vertx,
            call.input(),
            audio.sampleRateHz(),
            script.pace(),
            script.fault()::dueAfter,
            0,
            this);
    run = speech;
    speech.start();
  }

  private String contentType() {
    if (!audio.contentType().isEmpty()) {
      return audio.contentType();
    }
    if (call.captioned()) {
      return "application/json";
    }
    return call.sse() ? "text/event-stream" : "audio/" + call.format();
  }

  @Override
  public void piece(byte[] samples, boolean first) {
    boolean mp3 = script.fault().kind() == OpenAiSpeechFault.Kind.MP3;
    byte[] bytes = mp3 ? EmulatedMp3.bytes(samples.length) : samples;
    if (first && wav() && !mp3) {
      byte[] head = audio.wav().head(audio.sampleRateHz(), length());
      bytes = new byte[head.length + samples.length];
      System.arraycopy(head, 0, bytes, 0, head.length);
      System.arraycopy(samples, 0, bytes, head.length, samples.length);
    }
    if (call.captioned()) {
      JsonObject line =
          new JsonObject()
              .put("audio", Base64.getEncoder().encodeToString(bytes))
              .put("audio_format", "audio/" + call.format())
              .put("timestamps", first ? WordTimes.of(call.input()) : new JsonArray());
      write((line.encode() + "\n").getBytes(StandardCharsets.UTF_8), audio.cutBytes());
    } else if (call.sse()) {
      event(
          new JsonObject()
              .put("type", "speech.audio.delta")
              .put("audio", Base64.getEncoder().encodeToString(bytes)),
          false);
    } else {
      write(bytes, audio.cutBytes());
    }
  }

  @Override
  public void done() {
    if (call.sse()) {
      if (audio.doneEvent()) {
        JsonObject usage =
            new JsonObject()
                .put("input_tokens", TextPace.tokens(call.input()))
                .put("output_tokens", call.input().length())
                .put("total_tokens", TextPace.tokens(call.input()) + call.input().length());
        event(
            new JsonObject().put("type", "speech.audio.done").put("usage", usage),
            !audio.doneMarker());
      }
      if (audio.doneMarker()) {
        write(audio.framing().event("[DONE]", true), audio.framing().cutBytes());
      }
    } else if (wav() && audio.wav().tail().length > 0) {
      write(audio.wav().tail(), audio.cutBytes());
    }
    response.end();
  }

  @Override
  public void fault() {
    OpenAiSpeechFault fault = script.fault();
    switch (fault.kind()) {
      case CUT -> cut();
      case END -> response.end();
      case ERROR -> {
        if (call.sse() && fault.error() != null) {
          event(fault.error().json(flavor).put("type", "error"), true);
          response.end();
        } else {
          cut();
        }
      }
      case HANG, NONE, MP3 -> {}
    }
  }

  private void cut() {
    written.onComplete(sent -> request.connection().close());
  }

  private boolean wav() {
    return call.format().equals("wav");
  }

  private int length() {
    return EmulatedSpeech.length(call.input(), audio.sampleRateHz());
  }

  private void event(JsonObject json, boolean last) {
    SseFraming framing = audio.framing();
    String text = framing.manyLines() ? json.encodePrettily() : json.encode();
    write(framing.event(text, last), framing.cutBytes());
  }

  private void write(byte[] bytes, int cutBytes) {
    written = Pieces.write(response, bytes, cutBytes);
  }
}
