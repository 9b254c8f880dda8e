package io.voicebus.tts.openai;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.tts.engine.SpeedRange;
import io.voicebus.tts.service.ServiceDialect;
import io.voicebus.tts.service.ServiceReach;
import io.voicebus.tts.service.ServiceUtterance;
import io.voicebus.tts.service.SoundedJson;
import io.voicebus.tts.sound.CharTimes;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The speech protocol of OpenAI, which many servers speak. */
final class OpenAiDialect implements ServiceDialect {
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final OpenAiSettings settings;
  private final ServiceReach reach;

  /** Whether the server tells the times of its words. */
  private boolean captioned;

  private boolean captionsAsked;

  OpenAiDialect(OpenAiSettings settings, ServiceReach reach) {
    this.settings = settings;
    this.reach = reach;
  }

  @Override
  public String service() {
    return "the speech server";
  }

  @Override
  public RequestOptions options(ServiceUtterance utterance) {
    String path = captioned ? settings.captionedPath() : settings.baseUrl().path("audio/speech");
    return at(HttpMethod.POST, path).putHeader("content-type", "application/json");
  }

  /** Whether it has still to be found out if the server tells the times of its words. */
  boolean asksForCaptions() {
    return settings.mayHaveTimings() && !captionsAsked;
  }

  /** A question that costs nothing: what takes a POST only refuses this in a way of its own. */
  RequestOptions captionsProbe() {
    return at(HttpMethod.GET, settings.captionedPath());
  }

  /** What was answered to {@link #captionsProbe}. */
  void captionsProbed(int status) {
    captionsAsked = true;
    captioned = status == METHOD_NOT_ALLOWED;
  }

  RequestOptions options(HttpMethod method, String path) {
    return at(method, settings.baseUrl().path(path));
  }

  private RequestOptions at(HttpMethod method, String uri) {
    RequestOptions options = reach.request(method, uri);
    return settings.apiKey().isEmpty()
        ? options
        : options.putHeader("authorization", "Bearer " + settings.apiKey());
  }

  @Override
  public JsonObject body(ServiceUtterance utterance) {
    JsonObject body =
        settings
            .fields()
            .copy()
            .put("input", utterance.asked().text())
            .put("voice", utterance.voice());
    if (utterance.asked().speed() != 0) {
      body.put("speed", SpeedRange.ANY.nearest(utterance.asked().speed()));
    }
    return captioned ? body.put("stream", true).put("return_timestamps", true) : body;
  }

  /** Where captions are not to be had after all, they are done without. */
  @Override
  public boolean adapts(int status, String body) {
    boolean was = captioned;
    captioned &= status != NOT_FOUND && status != METHOD_NOT_ALLOWED;
    return was && !captioned;
  }

  @Override
  public Body answer(ServiceUtterance utterance) {
    if (captioned) {
      return new Captioned(utterance);
    }
    return settings.format().equals("sse") ? new Events(utterance) : new BareSound(utterance);
  }

  @Override
  public Failure stranger(String what) {
    return OpenAiFailures.stranger(what);
  }

  @Override
  public Failure refusal(int status, String body) {
    return OpenAiFailures.ofStatus(status, body);
  }

  @Override
  public boolean ofRate(Failure refusal) {
    return OpenAiFailures.isOfRate(refusal);
  }

  @Override
  public boolean ofStart(Failure refusal) {
    return OpenAiFailures.isOfStart(refusal);
  }

  @Override
  public Optional<Failure> ending(ServiceUtterance.Ending ending) {
    return OpenAiFailures.ofEnding(ending);
  }

  @Override
  public Failure lost() {
    return OpenAiFailures.lost();
  }

  @Override
  public Failure unreachable(Throwable why) {
    return OpenAiFailures.unreachable(reach.trouble(why));
  }

  @Override
  public Optional<Integer> counted(UnaryOperator<String> headers) {
    return Optional.empty();
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

  /** JSON objects with samples, and with the times of the words that they begin with. */
  private static final class Captioned implements Body {
    private final ServiceUtterance utterance;
    private final SoundedJson lines = SoundedJson.lines(this::line);

    Captioned(ServiceUtterance utterance) {
      this.utterance = utterance;
    }

    private void line(SoundedJson.Message message) {
      JsonObject line = new JsonObject(message.json());
      if (!utterance.over() && line.getValue("audio") instanceof String) {
        utterance.accept(message.sound(), message.soundLength(), CharTimes.ofWords(line));
      }
    }

    @Override
    public Optional<Failure> feed(Buffer bytes) {
      lines.feed(bytes::getBytes, bytes.length());
      return Optional.empty();
    }

    @Override
    public Optional<Failure> end() {
      lines.end();
      return Optional.empty();
    }
  }

  private static final class Events implements Body {
    private final ServiceUtterance utterance;
    private final SoundedJson lines = SoundedJson.lines(this::event);
    private @Nullable Failure failure;
    private boolean done;

    Events(ServiceUtterance utterance) {
      this.utterance = utterance;
    }

    private void event(SoundedJson.Message message) {
      JsonObject event = new JsonObject(message.json());
      String type = event.getValue("type") instanceof String text ? text : "";
      if (failure != null || utterance.over()) {
        return;
      }
      if (type.equals("speech.audio.delta") && event.getValue("audio") instanceof String) {
        utterance.accept(message.sound(), message.soundLength(), Optional.empty());
      } else if (type.equals("speech.audio.done")) {
        done = true;
      } else if (type.equals("error") || event.containsKey("error")) {
        failure = OpenAiFailures.ofStatus(500, message.json());
      }
    }

    @Override
    public Optional<Failure> feed(Buffer bytes) {
      lines.feed(bytes::getBytes, bytes.length());
      return Optional.ofNullable(failure);
    }

    @Override
    public Optional<Failure> end() {
      lines.end();
      if (failure == null && !done) {
        failure = OpenAiFailures.lost();
      }
      return Optional.ofNullable(failure);
    }
  }
}
