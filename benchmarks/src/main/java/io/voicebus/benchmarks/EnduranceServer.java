package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.benchmarks.EnduranceTurn.End;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Voicebus in a process of its own, with its clients and what it tells of itself. */
final class EnduranceServer implements AutoCloseable {
  /** Figures that are 0 where nothing goes on: turns, links, chunks, slots. */
  private static final List<String> AT_REST =
      List.of(
          "voicebus_turns_active",
          "voicebus_bus_links",
          "voicebus_queue_chunks",
          "voicebus_worker_slots{state=\"busy\"",
          "voicebus_worker_waiting");

  private final ServeProcess process;
  private final EnduranceHttp http;
  private final EnduranceSockets sockets;

  /** As the files are called in which audio is kept after a turn's end. */
  private static final String KEPT_AUDIO = ".pcm";

  /**
   * What a process holds that must not grow.
   *
   * @param files without those of kept audio: they are there for ten minutes, and a leg is shorter
   */
  record Held(double heapMib, long files, long threads) {
    JsonObject json() {
      return new JsonObject().put("heap_mib", heapMib).put("files", files).put("threads", threads);
    }
  }

  EnduranceServer(Vertx vertx, Path script, Path folder, Map<String, String> settings) {
    process = new ServeProcess(script, folder, settings);
    int port = URI.create(process.address()).getPort();
    http = new EnduranceHttp(vertx, port);
    sockets = new EnduranceSockets(vertx, http, port);
  }

  /** Has a turn spoken. */
  Future<End> speak(EnduranceTurn turn) {
    return switch (turn.door()) {
      case SPEAK -> http.speak(turn);
      case SAY -> http.say(turn);
      case AUDIO -> http.audio(turn);
      case SOCKET -> sockets.socket(turn);
      case SESSION_PROMPT -> sockets.sessionPrompt(turn);
      case SESSION_TEXT -> sockets.sessionText(turn);
      case OPENAI_SPEECH -> http.openAiSpeech(turn);
      case OPENAI_CHAT -> http.openAiChat(turn);
      case REALTIME -> sockets.realtime(turn);
      case ELEVENLABS_STREAM -> http.elevenLabsStream(turn);
      case ELEVENLABS_INPUT -> sockets.elevenLabs(turn, false);
      case ELEVENLABS_INPUTS -> sockets.elevenLabs(turn, true);
    };
  }

  /** All events of a turn that has ended. */
  Future<String> events(EnduranceTurn turn) {
    return http.get("/v1/turns/" + turn.id() + "/events");
  }

  boolean alive() {
    return process.alive();
  }

  private Future<List<String>> figures() {
    return http.get("/metrics").map(text -> text.lines().toList());
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** What is still going on, by its figures; empty if nothing is. */
  Future<String> busy() {
    return figures()
        .map(
            lines ->
                lines.stream()
                    .filter(line -> AT_REST.stream().anyMatch(line::startsWith) && value(line) != 0)
                    .collect(Collectors.joining(", ")));
  }

  /** Turns that have ended so far, however. */
  Future<Long> ended() {
    return figures()
        .map(
            lines ->
                Math.round(
                    lines.stream()
                        .filter(line -> line.startsWith("voicebus_turns_total{"))
                        .mapToDouble(EnduranceServer::value)
                        .sum()));
  }

  /** Turns whose audio was to be kept as a whole, and was not. */
  Future<Long> notKept() {
    return figures()
        .map(
            lines ->
                Math.round(
                    lines.stream()
                        .filter(line -> line.startsWith("voicebus_spool_notkept_total"))
                        .mapToDouble(EnduranceServer::value)
                        .sum()));
  }

  /** Files with audio of turns; -1 where the system does not tell. */
  long keptAudio() {
    Path fd = Path.of("/proc", Long.toString(process.pid()), "fd");
    return entries(fd) - openFiles(fd);
  }

  /** After a collection of its garbage. */
  Held held() {
    ProcessFigures.collectGarbage(process.pid());
    double heap = ProcessFigures.heapBytes(TwoNodes.await(http.get("/metrics"))) / (1 << 20);
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    return new Held(heap, openFiles(proc.resolve("fd")), entries(proc.resolve("task")));
  }

  /** -1 where the system does not tell. */
  private static long openFiles(Path folder) {
    long files = 0;
    try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
      for (Path link : links) {
        files += isKeptAudio(link) ? 0 : 1;
      }
      return files;
    } catch (IOException e) {
      return -1;
    }
  }

  private static boolean isKeptAudio(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().contains(KEPT_AUDIO);
    } catch (IOException closed) {
      return false;
    }
  }

  /** -1 where the system does not tell. */
  private static long entries(Path folder) {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(all::add);
      return all.size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
