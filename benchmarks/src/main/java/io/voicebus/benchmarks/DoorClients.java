package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A client of each door: how many nanoseconds after a sentence was sent its first sound is there.
 */
final class DoorClients {
  private static final String HOST = "127.0.0.1";
  private static final String ELEVENLABS = "/v1/text-to-speech/kevin16/";

  /** What agents ask for; the embedded voice has another rate. */
  private static final String PCM = "model_id=eleven_flash_v2_5&output_format=pcm_24000";

  /** Bytes of a WAV file's head. */
  static final int HEAD = 44;

  private final int port;
  private final int wyomingPort;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Of a server on these ports of this machine. */
  DoorClients(int port, int wyomingPort) {
    this.port = port;
    this.wyomingPort = wyomingPort;
  }

  /** The text stays open until its sound is there. */
  long speak(String sentence) throws IOException {
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

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The text is known as a whole. */
  long turn(String sentence) throws Exception {
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
  long session(String sentence) throws Exception {
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
  long openAiSpeech(String sentence) throws Exception {
    JsonObject order =
        new JsonObject()
            .put("model", "tts-1")
            .put("input", sentence)
            .put("voice", "alloy")
            .put("response_format", "pcm");
    long from = System.nanoTime();
    try (InputStream body = post("/v1/audio/speech", order)) {
      if (body.read() < 0) {
        throw new IOException("the answer ended early");
      }
      return System.nanoTime() - from;
    }
  }

  /** The text is known as a whole, and a model says it again. */
  long openAiChat(String sentence) throws Exception {
    JsonObject message = new JsonObject().put("role", "user").put("content", sentence);
    JsonObject order =
        new JsonObject()
            .put("model", "gpt-audio")
            .put("stream", true)
            .put("modalities", new JsonArray().add("text").add("audio"))
            .put("audio", new JsonObject().put("voice", "alloy").put("format", "pcm16"))
            .put("messages", new JsonArray().add(message));
    long from = System.nanoTime();
    try (InputStream body = post("/v1/chat/completions", order);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.contains("\"audio\":{\"data\":")) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new IOException("the answer ended early");
      }
      return System.nanoTime() - from;
    }
  }

  private InputStream post(String path, JsonObject body) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build(),
            BodyHandlers.ofInputStream())
        .body();
  }

  /** The text stays open until its sound is there. */
  long wyoming(String sentence) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wyomingPort);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(ascii("{\"type\":\"synthesize-start\"}\n"));
      JsonObject data = new JsonObject().put("text", sentence);
      JsonObject chunk = new JsonObject().put("type", "synthesize-chunk").put("data", data);
      long from = System.nanoTime();
      socket.getOutputStream().write(ascii(chunk.encode() + "\n"));
      String line = lines.readLine();
      while (line != null && !line.contains("\"audio-chunk\"")) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new IOException("it was closed");
      }
      return System.nanoTime() - from;
    }
  }

  /** The text is known as a whole. */
  long elevenLabsStream(String sentence) throws Exception {
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

  long elevenLabsInputs(String sentence) throws Exception {
    return elevenLabs("multi-stream-input", new JsonObject().put("context_id", "c1"), sentence);
  }

  long elevenLabsInput(String sentence) throws Exception {
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
  long realtime(String sentence) throws Exception {
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
