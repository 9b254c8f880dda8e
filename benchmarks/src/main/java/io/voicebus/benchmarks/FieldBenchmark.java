package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Voicebus with default settings beside a bare relay and the sequential flow, by the field's public
 * methods; {@code docs/benchmarks.md} explains them.
 */
@Command(name = "bench field", mixinStandardHelpOptions = true, sortOptions = false)
public final class FieldBenchmark implements Callable<Integer> {
  @Option(
      names = "--short",
      description = "One service, few turns, and nothing but ratios that must hold.")
  private boolean brief;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "onset,load,memory,kill",
      description = "Which parts to run (${DEFAULT-VALUE}).")
  private List<String> only;

  @Option(
      names = "--turns",
      defaultValue = "44",
      description = "Of each flow with each service (${DEFAULT-VALUE}).")
  private int turns;

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "2,5,10,20",
      description = "Questions a second under load (${DEFAULT-VALUE}).")
  private List<Integer> rates;

  @Option(names = "--seconds", defaultValue = "20", description = "Of each rate.")
  private int seconds;

  @Option(
      names = "--shape",
      defaultValue = "0.5",
      description = "Of the gamma distribution of arrivals: 1 by chance, less in bursts.")
  private double shape;

  @Option(names = "--seed", defaultValue = "1", description = "Of the arrivals.")
  private long seed;

  @Option(names = "--date", defaultValue = "", description = "Goes into the JSON.")
  private String date;

  @Option(names = "--out", description = "Where to write the JSON.")
  private @Nullable Path out;

  @Option(names = "--plots", description = "The folder for the plots.")
  private @Nullable Path plots;

  @Option(names = "--script", defaultValue = "voicebus", description = "What starts Voicebus.")
  private Path script;

  /** Of all flows together: few enough that none waits for a core. */
  private static final double EASY_PER_SECOND = 8;

  private static final int WARM_TURNS = 60;
  private static final int SHORT_WARM_TURNS = 8;
  private static final int SHORT_TURNS = 22;
  private static final int MEMORY_PER_SECOND = 20;
  private static final int MEMORY_SECONDS = 8;

  /** What Voicebus' time to the first sound may be of the sequential flow's, and the relay's. */
  private static final double MOST_OF_SEQUENTIAL = 0.7;

  private static final double MOST_OF_RELAY = 1.5;

  private static final List<LoadFlow> COMPARED =
      List.of(LoadFlow.CLAUSES, LoadFlow.RELAY, LoadFlow.SEQUENTIAL);

  private final FieldReport report = new FieldReport();

  private FieldBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new FieldBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    int exitCode = 0;
    try (FieldRun run = new FieldRun(script)) {
      run.as(brief ? FieldService.ELEVENLABS : FieldService.ALL.get(0));
      run.prepare(
          brief ? COMPARED : List.of(LoadFlow.values()),
          brief ? SHORT_WARM_TURNS : WARM_TURNS,
          EASY_PER_SECOND);
      if (brief || only.contains("onset")) {
        onset(run);
      }
      if (!brief && only.contains("load")) {
        load(run);
      }
      if (!brief && only.contains("memory")) {
        memory(run);
      }
      System.out.printf(
          "Characters that Voicebus' cache saved: %d. Speech that broke off and went on: %d"
              + " times.%n",
          run.savedCharacters(), run.resumed());
    } catch (IllegalStateException e) {
      System.err.println("failed, and nothing is measured beyond this: " + e.getMessage());
      exitCode = 1;
    }
    if (!brief && only.contains("kill")) {
      System.out.println("\n## A speech node that is killed");
      report.kill(new ScaleFaults(List.of("tts"), EnumSet.of(ScaleFaults.Fault.KILLED)).measure());
    }
    write();
    for (String broken : report.broken(MOST_OF_SEQUENTIAL, MOST_OF_RELAY)) {
      System.err.println("not as it must be: " + broken);
      exitCode = 1;
    }
    return exitCode;
  }

  private void onset(FieldRun run) {
    List<LoadFlow> flows = brief ? COMPARED : List.of(LoadFlow.values());
    for (FieldService service : brief ? List.of(FieldService.ELEVENLABS) : FieldService.ALL) {
      run.as(service);
      report.add(service, run.interleaved(flows, brief ? SHORT_TURNS : turns, EASY_PER_SECOND));
      System.err.println("measured: a voice as slow as " + service.name());
    }
    System.out.println("## The first sound\n\n" + report.published() + "\n" + report.onsets());
  }

  private void load(FieldRun run) {
    run.as(FieldService.ELEVENLABS);
    for (int rate : rates) {
      for (LoadFlow flow : COMPARED) {
        report.add(run.load(flow, rate, seconds, shape, seed));
      }
      System.err.println("measured: " + rate + " questions a second");
    }
    System.out.println("## Under load\n\n" + report.loads());
  }

  private void memory(FieldRun run) {
    run.as(FieldService.ELEVENLABS);
    for (LoadFlow flow : List.of(LoadFlow.CLAUSES, LoadFlow.RELAY)) {
      double kib = run.liveKibPerTurn(flow, MEMORY_PER_SECOND, MEMORY_SECONDS);
      report.memory(flow, kib, run.peakMib(flow));
    }
    System.out.println("## Memory\n\n" + report.memory());
  }

  private void write() throws IOException {
    if (out != null) {
      JsonObject json =
          new JsonObject()
              .put("date", date)
              .put("cores", Runtime.getRuntime().availableProcessors())
              .put("java", Runtime.version().toString())
              .put("seed", seed)
              .put("gamma_shape", shape)
              .mergeIn(report.json());
      Files.writeString(out, json.encodePrettily(), StandardCharsets.UTF_8);
    }
    if (plots != null) {
      report.plot(plots);
    }
  }
}
