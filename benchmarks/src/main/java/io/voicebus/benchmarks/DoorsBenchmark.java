package io.voicebus.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
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
import io.voicebus.tts.EmbeddedVoice;
import io.voicebus.tts.SpeechSink;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.tts.Utterance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * How long after a sentence is written its first sound is there, at each door for a text that is
 * still being written, next to the embedded voice by itself; at the Realtime door, after a model,
 * which repeats at once what it is asked, has been asked to say it. All runs in one JVM, over real
 * sockets; the figures of one run are to be compared with each other only. Argument: rounds (200).
 */
final class DoorsBenchmark {
  private static final int WARM_UP = 30;
  private static final String HOST = "127.0.0.1";
  private static final String ELEVENLABS = "/v1/text-to-speech/kevin16/";

  /** What agents ask for; the embedded voice has another rate. */
  private static final String PCM = "model_id=eleven_flash_v2_5&output_format=pcm_24000";

  /** Bytes of a WAV file's head. */
  private static final int HEAD = 44;

  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private int sentences;

  private DoorsBenchmark(int port) {
    this.port = port;
  }

  private interface Door {
    /** Nanoseconds from the sentence to its first sound. */
    long open(String sentence) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 200 : Integer.parseInt(args[0]);
    Vertx vertx = Vertx.vertx(EventLoops.options());
    HttpVerticle http = new HttpVerticle();
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
                        http, new DeploymentOptions().setConfig(new JsonObject().put("port", 0)))));
    EmbeddedVoice voice = new EmbeddedVoice(1);
    voice.warm().toCompletableFuture().get(60, TimeUnit.SECONDS);
    DoorsBenchmark doors = new DoorsBenchmark(http.actualPort());
    Map<String, Door> all = new LinkedHashMap<>();
    all.put("the voice by itself", sentence -> bare(voice, sentence));
    all.put("POST /v1/speak?mode=say", doors::speak);
    all.put("POST /v1/turns, GET …/ws", doors::turn);
    all.put("WS /v1/session", doors::session);
    all.put("ElevenLabs' POST …/stream", doors::elevenLabsStream);
    all.put("ElevenLabs' WS …/multi-stream-input", doors::elevenLabsInputs);
    all.put("ElevenLabs' WS …/stream-input", doors::elevenLabsInput);
    all.put("WS /v1/realtime, with a model", doors::realtime);
    Map<String, long[]> times = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Map.Entry<String, Door> door : all.entrySet()) {
        long nanos = door.getValue().open(doors.sentence());
        if (round >= 0) {
          times.computeIfAbsent(door.getKey(), name -> new long[rounds])[round] = nanos;
        }
      }
    }
    print(times);
    System.exit(0);
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

  /** The text stays open until its sound is there. */
  private long speak(String sentence) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(
          ascii(
              "POST /v1/speak?mode=say HTTP/1.1\r\nHost: "
                  + HOST
                  + "\r\nTransfer-Encoding: chunked\r\n\r\n"));
      out.flush();
      long from = System.nanoTime();
      byte[] piece = ascii(sentence);
      out.write(ascii(Integer.toHexString(piece.length) + "\r\n" + sentence + "\r\n"));
      InputStream in = socket.getInputStream();
      byte[] read = new byte[8192];
      int count = 0;
      int body = -1;
      // The head of the answer, that of the WAV file with the length of its chunk, then sound.
      while (body < 0 || count <= body + HEAD + 32) {
        int more = in.read(read, count, read.length - count);
        if (more < 0) {
          throw new IOException("the answer ended early");
        }
        count += more;
        int head = new String(read, 0, count, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        body = head < 0 ? -1 : head + 4;
      }
      return System.nanoTime() - from;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The text is known as a whole. */
  private long turn(String sentence) throws Exception {
    long from = System.nanoTime();
    JsonObject turn = new JsonObject().put("prompt", sentence).put("mode", "say");
    String answer =
        client
            .send(
                HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + "/v1/turns"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(turn.encode()))
                    .build(),
                BodyHandlers.ofString())
            .body();
    Listener listener = new Listener();
    WebSocket socket =
        connect(URI.create(new JsonObject(answer).getString("ws")).getPath(), listener);
    long at = listener.first.get(10, TimeUnit.SECONDS);
    socket.abort();
    return at - from;
  }

  /** The text stays open until its sound is there. */
  private long session(String sentence) throws Exception {
    Listener listener = new Listener();
    WebSocket socket = connect("/v1/session", listener);
    JsonObject append = new JsonObject().put("type", "input_text.append").put("text", sentence);
    long from = System.nanoTime();
    socket.sendText(append.encode(), true).get(10, TimeUnit.SECONDS);
    long at = listener.first.get(10, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    return at - from;
  }

  /** The text is known as a whole. */
  private long elevenLabsStream(String sentence) throws Exception {
    long from = System.nanoTime();
    try (InputStream body =
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://" + HOST + ":" + port + ELEVENLABS + "stream?" + PCM))
                    .header("Content-Type", "application/json")
                    .header("xi-api-key", "none")
                    .POST(BodyPublishers.ofString(new JsonObject().put("text", sentence).encode()))
                    .build(),
                BodyHandlers.ofInputStream())
            .body()) {
      if (body.read() < 0) {
        throw new IOException("the answer ended early");
      }
      return System.nanoTime() - from;
    }
  }

  private long elevenLabsInputs(String sentence) throws Exception {
    return elevenLabs("multi-stream-input", new JsonObject().put("context_id", "c1"), sentence);
  }

  private long elevenLabsInput(String sentence) throws Exception {
    return elevenLabs("stream-input", new JsonObject(), sentence);
  }

  /** The text stays open until its sound is there. */
  private long elevenLabs(String way, JsonObject message, String sentence) throws Exception {
    Listener listener = new Listener();
    WebSocket socket = connect(ELEVENLABS + way + "?" + PCM, listener);
    socket.sendText(message.copy().put("text", " ").encode(), true).get(10, TimeUnit.SECONDS);
    long from = System.nanoTime();
    socket.sendText(message.put("text", sentence).encode(), true).get(10, TimeUnit.SECONDS);
    long at = listener.firstMessage.get(10, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    return at - from;
  }

  /** The text is known as a whole, and a model says it again. */
  private long realtime(String sentence) throws Exception {
    Listener listener = new Listener();
    WebSocket socket = connect("/v1/realtime", listener);
    JsonObject part = new JsonObject().put("type", "input_text").put("text", sentence);
    JsonObject item =
        new JsonObject()
            .put("type", "message")
            .put("role", "user")
            .put("content", new JsonArray().add(part));
    long from = System.nanoTime();
    socket
        .sendText(
            new JsonObject().put("type", "conversation.item.create").put("item", item).encode(),
            true)
        .get(10, TimeUnit.SECONDS);
    socket
        .sendText(new JsonObject().put("type", "response.create").encode(), true)
        .get(10, TimeUnit.SECONDS);
    long at = listener.first.get(10, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    return at - from;
  }

  private WebSocket connect(String path, Listener listener) throws Exception {
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://" + HOST + ":" + port + path), listener)
        .get(10, TimeUnit.SECONDS);
  }

  /** Waits for sound. */
  private static final class Listener implements WebSocket.Listener {
    final CompletableFuture<Long> first = new CompletableFuture<>();

    /** ElevenLabs' sound comes within text. */
    final CompletableFuture<Long> firstMessage = new CompletableFuture<>();

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      firstMessage.complete(System.nanoTime());
      text.append(data);
      if (last) {
        if (text.indexOf("\"response.output_audio.delta\"") >= 0) {
          first.complete(System.nanoTime());
        }
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      first.complete(System.nanoTime());
      return WebSocket.Listener.super.onBinary(socket, data, last);
    }
  }
}
