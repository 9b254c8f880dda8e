package io.voicebus.emulators;

import static io.voicebus.emulators.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many streams at once from each emulator, all whole. {@code ./bench emulators} has a thousand, and
 * shows the figures; the clients' share of the processor is in them.
 */
@Tag("slow")
@Timeout(120)
class ManyStreamsTest {
  private static final int STREAMS = Integer.getInteger("streams", 300);
  private static final int CONTEXTS = 5;

  /** Long enough for all to have come before the first has ended, on a busy machine too. */
  private static final int FIRST_MS = 1_500;

  private static final TextPace PACE = new TextPace(FIRST_MS, 60, 2);
  private static final SpeechPace VOICE =
      SpeechPace.INSTANT.paced(Duration.ofMillis(FIRST_MS), 0.5);
  private static final String TEXT =
      "A sentence of sixty chars, no more, as many answers have it. ";
  private static final String ANSWER = TEXT.repeat(6);

  private final Vertx servers = Vertx.vertx();
  private final Vertx clients = Vertx.vertx();
  private final HttpClient http =
      clients.createHttpClient(new PoolOptions().setHttp1MaxSize(STREAMS));

  @AfterEach
  void close() {
    await(clients.close());
    await(servers.close());
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Runs so many streams at once, and tells what they cost. */
  private static void measure(String name, double paceMs, Future<?> all) {
    long cpu = cpuNanos();
    long began = System.nanoTime();
    await(all);
    System.out.printf(
        Locale.ROOT,
        "%d streams of %s: %.2f s (by the pace %.2f s), %.1f ms of CPU each, clients included%n",
        STREAMS,
        name,
        (System.nanoTime() - began) / 1e9,
        paceMs / 1e3,
        (cpuNanos() - cpu) / 1e6 / STREAMS);
  }

  private Future<Buffer> ask(RequestOptions to, JsonObject body) {
    return http.request(to)
        .compose(request -> request.send(body.toBuffer()))
        .compose(response -> response.body());
  }

  private static RequestOptions post(String url) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(url)
        .setTimeout(60_000)
        .putHeader("content-type", "application/json");
  }

  private List<Future<Buffer>> thousand(RequestOptions to, JsonObject body) {
    List<Future<Buffer>> answers = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      answers.add(ask(to, body));
    }
    return answers;
  }

  /** The text of all events, without what is around it. */
  private static void assertWhole(List<Future<Buffer>> answers, String field) {
    for (Future<Buffer> answer : answers) {
      StringBuilder text = new StringBuilder();
      for (String line : answer.result().toString().split("\r?\n", -1)) {
        int at = line.indexOf(field);
        if (at >= 0) {
          int from = at + field.length();
          text.append(line, from, line.indexOf('"', from));
        }
      }
      assertThat(text.toString()).isEqualTo(ANSWER);
    }
  }

  private static double speechMs() {
    return FIRST_MS + 0.5 * TEXT.length() * EmulatedSpeech.CHAR_MS;
  }

  @Test
  void geminiAnswersManyAtOnce() {
    AtomicInteger called = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    GeminiEmulator emulator =
        await(
            GeminiEmulator.start(
                servers,
                GeminiEmulatorOptions.DEFAULTS.withScript(
                    call -> {
                      called.incrementAndGet();
                      return GeminiScript.answer(ANSWER).at(PACE);
                    })));
    JsonObject body = new JsonObject(Probe.HELLO);
    RequestOptions to =
        post(emulator.baseUrl() + Probe.LITE).putHeader("x-goog-api-key", "emulated-key");
    List<Future<Buffer>> answers = thousand(to, body);
    answers.forEach(answer -> answer.onComplete(end -> ended.compareAndSet(0, called.get())));
    measure("Gemini", PACE.wholeMs(ANSWER), Future.join(answers));
    assertWhole(answers, "\"text\":\"");
    assertThat(ended.get()).as("had begun before the first ended").isEqualTo(STREAMS);
  }

  @Test
  void anOpenAiCompatibleServerAnswersManyAtOnce() {
    OpenAiEmulator emulator =
        await(
            OpenAiEmulator.start(
                servers,
                OpenAiOptions.DEFAULTS.withChat(call -> OpenAiChatScript.answer(ANSWER).at(PACE))));
    JsonObject message = new JsonObject().put("role", "user").put("content", "hello");
    JsonObject body =
        new JsonObject()
            .put("model", "gpt-4o-mini")
            .put("stream", true)
            .put("messages", new JsonArray().add(message));
    RequestOptions to =
        post(emulator.baseUrl() + "/chat/completions")
            .putHeader("authorization", "Bearer emulated-key");
    List<Future<Buffer>> answers = thousand(to, body);
    measure("OpenAI-compatible chat", PACE.wholeMs(ANSWER), Future.join(answers));
    assertWhole(answers, "\"content\":\"");
    assertThat(emulator.counters().peakChats()).isEqualTo(STREAMS);
  }

  @Test
  void anOpenAiCompatibleServerSpeaksManyAtOnce() {
    OpenAiEmulator emulator =
        await(
            OpenAiEmulator.start(
                servers,
                OpenAiOptions.DEFAULTS.withSpeech(call -> OpenAiSpeechScript.instant().at(VOICE))));
    JsonObject body =
        new JsonObject()
            .put("model", "tts-1")
            .put("voice", "alloy")
            .put("input", TEXT)
            .put("response_format", "pcm");
    RequestOptions to =
        post(emulator.baseUrl() + "/audio/speech")
            .putHeader("authorization", "Bearer emulated-key");
    List<Future<Buffer>> answers = thousand(to, body);
    measure("OpenAI-compatible speech", speechMs(), Future.join(answers));
    assertSpoken(answers);
    assertThat(emulator.counters().peakSpeeches()).isEqualTo(STREAMS);
  }

  @Test
  void elevenLabsSpeaksManyAtOnceOverHttp() {
    ElevenEmulator emulator = voice();
    RequestOptions to =
        post(emulator.baseUrl() + "/v1/text-to-speech/x/stream?output_format=pcm_24000")
            .putHeader("xi-api-key", "emulated-key");
    JsonObject body = new JsonObject().put("text", TEXT).put("model_id", "eleven_flash_v2_5");
    List<Future<Buffer>> answers = thousand(to, body);
    measure("ElevenLabs over HTTP", speechMs(), Future.join(answers));
    assertSpoken(answers);
    assertThat(emulator.counters().peakGenerating()).isEqualTo(STREAMS);
  }

  @Test
  void elevenLabsSpeaksManyContextsAtOnce() {
    ElevenEmulator emulator = voice();
    WebSocketClient sockets =
        clients.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(STREAMS)
                .setMaxFrameSize(1 << 22)
                .setMaxMessageSize(1 << 22));
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setAbsoluteURI(
                emulator.baseUrl().replace("http", "ws")
                    + "/v1/text-to-speech/x/multi-stream-input?model_id=eleven_flash_v2_5"
                    + "&output_format=pcm_24000&auto_mode=true")
            .putHeader("xi-api-key", "emulated-key");
    List<Future<List<Buffer>>> all = new ArrayList<>();
    for (int i = 0; i < STREAMS / CONTEXTS; i++) {
      all.add(sockets.connect(to).compose(ManyStreamsTest::utter));
    }
    measure("ElevenLabs over WebSockets", speechMs(), Future.join(all));
    byte[] expected = EmulatedSpeech.pcm(TEXT, 24_000);
    for (Future<List<Buffer>> socket : all) {
      assertThat(socket.result()).hasSize(CONTEXTS);
      socket.result().forEach(heard -> assertThat(heard.getBytes()).isEqualTo(expected));
    }
    assertThat(emulator.counters().peakGenerating()).isEqualTo(STREAMS);
  }

  /** So many utterances at once over one socket. */
  private static Future<List<Buffer>> utter(WebSocket socket) {
    Promise<List<Buffer>> done = Promise.promise();
    Map<String, Buffer> heard = new HashMap<>();
    AtomicInteger open = new AtomicInteger(CONTEXTS);
    socket.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          String id = message.getString("contextId");
          String audio = message.getString("audio");
          if (audio != null) {
            heard
                .computeIfAbsent(id, first -> Buffer.buffer())
                .appendBytes(Base64.getDecoder().decode(audio));
          }
          if (Boolean.TRUE.equals(message.getValue("isFinal")) && open.decrementAndGet() == 0) {
            done.complete(List.copyOf(heard.values()));
          }
        });
    socket.closeHandler(closed -> done.tryFail("closed"));
    for (int i = 0; i < CONTEXTS; i++) {
      JsonObject named = new JsonObject().put("context_id", "c" + i);
      socket.writeTextMessage(named.copy().put("text", TEXT).put("flush", true).encode());
      socket.writeTextMessage(named.put("close_context", true).encode());
    }
    return done.future();
  }

  private ElevenEmulator voice() {
    ElevenScript script = new ElevenScript(VOICE, ElevenFault.none());
    return await(
        ElevenEmulator.start(servers, ElevenOptions.generous().withScripts(any -> script)));
  }

  private static void assertSpoken(List<Future<Buffer>> answers) {
    byte[] expected = EmulatedSpeech.pcm(TEXT, 24_000);
    answers.forEach(answer -> assertThat(answer.result().getBytes()).isEqualTo(expected));
  }
}
