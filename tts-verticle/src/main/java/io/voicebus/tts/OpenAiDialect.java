package io.voicebus.tts;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The speech protocol of OpenAI, which many servers speak. */
final class OpenAiDialect implements ServiceDialect {
  private final OpenAiSettings settings;

  OpenAiDialect(OpenAiSettings settings) {
    this.settings = settings;
  }

  @Override
  public String service() {
    return "the speech server";
  }

  @Override
  public RequestOptions options(ServiceUtterance utterance) {
    return options(HttpMethod.POST, "audio/speech").putHeader("content-type", "application/json");
  }

  RequestOptions options(HttpMethod method, String path) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(settings.baseUrl().host())
            .setPort(settings.baseUrl().port())
            .setSsl(settings.baseUrl().secure())
            .setURI(settings.baseUrl().path(path));
    return settings.apiKey().isEmpty()
        ? options
        : options.putHeader("authorization", "Bearer " + settings.apiKey());
  }

  @Override
  public JsonObject body(ServiceUtterance utterance) {
    return settings
        .fields()
        .copy()
        .put("input", utterance.asked().text())
        .put("voice", utterance.voice());
  }

  @Override
  public Body answer(ServiceUtterance utterance) {
    return switch (settings.format()) {
      case "wav" -> new Wav(utterance, settings.sampleRateHz());
      case "sse" -> new Events(utterance);
      default -> new Pcm(utterance);
    };
  }

  /** Bytes without a type, or of none in particular, are taken for what they should be. */
  @Override
  public Optional<Failure> stranger(String type) {
    boolean events = type.startsWith("text/event-stream");
    boolean text = type.startsWith("text/") || type.contains("json");
    boolean packed =
        type.startsWith("audio/mpeg") || type.startsWith("audio/ogg") || type.contains("flac");
    boolean fits = settings.format().equals("sse") ? events : !text && !packed;
    return fits ? Optional.empty() : Optional.of(OpenAiFailures.stranger(""));
  }

  @Override
  public Failure stranger() {
    return OpenAiFailures.stranger("");
  }

  @Override
  public Failure refusal(int status, String body) {
    return OpenAiFailures.ofStatus(status, body);
  }

  @Override
  public Failure lost() {
    return OpenAiFailures.lost();
  }

  @Override
  public Failure unreachable() {
    return OpenAiFailures.unreachable();
  }

  @Override
  public String requestId(UnaryOperator<String> headers) {
    return headers.apply("x-request-id");
  }

  @Override
  public Failure identified(Failure why, String requestId) {
    return requestId.matches("[A-Za-z0-9._-]{1,64}")
        ? new Failure(why.stage(), why.kind(), why.detail() + " (request " + requestId + ")")
        : why;
  }

  private static Optional<Failure> ending(ServiceUtterance utterance) {
    return utterance.silent() ? Optional.of(OpenAiFailures.silent()) : Optional.empty();
  }

  /** Samples and nothing else. */
  private record Pcm(ServiceUtterance utterance) implements Body {
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

  private static final class Wav implements Body {
    private final ServiceUtterance utterance;
    private final int sampleRateHz;
    private final WavReader reader;

    Wav(ServiceUtterance utterance, int sampleRateHz) {
      this.utterance = utterance;
      this.sampleRateHz = sampleRateHz;
      this.reader =
          new WavReader(
              samples -> {
                if (rate() == sampleRateHz) {
                  utterance.accept(samples, Optional.empty());
                }
              });
    }

    private int rate() {
      return reader.sampleRateHz();
    }

    @Override
    public Optional<Failure> feed(byte[] bytes) {
      try {
        reader.feed(bytes);
      } catch (IllegalArgumentException e) {
        return Optional.of(OpenAiFailures.stranger(String.valueOf(e.getMessage())));
      }
      return rate() == 0 || rate() == sampleRateHz
          ? Optional.empty()
          : Optional.of(OpenAiFailures.rate(rate()));
    }

    @Override
    public Optional<Failure> end() {
      return reader.complete() ? ending(utterance) : Optional.of(OpenAiFailures.lost());
    }
  }

  private static final class Events implements Body {
    private final ServiceUtterance utterance;
    private final JsonLines lines = new JsonLines(this::event);
    private @Nullable Failure failure;
    private boolean done;

    Events(ServiceUtterance utterance) {
      this.utterance = utterance;
    }

    private void event(String json) {
      JsonObject event = new JsonObject(json);
      String type = event.getValue("type") instanceof String text ? text : "";
      if (failure != null || utterance.over()) {
        return;
      }
      if (type.equals("speech.audio.delta") && event.getValue("audio") instanceof String audio) {
        utterance.accept(Base64.getDecoder().decode(audio), Optional.empty());
      } else if (type.equals("speech.audio.done")) {
        done = true;
      } else if (type.equals("error") || event.containsKey("error")) {
        failure = OpenAiFailures.ofStatus(500, json);
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
      if (failure == null && !done) {
        failure = OpenAiFailures.lost();
      }
      return failure == null ? ending(utterance) : Optional.of(failure);
    }
  }
}
