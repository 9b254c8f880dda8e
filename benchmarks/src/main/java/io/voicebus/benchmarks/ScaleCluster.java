package io.voicebus.benchmarks;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A front with all roles but speech, or with all, and workers in JVMs of their own. */
final class ScaleCluster implements AutoCloseable {
  private static final int PORT = 17_800;

  /** Of another cluster beside the first; a cluster takes ports from here to 119 above. */
  private static final int OTHER_PORT = 18_000;

  private static final String PACE = "VOICEBUS_READER_DELTAS_PER_SECOND";

  /** What is heard is compared with what was written. */
  private static final String SPELL_OUT = "VOICEBUS_SPELL_OUT";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ScaleJvm> all = new ArrayList<>();
  private final ScaleJvm front;
  private final int port;

  private ScaleCluster(int port, Map<String, String> settings, List<String> arguments) {
    this.port = port;
    front = add(ScaleJvm.start(settings, arguments));
    front.address();
  }

  /** All roles in one JVM, with so many speech instances. */
  static ScaleCluster alone(Map<String, String> voice, int instances) {
    Map<String, String> settings = new HashMap<>(voice);
    settings.put(PACE, "0");
    settings.put(SPELL_OUT, "off");
    return new ScaleCluster(
        0, settings, List.of("--port", "0", "--tts-instances", Integer.toString(instances)));
  }

  /** All roles but speech. */
  static ScaleCluster front() {
    return front(PORT);
  }

  /** The same, beside the first one. */
  static ScaleCluster otherFront() {
    return front(OTHER_PORT);
  }

  private static ScaleCluster front(int port) {
    return new ScaleCluster(
        port,
        Map.of(PACE, "0", SPELL_OUT, "off"),
        List.of(
            "--cluster",
            "--cluster-port",
            Integer.toString(port),
            "--port",
            "0",
            "--roles",
            "http,gemini,chunker,playback"));
  }

  /** Adds a JVM with so many speech instances; it is starting. */
  ScaleJvm worker(String node, Map<String, String> voice, int instances) {
    return add(
        ScaleJvm.start(
            voice,
            List.of(
                "--cluster",
                "--cluster-port",
                Integer.toString(port),
                "--node",
                node,
                "--roles",
                "tts",
                "--instances",
                Integer.toString(instances))));
  }

  /** The same, with one instance and little memory. */
  ScaleJvm smallWorker(String node, Map<String, String> voice, String heap) {
    return add(
        ScaleJvm.start(
            List.of(),
            heap,
            voice,
            List.of(
                "--cluster",
                "--cluster-port",
                Integer.toString(port),
                "--node",
                node,
                "--roles",
                "tts")));
  }

  /** Adds a JVM that may be asked as well, and so keeps a copy of each turn; it is starting. */
  ScaleJvm neighbour(String node) {
    return add(
        ScaleJvm.start(
            Map.of(),
            List.of(
                "--cluster",
                "--cluster-port",
                Integer.toString(port),
                "--node",
                node,
                "--port",
                "0",
                "--roles",
                "http")));
  }

  private ScaleJvm add(ScaleJvm jvm) {
    all.add(jvm);
    return jvm;
  }

  ScaleJvm frontJvm() {
    return front;
  }

  HttpClient client() {
    return client;
  }

  ScaleTurn ask(String text) {
    return ScaleTurn.ask(client, front.address(), text);
  }

  /** So many turns at once, each of so many sentences. */
  List<ScaleTurn> ask(int turns, int sentences) {
    return IntStream.range(0, turns).mapToObj(turn -> ask(prompt(turn, sentences))).toList();
  }

  static String prompt(int turn, int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(i == 0 ? "" : " ")
          .append("Turn ")
          .append(turn)
          .append(" says this as its sentence number ")
          .append(i)
          .append('.');
    }
    return text.toString();
  }

  /** CPU seconds of all its processes that live. */
  double cpuSeconds() {
    return all.stream().mapToDouble(jvm -> jvm.cpu().toMillis() / 1e3).sum();
  }

  @Override
  public void close() {
    all.forEach(ScaleJvm::close);
  }
}
