package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenRequest;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.OpenAiChatCall;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.emulators.OpenAiSpeechScript;
import io.voicebus.emulators.TextPace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Emulated models and voices for a cluster, in this JVM: what is said with them can be read back.
 */
final class ScaleServices implements AutoCloseable {
  private static final String KEY = "emulated-key";

  /** Three times as fast as it is heard, so that it still writes when a fault strikes. */
  private static final TextPace MODEL = new TextPace(100, 12, 1);

  /** As a service is: its first byte after 150 ms, and then five times as fast as it is heard. */
  private static final Duration FIRST = Duration.ofMillis(150);

  private static final double FACTOR = 0.2;
  private static final Duration SLOW = Duration.ofMillis(1_200);

  /** One in so many is slow, where that is of interest. */
  private static final int SLOW_ONES = 8;

  /** One in so many fails, where services do. */
  private static final int BAD_ANSWERS = 8;

  private static final int BAD_SPEECH = 12;

  private final Vertx vertx = Vertx.vertx();
  private final Set<ScaleOption> with;
  private final Random random = new Random(1);
  private final AtomicLong prompts = new AtomicLong();
  private final GeminiEmulator model;
  private final ElevenEmulator voice;
  private final OpenAiEmulator other;

  ScaleServices(String host, Set<ScaleOption> with) {
    this.with = with;
    model =
        TwoNodes.await(
            GeminiEmulator.start(
                vertx, GeminiEmulatorOptions.DEFAULTS.onHost(host).withScript(this::answer)));
    voice =
        TwoNodes.await(
            ElevenEmulator.start(
                vertx, ElevenOptions.generous().onHost(host).withScripts(this::speech)));
    other =
        TwoNodes.await(
            OpenAiEmulator.start(
                vertx,
                OpenAiOptions.DEFAULTS
                    .onHost(host)
                    .withChat(call -> OpenAiChatScript.answer(echo(call)).at(MODEL))
                    .withSpeech(call -> OpenAiSpeechScript.instant().paced(FIRST, FACTOR))));
  }

  private synchronized int next(int bound) {
    return random.nextInt(bound);
  }

  private GeminiScript answer(GeminiCall call) {
    GeminiScript good = GeminiScript.answer(EmulatedServices.echo(call)).at(MODEL);
    if (with.contains(ScaleOption.FALLBACK) && prompts.getAndIncrement() % 2 == 0) {
      return GeminiScript.refuse(GeminiRefusal.object(GeminiError.overloaded()));
    }
    if (!with.contains(ScaleOption.ROUGH) || next(BAD_ANSWERS) > 0) {
      return good;
    }
    return switch (next(5)) {
      case 0 -> GeminiScript.refuse(GeminiRefusal.object(GeminiError.overloaded()));
      case 1 -> GeminiScript.refuse(GeminiRefusal.object(GeminiError.rateLimited("1s")));
      case 2 -> GeminiScript.refuse(GeminiRefusal.html(502, "Bad Gateway"));
      case 3 -> good.ending(GeminiEnding.RESET);
      default -> good.ending(GeminiEnding.SILENCE);
    };
  }

  private ElevenScript speech(ElevenRequest request) {
    boolean slow = with.contains(ScaleOption.HEDGE) && next(SLOW_ONES) == 0;
    ElevenScript good = ElevenScript.instant().paced(slow ? SLOW : FIRST, FACTOR);
    if (!with.contains(ScaleOption.ROUGH) || next(BAD_SPEECH) > 0) {
      return good;
    }
    int pieces = next(6);
    return good.failing(
        switch (next(6)) {
          case 0 -> ElevenFault.cut(pieces);
          case 1 -> ElevenFault.hang(pieces);
          case 2 -> ElevenFault.error("too_many_concurrent_requests", 0);
          case 3 -> ElevenFault.error("something_went_wrong", pieces);
          case 4 -> ElevenFault.mp3();
          default -> ElevenFault.close(1011, pieces);
        });
  }

  /** The prompt or, where an answer that has broken off is to go on, the rest of its prompt. */
  private static String echo(OpenAiChatCall call) {
    JsonArray messages = call.body().getJsonArray("messages");
    String said = "";
    String asked = call.prompt();
    for (int i = 1; i < messages.size(); i++) {
      JsonObject message = messages.getJsonObject(i);
      String before = messages.getJsonObject(i - 1).getString("content", "");
      if ("assistant".equals(message.getString("role"))
          && before.startsWith(message.getString("content"))) {
        said = message.getString("content");
        asked = before;
      }
    }
    return asked.substring(said.length());
  }

  /** What a user would set: keys, where the services are, and the options. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("GEMINI_API_KEY", KEY);
    settings.put("GEMINI_BASE_URL", model.baseUrl());
    settings.put("ELEVENLABS_API_KEY", KEY);
    settings.put("ELEVENLABS_BASE_URL", voice.baseUrl());
    if (with.contains(ScaleOption.FALLBACK)) {
      settings.put("VOICEBUS_FALLBACK", "openai");
      settings.put("OPENAI_API_KEY", KEY);
      settings.put("OPENAI_BASE_URL", other.baseUrl());
      settings.put("OPENAI_MODEL", "gpt-4o-mini");
    }
    if (with.contains(ScaleOption.ENGINES) || with.contains(ScaleOption.HEDGE)) {
      settings.put("VOICEBUS_ENGINES", "elevenlabs,openai");
      settings.put("OPENAI_SPEECH_API_KEY", KEY);
      settings.put("OPENAI_SPEECH_BASE_URL", other.baseUrl());
    }
    if (with.contains(ScaleOption.HEDGE)) {
      settings.put("VOICEBUS_HEDGE", "on");
    }
    if (with.contains(ScaleOption.NO_CACHE)) {
      settings.put("VOICEBUS_CACHE_BYTES", "0");
    }
    settings.put("VOICEBUS_SPELL_OUT", "off");
    return settings;
  }

  @Override
  public void close() {
    TwoNodes.await(vertx.close());
  }
}
