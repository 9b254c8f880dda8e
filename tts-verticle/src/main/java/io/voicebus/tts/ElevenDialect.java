package io.voicebus.tts;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** ElevenLabs over HTTP, with or without the times of the words. */
final class ElevenDialect implements ServiceDialect {
  private final ElevenSettings settings;

  ElevenDialect(ElevenSettings settings) {
    this.settings = settings;
  }

  @Override
  public String service() {
    return "ElevenLabs";
  }

  @Override
  public RequestOptions options(ServiceUtterance utterance) {
    return options(HttpMethod.POST, settings.httpUri(utterance.voice()))
        .putHeader("content-type", "application/json");
  }

  RequestOptions options(HttpMethod method, String uri) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(settings.baseUrl().host())
        .setPort(settings.baseUrl().port())
        .setSsl(settings.baseUrl().secure())
        .setURI(uri)
        .putHeader("xi-api-key", settings.apiKey());
  }

  @Override
  public JsonObject body(ServiceUtterance utterance) {
    Utterance asked = utterance.asked();
    JsonObject body = new JsonObject().put("text", asked.text()).put("model_id", settings.model());
    settings.languageForModel().ifPresent(code -> body.put("language_code", code));
    if (!settings.voiceSettings().isEmpty()) {
      body.put("voice_settings", settings.voiceSettings());
    }
    if (settings.takesContext()) {
      if (!asked.previousText().isBlank()) {
        body.put("previous_text", asked.previousText());
      }
      if (!asked.nextText().isBlank()) {
        body.put("next_text", asked.nextText());
      }
    }
    return body;
  }

  @Override
  public Body answer(ServiceUtterance utterance) {
    return settings.timings() ? new Timed(utterance) : new Bare(utterance);
  }

  @Override
  public Optional<Failure> stranger(String type) {
    boolean audio = type.startsWith("audio/") && !type.startsWith("audio/mpeg");
    boolean json = type.contains("json") || type.startsWith("text/event-stream");
    return (settings.timings() ? json : audio) ? Optional.empty() : Optional.of(stranger());
  }

  @Override
  public Failure stranger() {
    return ElevenFailures.stranger();
  }

  @Override
  public Failure refusal(int status, String body) {
    return ElevenFailures.ofStatus(status, body);
  }

  @Override
  public Failure lost() {
    return ElevenFailures.lost();
  }

  @Override
  public Failure unreachable() {
    return ElevenFailures.unreachable();
  }

  /** Errors have the last one only. */
  @Override
  public String requestId(UnaryOperator<String> headers) {
    String id = headers.apply("request-id");
    return id.isEmpty() ? headers.apply("x-trace-id") : id;
  }

  @Override
  public Failure identified(Failure why, String requestId) {
    return ElevenFailures.identified(why, requestId);
  }

  private static Optional<Failure> ending(ServiceUtterance utterance) {
    return utterance.silent() ? Optional.of(ElevenFailures.silent()) : Optional.empty();
  }

  /** Samples and nothing else. */
  private record Bare(ServiceUtterance utterance) implements Body {
    @Override
    public Optional<Failure> feed(byte[] bytes) {
      utterance.accept(bytes, Optional.empty());
      return Optional.empty();
    }

    @Override
    public Optional<Failure> end() {
      return ending(utterance);
    }
  }

  /** JSON objects with samples, and with the times of a segment at its beginning. */
  private static final class Timed implements Body {
    private final ServiceUtterance utterance;
    private final JsonLines lines = new JsonLines(this::line);
    private @Nullable Failure failure;

    Timed(ServiceUtterance utterance) {
      this.utterance = utterance;
    }

    private void line(String json) {
      ElevenMessage message = new ElevenMessage(json);
      if (message.refusal()) {
        failure = ElevenFailures.ofStatus(500, json);
      } else if (failure == null && !utterance.over()) {
        utterance.accept(message.audio(), message.timing());
      }
    }

    @Override
    public Optional<Failure> feed(byte[] bytes) {
      lines.feed(bytes);
      return Optional.ofNullable(failure);
    }

    @Override
    public Optional<Failure> end() {
      lines.end();
      return failure == null ? ending(utterance) : Optional.of(failure);
    }
  }
}
