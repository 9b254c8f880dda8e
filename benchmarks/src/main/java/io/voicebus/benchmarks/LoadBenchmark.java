package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Turns through Voicebus, through a bare relay and through the sequential flow, side by side;
 * {@code docs/benchmarks.md} explains the method.
 */
@Command(name = "bench load", mixinStandardHelpOptions = true, sortOptions = false)
public final class LoadBenchmark implements Callable<Integer> {
  @Option(names = "--concurrency", split = ",", defaultValue = "1,20,200")
  private List<Integer> concurrency;

  @Option(
      names = "--turns",
      split = ",",
      defaultValue = "20,60,200",
      description = "Measured turns of a round, for each concurrency; the last one goes on.")
  private List<Integer> turns;

  @Option(names = "--rounds", defaultValue = "5")
  private int rounds;

  @Option(names = "--warmup", defaultValue = "400", description = "Turns of each flow before all.")
  private int warmup;

  @Option(
      names = "--voice",
      defaultValue = "socket",
      description = "How both get speech: socket, or http.")
  private String voice;

  @Option(names = "--tts-instances", defaultValue = "1", description = "One, as of all roles.")
  private int ttsInstances;

  @Option(
      names = "--java-option",
      description = "For the JVMs of Voicebus and of the relay, in place of those of 'serve'.")
  private List<String> javaOptions = LoadJvm.AS_SERVED;

  @Option(names = "--date", defaultValue = "", description = "Goes into the JSON.")
  private String date;

  @Option(names = "--out", description = "Where to write the JSON.")
  private @Nullable Path out;

  private static final int WARMUP_AT_ONCE = 20;

  private LoadBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new LoadBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<LoadLevel> levels = new ArrayList<>();
    int exitCode = 0;
    try (LoadRun run = new LoadRun(javaOptions, ttsInstances, voice)) {
      run.learnCuts();
      if (warmup > 0) {
        run.warmUp(warmup, WARMUP_AT_ONCE);
      }
      for (int i = 0; i < concurrency.size(); i++) {
        int measured = turns.get(Math.min(i, turns.size() - 1));
        levels.add(run.measure(concurrency.get(i), measured, rounds));
        System.err.println("measured: " + concurrency.get(i) + " at once");
      }
    } catch (IllegalStateException e) {
      System.err.println("failed, and nothing is measured beyond this: " + e.getMessage());
      exitCode = 1;
    }
    System.out.println(LoadReport.of(levels));
    if (out != null) {
      Files.writeString(out, json(levels).encodePrettily(), StandardCharsets.UTF_8);
    }
    return exitCode;
  }

  private JsonObject json(List<LoadLevel> levels) {
    return new JsonObject()
        .put("date", date)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("vertx", String.valueOf(Vertx.class.getPackage().getImplementationVersion()))
        .put("rounds", rounds)
        .put("warmup_turns", warmup)
        .put("voice", voice)
        .put("tts_instances", ttsInstances)
        .put("java_options", new JsonArray(javaOptions))
        .put(
            "pace",
            new JsonObject()
                .put("first_token_ms", LoadPace.FIRST_TOKEN_MS)
                .put("tokens_per_second", LoadPace.TOKENS_PER_SECOND)
                .put("tokens_per_event", LoadPace.TOKENS_PER_EVENT)
                .put("first_byte_ms", LoadPace.FIRST_BYTE_MS)
                .put("real_time_factor", LoadPace.REAL_TIME_FACTOR)
                .put("rate_hz", LoadPace.RATE_HZ)
                .put("sequential_pause_ms", LoadPace.SEQUENTIAL_PAUSE_MS))
        .put("levels", LoadJson.of(levels));
  }
}
