package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.gemini.ModelStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to get from the bytes of a model's response to its text: events of 1 KB, in pieces
 * of 16 KiB as a socket gives them. Each operation is one event, which is one delta. {@code tree}
 * is what it would cost only to make a {@link JsonObject} of each event's bytes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TextBenchmark {
  private static final int EVENTS = 512;
  private static final int EVENT_BYTES = 1024;
  private static final int PIECE_BYTES = 16 * 1024;

  @Param({"gemini", "openai"})
  String protocol = "gemini";

  @Param({"ascii", "mixed"})
  String text = "ascii";

  private final List<byte[]> pieces = new ArrayList<>();
  private byte[] event = {};

  /**
   * What went through. On a machine that does other work as well, MB a second of a core are {@code
   * megabytes / cpuSeconds}.
   */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Volume {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Million bytes, in a second. */
    public double megabytes;

    /** Of the thread, in a second: how much of a core it got. */
    public double cpuSeconds;

    private long begunNanos;

    void begin() {
      begunNanos = THREADS.getCurrentThreadCpuTime();
    }

    void end() {
      cpuSeconds += (THREADS.getCurrentThreadCpuTime() - begunNanos) / 1e9;
      megabytes += EVENTS * EVENT_BYTES / 1e6;
    }
  }

  /** Makes the response. */
  @Setup
  public void respond() {
    String words = text.equals("ascii") ? "The museum opens at nine. " : "Grüße, “täglich” 四 😀. ";
    int room = EVENT_BYTES - "data: \r\n\r\n".length();
    StringBuilder said = new StringBuilder();
    while (bytes(event(said + words)).length <= room) {
      said.append(words);
    }
    while (bytes(event(said.toString())).length < room) {
      said.append('.');
    }
    String json = event(said.toString());
    event = bytes(json);
    byte[] body = bytes(("data: " + json + "\r\n\r\n").repeat(EVENTS));
    for (int at = 0; at < body.length; at += PIECE_BYTES) {
      pieces.add(Arrays.copyOfRange(body, at, Math.min(body.length, at + PIECE_BYTES)));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String event(String said) {
    return protocol.equals("gemini") ? gemini(said) : openAi(said);
  }

  private static String gemini(String said) {
    JsonObject content =
        new JsonObject()
            .put("parts", new JsonArray().add(new JsonObject().put("text", said)))
            .put("role", "model");
    return new JsonObject()
        .put(
            "candidates",
            new JsonArray().add(new JsonObject().put("content", content).put("index", 0)))
        .put(
            "usageMetadata",
            new JsonObject()
                .put("promptTokenCount", 21)
                .put("candidatesTokenCount", 190)
                .put("totalTokenCount", 211))
        .put("modelVersion", "gemini-3.5-flash-lite")
        .put("responseId", "aa11bb22")
        .encode();
  }

  private static String openAi(String said) {
    JsonObject choice =
        new JsonObject()
            .put("index", 0)
            .put("delta", new JsonObject().put("content", said))
            .putNull("finish_reason");
    return new JsonObject()
        .put("id", "chatcmpl-emulated-1")
        .put("object", "chat.completion.chunk")
        .put("created", 1_767_225_600)
        .put("model", "llama3.2:3b")
        .put("choices", new JsonArray().add(choice))
        .putNull("usage")
        .encode();
  }

  /** From bytes to text. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void stream(Blackhole texts, Volume volume) {
    volume.begin();
    ModelStream stream =
        protocol.equals("gemini")
            ? ModelStream.gemini(texts::consume)
            : ModelStream.openAi(texts::consume);
    pieces.forEach(stream::feed);
    volume.end();
  }

  /** To trees only: the events are found already. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void tree(Blackhole trees, Volume volume) {
    volume.begin();
    for (int i = 0; i < EVENTS; i++) {
      trees.consume(new JsonObject(new String(event, StandardCharsets.UTF_8)));
    }
    volume.end();
  }
}
