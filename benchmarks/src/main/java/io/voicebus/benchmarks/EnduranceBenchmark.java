package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What Voicebus, as it comes out of the box, withstands for a long time; {@code
 * docs/benchmarks.md} explains it.
 */
@Command(name = "bench endurance", mixinStandardHelpOptions = true, sortOptions = false)
public final class EnduranceBenchmark implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "30",
      description = "Minutes of everything at random (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "soak,overload,clock,disk,memory",
      description = "Which parts to run (${DEFAULT-VALUE}).")
  private List<String> only;

  @Option(
      names = "--per-second",
      defaultValue = "5",
      description = "Turns, on average (${DEFAULT-VALUE}).")
  private double perSecond;

  @Option(names = "--seed", description = "Of all that is random; another one each time.")
  private @Nullable Long seed;

  @Option(names = "--date", defaultValue = "", description = "Goes into the JSON.")
  private String date;

  @Option(names = "--out", description = "Where to write the JSON.")
  private @Nullable Path out;

  @Option(names = "--script", defaultValue = "voicebus", description = "What starts Voicebus.")
  private Path script;

  private static final int LEGS = 4;
  private static final int JUMPING_SECONDS = 30;
  private static final int FULL_SECONDS = 15;

  private final List<String> broken = new ArrayList<>();
  private final JsonObject json = new JsonObject();

  private EnduranceBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new EnduranceBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    long chosen = seed == null ? new Random().nextLong() : seed;
    System.out.println("seed " + chosen + "\n");
    json.put("date", date).put("seed", chosen).put("minutes", minutes);
    Path folder = Files.createTempDirectory("voicebus-endurance");
    try {
      if (only.contains("soak")) {
        soak(folder, chosen);
      }
      if (only.contains("overload")) {
        EnduranceOverload overload = new EnduranceOverload();
        overload.run(script, folder, chosen);
        broken.addAll(overload.broken());
        json.put("overload", overload.json());
      }
      if (only.contains("clock")) {
        clock(folder, chosen);
      }
      if (only.contains("disk")) {
        disk(folder, chosen);
      }
      if (only.contains("memory")) {
        EnduranceMemory memory = new EnduranceMemory();
        memory.run();
        broken.addAll(memory.broken());
        json.put("memory", memory.json());
      }
    } finally {
      delete(folder);
    }
    json.put("broken", new JsonArray(broken));
    if (out != null) {
      Files.writeString(out, json.encodePrettily(), StandardCharsets.UTF_8);
    }
    broken.forEach(what -> System.out.println("broken: " + what));
    System.out.println(broken.isEmpty() ? "\nNothing was broken." : "\nseed " + chosen);
    return broken.isEmpty() ? 0 : 1;
  }

  private void soak(Path folder, long chosen) {
    try (EnduranceSoak soak = new EnduranceSoak(script, folder, chosen, true, Map.of())) {
      for (int leg = 0; leg < LEGS; leg++) {
        soak.leg((int) Math.max(1, minutes * 60 / LEGS), perSecond);
        System.err.println("over: leg " + (leg + 1) + " of " + LEGS);
      }
      soak.checkFlat();
      System.out.println("## Everything at random\n\n" + soak.summary());
      keep("soak", soak);
    }
  }

  private void keep(String part, EnduranceSoak soak) {
    soak.broken().forEach(what -> broken.add(part + ": " + what));
    json.put(part, soak.json());
  }

  private void clock(Path folder, long chosen) {
    Optional<EnduranceClock> found = EnduranceClock.in(folder);
    System.out.println("\n## A wall clock that jumps\n");
    if (found.isEmpty()) {
      System.out.println("Not run: install libfaketime.");
      return;
    }
    try (EnduranceClock clock = found.get();
        EnduranceSoak soak = new EnduranceSoak(script, folder, chosen, false, clock.settings())) {
      clock.begin();
      soak.leg(JUMPING_SECONDS, perSecond);
      System.out.println(clock.jumps() + " jumps, of up to eight years.\n\n" + soak.summary());
      keep("clock", soak);
    }
  }

  private void disk(Path folder, long chosen) throws IOException {
    Optional<EnduranceDisk> found = EnduranceDisk.in(folder);
    System.out.println("\n## A disk that is full\n");
    if (found.isEmpty()) {
      System.out.println("Not run: no file system can be mounted here.");
      return;
    }
    try (EnduranceDisk disk = found.get();
        EnduranceSoak soak = new EnduranceSoak(script, folder, chosen, false, disk.settings())) {
      disk.fill();
      soak.leg(FULL_SECONDS, perSecond);
      String said = disk.say(script);
      if (!said.isEmpty()) {
        broken.add("disk: " + said);
      }
      System.out.println(soak.summary());
      keep("disk", soak);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
