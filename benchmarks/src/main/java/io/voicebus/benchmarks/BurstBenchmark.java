package io.voicebus.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How soon each of many hears something who all ask at the same moment, when the server has just
 * started, when it has warmed itself up, and when it has served as many; {@code docs/benchmarks.md}
 * explains it.
 */
@Command(name = "bench burst", mixinStandardHelpOptions = true, sortOptions = false)
public final class BurstBenchmark implements Callable<Integer> {
  @Option(names = "--turns", defaultValue = "200", description = "At once.")
  private int turns;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description =
          "One after the other. The first one meets a server that has just started, and another"
              + " server that has had the time to warm itself up.")
  private int rounds;

  @Option(names = "--sentences", defaultValue = "6", description = "Of each answer.")
  private int sentences;

  @Option(names = "--java-option", description = "Of the server, besides those of the script.")
  private List<String> javaOptions = List.of();

  @Option(names = "--script", defaultValue = "voicebus", description = "What starts the server.")
  private Path script;

  private final Crowd crowd = new Crowd();
  private int lost;
  private long peakMib;

  private BurstBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BurstBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    EmulatedServices services = EmulatedServices.paced();
    Path folder = Files.createTempDirectory("voicebus-burst");
    try {
      Map<String, String> settings = new HashMap<>(services.settings());
      settings.put("VOICEBUS_JAVA_OPTIONS", String.join(" ", javaOptions));
      // Client and emulators are warm: only the server is to be cold.
      try (ServeProcess other = new ServeProcess(script, folder, settings)) {
        crowd.ask(other.address(), 0, turns, sentences).join();
      }
      Table table =
          new Table(
              "round",
              "first audio, ms",
              "90 %",
              "last",
              "answers end, ms",
              "CPU, s",
              "whole",
              "words said again");
      List<Double> warm = new ArrayList<>();
      double atOnce = rounds(folder, settings, false, table, warm);
      double atRest = rounds(folder, settings, true, table, warm);
      double later = new LoadSample(warm).median();
      System.out.print(table);
      System.out.printf(
          "times later rounds: at once %s, after the warm-up %s; peak %d MiB%n",
          Table.figure(1, atOnce / later), Table.figure(1, atRest / later), peakMib);
      if (lost > 0) {
        System.err.println("wrong: " + lost + " turns are not whole");
      }
      return lost == 0 ? 0 : 1;
    } finally {
      Files.deleteIfExists(folder);
      services.close();
    }
  }

  /**
   * All rounds at a server of their own.
   *
   * @param rested whether it may warm itself up before
   * @param warm gets the times of the later rounds
   * @return the median of the first one
   */
  private double rounds(
      Path folder, Map<String, String> settings, boolean rested, Table table, List<Double> warm)
      throws Exception {
    try (ServeProcess server = new ServeProcess(script, folder, settings)) {
      if (rested) {
        ProcessFigures.awaitRest(server.pid());
      }
      double first = Double.NaN;
      for (int round = 1; round <= rounds; round++) {
        String name = round > 1 ? "" + round : rested ? "1, after the warm-up" : "1, at once";
        List<Double> heard = round(server, round, name, table);
        if (round == 1) {
          first = new LoadSample(heard).median();
        } else {
          warm.addAll(heard);
        }
      }
      peakMib = Math.max(peakMib, server.peakMib());
      return first;
    }
  }

  private List<Double> round(ServeProcess server, int round, String name, Table table) {
    Duration before = ProcessFigures.cpu(server.pid());
    List<Crowd.Heard> all = crowd.ask(server.address(), round * turns, turns, sentences).join();
    Duration cpu = ProcessFigures.cpu(server.pid()).minus(before);
    List<Double> heard = all.stream().map(Crowd.Heard::firstMs).toList();
    LoadSample first = new LoadSample(heard);
    LoadSample end = new LoadSample(all.stream().map(Crowd.Heard::wholeMs).toList());
    int whole = Crowd.whole(all);
    lost += turns - whole;
    table.row(
        name,
        Table.figure(0, first.median()),
        Table.figure(0, first.quantile(0.9)),
        Table.figure(0, first.quantile(1)),
        Table.figure(0, end.median()),
        Table.figure(1, cpu.toMillis() / 1e3),
        whole + " of " + turns,
        String.valueOf(Crowd.resumed(all)));
    return heard;
  }
}
