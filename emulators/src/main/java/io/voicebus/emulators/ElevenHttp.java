package io.voicebus.emulators;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Speech over plain HTTP: the whole text in, audio out. Lives on one context. */
final class ElevenHttp {
  private static final int MAX_CHARS = 40_000;

  /** A stock voice, George. */
  private static final String ANY_VOICE = "JBFqnCBsd6RMkjVDRZzb";

  private final Vertx vertx;
  private final ElevenOptions options;
  private final ElevenUsage usage;

  /** In which shape the audio comes. */
  enum Shape {
    WHOLE,
    STREAM,
    TIMESTAMPS
  }

  ElevenHttp(Vertx vertx, ElevenOptions options, ElevenUsage usage) {
    this.vertx = vertx;
    this.options = options;
    this.usage = usage;
  }

  /** The catalogue: without voices of its own the account has any, of which one is listed. */
  void voices(HttpServerRequest request, String requestId) {
    if (!ElevenKeys.accepts(options, ElevenKeys.of(request))) {
      ElevenRefusal.badKey().send(request.response(), usage, requestId);
      return;
    }
    JsonArray voices = new JsonArray();
    (options.voices().isEmpty() ? Set.of(ANY_VOICE) : options.voices())
        .stream()
            .sorted()
            .forEach(id -> voices.add(new JsonObject().put("voice_id", id).put("name", id)));
    request
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("request-id", requestId)
        .end(new JsonObject().put("voices", voices).toBuffer());
  }

  void handle(HttpServerRequest request, String voice, Shape shape, String requestId) {
    usage.requested();
    request
        .body()
        .onSuccess(
            body -> {
              try {
                JsonObject json = new JsonObject(body);
                Optional<ElevenRefusal> refusal = refusal(request, voice, json);
                if (refusal.isPresent()) {
                  refusal.get().send(request.response(), usage, requestId);
                } else {
                  speak(request, voice, json, shape, requestId);
                }
              } catch (DecodeException | ClassCastException e) {
                ElevenRefusal.field("json_invalid", "body", "JSON decode error")
                    .send(request.response(), usage, requestId);
              }
            });
  }

  private Optional<ElevenRefusal> refusal(
      HttpServerRequest request, String voice, JsonObject json) {
    if (!ElevenKeys.accepts(options, ElevenKeys.of(request))) {
      return Optional.of(ElevenRefusal.badKey());
    }
    String text = json.getString("text");
    if (text == null) {
      return Optional.of(ElevenRefusal.field("missing", "text", "Field required"));
    }
    String model = json.getString("model_id", "eleven_multilingual_v2");
    if (!ElevenFormat.exists(model)) {
      return Optional.of(
          ElevenRefusal.of(400, "validation_error", "unsupported_model", "No such model."));
    }
    Optional<ElevenRefusal> field = ElevenFormat.refusedField(json, model, options);
    if (field.isPresent()) {
      return field;
    }
    if (text.length() > MAX_CHARS) {
      return Optional.of(
          ElevenRefusal.of(
              400,
              "validation_error",
              "text_too_long",
              "max_character_limit_exceeded",
              "The text is too long for this model.",
              "text"));
    }
    Optional<ElevenRefusal> format = ElevenFormat.refusal(format(request));
    if (format.isPresent()) {
      return format;
    }
    if (!options.voices().isEmpty() && !options.voices().contains(voice)) {
      return Optional.of(
          ElevenRefusal.of(404, "not_found", "voice_not_found", "A voice was not found."));
    }
    if (usage.full()) {
      return Optional.of(ElevenRefusal.tooManyAtOnce());
    }
    return usage.bill(text.length())
        ? Optional.empty()
        : Optional.of(
            ElevenRefusal.of(
                401, "quota_error", "quota_exceeded", "This request exceeds your quota."));
  }

  private static String format(HttpServerRequest request) {
    return ElevenSpec.or(request.getParam("output_format"), "mp3_44100_128");
  }

  private void speak(
      HttpServerRequest request, String voice, JsonObject json, Shape shape, String requestId) {
    String text = json.getString("text");
    String model = json.getString("model_id", "eleven_multilingual_v2");
    ElevenScript script = options.scripts().apply(new ElevenRequest(voice, model, text, false));
    if (script.fault().refusesAtOnce()) {
      ElevenRefusal.named(script.fault().error()).send(request.response(), usage, requestId);
      return;
    }
    HttpServerResponse response = request.response();
    usage.begun();
    ElevenRefusal.limits(response, usage);
    response
        .putHeader("content-type", shape == Shape.TIMESTAMPS ? "application/json" : "audio/pcm")
        .putHeader("request-id", requestId)
        .putHeader("character-cost", String.valueOf(text.length()));
    Answer answer = new Answer(request, text, shape, script.fault());
    SpeechRun run =
        new SpeechRun(
            vertx,
            text,
            ElevenFormat.rate(format(request)),
            script.pace(),
            script.fault()::dueAfter,
            0,
            answer);
    answer.run = run;
    response.closeHandler(gone -> answer.over());
    response.exceptionHandler(broken -> answer.over());
    run.start();
  }

  /** The audio of one request on its way. */
  private final class Answer implements SpeechRun.Listener {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String text;
    private final Shape shape;
    private final ElevenFault fault;
    private final Buffer whole = Buffer.buffer();
    private @Nullable SpeechRun run;
    private boolean over;

    Answer(HttpServerRequest request, String text, Shape shape, ElevenFault fault) {
      this.request = request;
      this.response = request.response();
      this.text = text;
      this.shape = shape;
      this.fault = fault;
      response.setChunked(shape != Shape.WHOLE);
    }

    @Override
    public void piece(byte[] samples, boolean first) {
      byte[] audio = fault.audio(samples);
      switch (shape) {
        case WHOLE -> whole.appendBytes(audio);
        case STREAM -> response.write(Buffer.buffer(audio));
        case TIMESTAMPS -> {
          JsonObject timing = first ? fault.times(ElevenAlignment.seconds(text)) : null;
          JsonObject line =
              new JsonObject()
                  .put("audio_base64", Base64.getEncoder().encodeToString(audio))
                  .put("alignment", timing)
                  .put("normalized_alignment", timing);
          response.write(line.encode() + "\n");
        }
      }
    }

    @Override
    public void done() {
      over();
      if (shape == Shape.WHOLE) {
        response.putHeader("tts-latency-ms", "0").end(whole);
      } else {
        response.end();
      }
    }

    @Override
    public void fault() {
      if (fault.kind() == ElevenFault.Kind.END) {
        done();
      } else if (fault.kind() != ElevenFault.Kind.HANG) {
        request.connection().close();
      }
    }

    void over() {
      if (!over) {
        over = true;
        usage.finished();
        if (run != null) {
          run.stop();
        }
      }
    }
  }
}
