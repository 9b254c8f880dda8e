package io.voicebus.embedding;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.engine.EngineSpeeches;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.sound.SpokenAudio;
import java.util.List;
import java.util.Set;

/** An engine of your own that asks a service: text is posted, WAV or bare samples come back. */
final class HumEngine implements SpeechEngine {
  static final String NAME = "hum";
  static final Setting<String> URL = Setting.url("hum-url", "Where the service is.");

  private static final int RATE_HZ = 16_000;
  private static final int MAX_CHARS = 5_000;

  private final HttpClient client;
  private final String url;
  private final EngineSpeeches speeches = new EngineSpeeches(NAME, "the service", MAX_CHARS);

  HumEngine(Vertx vertx, String url) {
    this.client = vertx.createHttpClient();
    this.url = url;
  }

  /** As a service it is given many texts at once, and not as few as a voice of this machine. */
  record Opener(Vertx vertx) implements EngineOpener.Service {
    @Override
    public boolean wanted(Settings settings) {
      return settings.has(URL); // without the setting engine, too
    }

    @Override
    public String described(Settings settings) {
      return settings.find(URL).orElse("nowhere");
    }

    @Override
    public SpeechEngine apply(Settings settings, Integer slots) {
      String url =
          settings
              .find(URL)
              .orElseThrow(() -> new IllegalArgumentException("the engine hum needs hum-url"));
      return new HumEngine(vertx, url);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineTraits traits() {
    return new EngineTraits(false, RATE_HZ, Set.of(), 0);
  }

  @Override
  public List<Voice> voices() {
    return List.of(new Voice("hum", "Hum", ""));
  }

  @Override
  public String setup() {
    return url; // what is kept of one service is not heard as another's
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    // One end and no more, from whatever thread, and none of it once it is cancelled.
    OnceSink once = speeches.begin(utterance, sink);
    if (once.closed()) {
      return once; // there is nothing to say, or too much
    }
    Future<HttpClientRequest> request =
        client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url));
    request
        .compose(opened -> opened.send(utterance.text()))
        .onSuccess(response -> take(response, once))
        .onFailure(why -> once.fail(FailureKind.UNAVAILABLE, url + ": " + why.getMessage()));
    return () -> {
      once.cancel();
      request.onSuccess(HttpClientRequest::reset); // the service need not go on
    };
  }

  private static void take(HttpClientResponse response, OnceSink once) {
    if (response.statusCode() != 200) {
      // The one is tried again, here or elsewhere; the other would be refused again.
      FailureKind kind =
          response.statusCode() < 500 ? FailureKind.INVALID_REQUEST : FailureKind.UNAVAILABLE;
      once.fail(kind, "the service says " + response.statusMessage());
      return;
    }
    // Bytes come as the network cuts them: samples have to be put together.
    SpokenAudio audio =
        new SpokenAudio(RATE_HZ, once::format, pcm -> once.frame(pcm, SpeechSink.UNKNOWN));
    response.handler(bytes -> heard(once, () -> audio.feed(bytes.getBytes())));
    response.exceptionHandler(
        why -> once.fail(FailureKind.UNAVAILABLE, "the service broke off: " + why.getMessage()));
    response.endHandler(
        ended ->
            heard(
                once,
                () -> {
                  if (audio.end()) {
                    once.end();
                  } else {
                    once.fail(FailureKind.UNAVAILABLE, "the service ended in mid-sentence");
                  }
                }));
  }

  private static void heard(OnceSink once, Runnable step) {
    try {
      step.run();
    } catch (SpokenAudio.Unplayable e) {
      once.fail(FailureKind.INVALID_REQUEST, "what comes cannot be played: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    speeches.close();
    client.close();
  }
}
