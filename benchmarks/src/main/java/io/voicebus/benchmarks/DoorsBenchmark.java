package io.voicebus.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.http.HttpVerticle;
import io.voicebus.launcher.EventLoops;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.tts.embedded.EmbeddedVoice;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.wyoming.WyomingVerticle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long after a sentence is written its first sound is there, at each door for a text that is
 * still being written, next to the embedded voice by itself; at the Realtime door, after a model,
 * which repeats at once what it is asked, has been asked to say it. All runs in one JVM, over real
 * sockets, but {@code voicebus say -}, which is started for each of ten sentences. The figures of
 * one run are to be compared with each other only. Argument: rounds (200).
 */
final class DoorsBenchmark {
  private static final int WARM_UP = 30;
  private static final int PROCESSES = 10;
  private static final int WAITED_SECONDS = 3;
  private int sentences;

  private DoorsBenchmark() {}

  private interface Door {
    /** Nanoseconds from the sentence to its first sound. */
    long open(String sentence) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 200 : Integer.parseInt(args[0]);
    Vertx vertx = Vertx.vertx(EventLoops.options());
    HttpVerticle http = new HttpVerticle();
    WyomingVerticle wyoming = new WyomingVerticle();
    OpenAiEmulator model =
        TwoNodes.await(
            OpenAiEmulator.start(
                vertx,
                OpenAiOptions.DEFAULTS.withChat(call -> OpenAiChatScript.answer(call.prompt()))));
    JsonObject source =
        new JsonObject()
            .put("source", "openai")
            .put("openai-base-url", model.baseUrl())
            .put("openai-api-key", "emulated-key")
            .put("openai-model", "gpt-4o-mini");
    JsonObject speech = new JsonObject().put("engine", EmbeddedVoice.NAME);
    TwoNodes.await(
        Future.all(
                deploy(vertx, PlaybackVerticle.class, new JsonObject()),
                deploy(vertx, GeminiVerticle.class, source),
                deploy(vertx, TtsVerticle.class, speech),
                deploy(vertx, ChunkerVerticle.class, new JsonObject()))
            .compose(
                deployed ->
                    vertx.deployVerticle(
                        http, new DeploymentOptions().setConfig(new JsonObject().put("port", 0))))
            .compose(
                deployed ->
                    vertx.deployVerticle(
                        wyoming,
                        new DeploymentOptions()
                            .setConfig(new JsonObject().put("wyoming-port", 0)))));
    EmbeddedVoice voice = new EmbeddedVoice(1);
    voice.warm().toCompletableFuture().get(60, TimeUnit.SECONDS);
    DoorsBenchmark benchmark = new DoorsBenchmark();
    DoorClients doors = new DoorClients(http.actualPort(), wyoming.actualPort());
    Map<String, Door> all = new LinkedHashMap<>();
    all.put("the voice by itself", sentence -> bare(voice, sentence));
    all.put("POST /v1/speak?mode=say", doors::speak);
    all.put("POST /v1/turns, GET …/ws", doors::turn);
    all.put("WS /v1/session", doors::session);
    all.put("OpenAI's POST /v1/audio/speech, pcm", doors::openAiSpeech);
    all.put("OpenAI's POST /v1/chat/completions, pcm16, with a model", doors::openAiChat);
    all.put("ElevenLabs' POST …/stream", doors::elevenLabsStream);
    all.put("ElevenLabs' WS …/multi-stream-input", doors::elevenLabsInputs);
    all.put("ElevenLabs' WS …/stream-input", doors::elevenLabsInput);
    all.put("WS /v1/realtime, with a model", doors::realtime);
    all.put("Wyoming, synthesize-chunk", doors::wyoming);
    Map<String, long[]> times = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Map.Entry<String, Door> door : all.entrySet()) {
        long nanos = door.getValue().open(benchmark.sentence());
        if (round >= 0) {
          times.computeIfAbsent(door.getKey(), name -> new long[rounds])[round] = nanos;
        }
      }
    }
    times.put("voicebus say -o - -, a JVM of its own", benchmark.say());
    print(times);
    System.exit(0);
  }

  /** Each of which says its first sentence, {@link #WAITED_SECONDS} after its start. */
  private long[] say() throws Exception {
    long[] nanos = new long[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
      nanos[i] = say(sentence());
    }
    return nanos;
  }

  private static long say(String sentence) throws Exception {
    ProcessBuilder say = new ProcessBuilder("./voicebus", "say", "-o", "-", "-");
    say.environment().put("VOICEBUS_ENGINE", EmbeddedVoice.NAME);
    Process process = say.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream text = process.getOutputStream();
        InputStream sound = process.getInputStream()) {
      if (process.waitFor(WAITED_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("it has ended with " + process.exitValue());
      }
      long from = System.nanoTime();
      text.write(DoorClients.ascii(sentence.trim() + "\n"));
      text.flush();
      if (sound.readNBytes(DoorClients.HEAD + 1).length <= DoorClients.HEAD) {
        throw new IOException("there is no sound");
      }
      return System.nanoTime() - from;
    } finally {
      process.destroy();
    }
  }

  private static Future<String> deploy(Vertx vertx, Class<?> verticle, JsonObject config) {
    return vertx.deployVerticle(verticle.getName(), new DeploymentOptions().setConfig(config));
  }

  /** Never the same, so that no cache has it. */
  private String sentence() {
    sentences++;
    return "The answer number " + sentences + " begins with this sentence. ";
  }

  private static void print(Map<String, long[]> times) {
    System.out.println("| from the end of a sentence to its first sound | p50 | p95 |");
    System.out.println("|---|---|---|");
    times.forEach(
        (door, nanos) -> {
          long[] sorted = nanos.clone();
          Arrays.sort(sorted);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.1f ms | %.1f ms |%n",
              door,
              sorted[sorted.length / 2] / 1e6,
              sorted[sorted.length * 95 / 100] / 1e6);
        });
  }

  private static long bare(EmbeddedVoice voice, String sentence) throws Exception {
    CompletableFuture<Long> first = new CompletableFuture<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    long from = System.nanoTime();
    voice.speak(
        Utterance.of(sentence),
        new SpeechSink() {
          @Override
          public void frame(byte[] pcm, int spokenChars, int wordSamples) {
            first.complete(System.nanoTime() - from);
          }

          @Override
          public void end() {
            ended.complete(true);
          }

          @Override
          public void fail(FailureKind kind, String detail) {
            ended.completeExceptionally(new IllegalStateException(detail));
          }
        });
    ended.get(10, TimeUnit.SECONDS);
    return first.get(10, TimeUnit.SECONDS);
  }
}
