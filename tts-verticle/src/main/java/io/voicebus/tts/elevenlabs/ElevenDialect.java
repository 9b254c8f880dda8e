package io.voicebus.tts.elevenlabs;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceDialect;
import io.voicebus.tts.service.ServiceReach;
import io.voicebus.tts.service.ServiceUtterance;
import io.voicebus.tts.service.SoundedJson;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ElevenLabs over HTTP, with or without the times of the words. */
final class ElevenDialect implements ServiceDialect {
  /** HTTP: the request has a form that the service does not take. */
  private static final int BAD_REQUEST = 400;

  private static final int UNPROCESSABLE = 422;

  private static final Set<String> HELPFUL = Set.of("previous_text", "next_text", "language_code");

  private static final Logger LOG = LoggerFactory.getLogger(ElevenDialect.class);

  /** Fields that the service has refused. */
  private final Set<String> notTaken = new HashSet<>();

  private final ElevenSettings settings;
  private final ServiceReach reach;

  ElevenDialect(ElevenSettings settings, ServiceReach reach) {
    this.settings = settings;
    this.reach = reach;
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
    return reach.request(method, uri).putHeader("xi-api-key", settings.apiKey());
  }

  @Override
  public JsonObject body(ServiceUtterance utterance) {
    Utterance asked = utterance.asked();
    JsonObject body = new JsonObject().put("text", asked.text()).put("model_id", settings.model());
    settings.languageFor(asked.language()).ifPresent(code -> body.put("language_code", code));
    JsonObject sound = settings.voiceSettings(asked.speed());
    if (!sound.isEmpty()) {
      body.put("voice_settings", sound);
    }
    if (settings.takesContext()) {
      if (!asked.previousText().isBlank()) {
        body.put("previous_text", asked.previousText());
      }
      if (!asked.nextText().isBlank()) {
        body.put("next_text", asked.nextText());
      }
    }
    body.mergeIn(settings.extra());
    notTaken.forEach(body::remove);
    return body;
  }

  /** What helps and is not needed; a model that is not known here may not take it. */
  @Override
  public boolean adapts(int status, String body) {
    boolean named = false;
    if (status != BAD_REQUEST && status != UNPROCESSABLE) {
      return false;
    }
    for (String field : HELPFUL) {
      if (body.contains(field)) {
        named = true;
        if (notTaken.add(field)) {
          LOG.info("the ElevenLabs model {} does not take {}", settings.model(), field);
        }
      }
    }
    return named;
  }

  @Override
  public Body answer(ServiceUtterance utterance) {
    return settings.timings() ? new Timed(utterance) : new BareSound(utterance);
  }

  @Override
  public Failure stranger(String what) {
    return ElevenFailures.stranger(what);
  }

  @Override
  public Failure refusal(int status, String body) {
    return ElevenFailures.ofStatus(status, body);
  }

  @Override
  public boolean ofRate(Failure refusal) {
    return ElevenFailures.isOfRate(refusal);
  }

  @Override
  public boolean ofStart(Failure refusal) {
    return false;
  }

  @Override
  public Optional<Failure> ending(ServiceUtterance.Ending ending) {
    return ElevenFailures.ofEnding(ending);
  }

  @Override
  public Failure lost() {
    return ElevenFailures.lost();
  }

  @Override
  public Failure unreachable(Throwable why) {
    return ElevenFailures.unreachable(reach.trouble(why));
  }

  /** Its bill. */
  @Override
  public Optional<Integer> counted(UnaryOperator<String> headers) {
    String cost = headers.apply("character-cost");
    return cost.matches("\\d{1,6}") ? Optional.of(Integer.valueOf(cost)) : Optional.empty();
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

  /** JSON objects with samples, and with the times of a segment at its beginning. */
  private static final class Timed implements Body {
    /** With one of these a line may begin: an object, or a field or comment of an event stream. */
    private static final String BEGINNINGS = "{de:ir";

    private final ServiceUtterance utterance;
    private final SoundedJson lines = SoundedJson.lines(this::line);
    private boolean begun;
    private @Nullable Failure failure;

    Timed(ServiceUtterance utterance) {
      this.utterance = utterance;
    }

    private void line(SoundedJson.Message line) {
      ElevenMessage message = new ElevenMessage(line);
      if (message.refusal()) {
        failure = ElevenFailures.ofStatus(500, line.json());
      } else if (failure == null && !utterance.over()) {
        message.to(utterance);
      }
    }

    /** Whatever its type is called: the first byte tells whether it is what was asked for. */
    @Override
    public Optional<Failure> feed(Buffer bytes) {
      for (int i = 0; i < bytes.length() && !begun; i++) {
        byte next = bytes.getByte(i);
        if (!Character.isWhitespace(next)) {
          begun = true;
          if (BEGINNINGS.indexOf(next) < 0) {
            return Optional.of(ElevenFailures.stranger("it is not JSON"));
          }
        }
      }
      lines.feed(bytes::getBytes, bytes.length());
      return Optional.ofNullable(failure);
    }

    @Override
    public Optional<Failure> end() {
      lines.end();
      return Optional.ofNullable(failure);
    }
  }
}
