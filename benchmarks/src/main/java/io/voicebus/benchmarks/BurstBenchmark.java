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
 * started and when it is warm; {@code docs/benchmarks.md} explains it.
 */
@Command(name = "bench burst", mixinStandardHelpOptions = true, sortOptions = false)
public final class BurstBenchmark implements Callable<Integer> {
  @Option(names = "--turns", defaultValue = "200", description = "At once.")
  private int turns;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "One after the other; the first one meets a server that has just started.")
  private int rounds;

  @Option(names = "--sentences", defaultValue = "6", description = "Of each answer.")
  private int sentences;

  @Option(names = "--java-option", description = "Of the server, besides those of the script.")
  private List<String> javaOptions = List.of();

  @Option(names = "--script", defaultValue = "voicebus", description = "What starts the server.")
  private Path script;

  private final Crowd crowd = new Crowd();

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
      try (ServeProcess server = new ServeProcess(script, folder, settings)) {
        return rounds(server);
      }
    } finally {
      Files.deleteIfExists(folder);
      services.close();
    }
  }

  private int rounds(ServeProcess server) {
    String address = server.address();
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
    int lost = 0;
    double cold = Double.NaN;
    List<Double> warm = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Duration before = ProcessFigures.cpu(server.pid());
      List<Crowd.Heard> all = crowd.ask(address, round * turns, turns, sentences).join();
      Duration cpu = ProcessFigures.cpu(server.pid()).minus(before);
      List<Double> heard = all.stream().map(Crowd.Heard::firstMs).toList();
      LoadSample first = new LoadSample(heard);
      LoadSample end = new LoadSample(all.stream().map(Crowd.Heard::wholeMs).toList());
      int whole = Crowd.whole(all);
      lost += turns - whole;
      if (round == 1) {
        cold = first.median();
      } else {
        warm.addAll(heard);
      }
      table.row(
          round == 1 ? "1, cold" : String.valueOf(round),
          Table.figure(0, first.median()),
          Table.figure(0, first.quantile(0.9)),
          Table.figure(0, first.quantile(1)),
          Table.figure(0, end.median()),
          Table.figure(1, cpu.toMillis() / 1e3),
          whole + " of " + turns,
          String.valueOf(Crowd.resumed(all)));
    }
    System.out.print(table);
    System.out.printf(
        "cold, times warm: %s; peak %d MiB%n",
        Table.figure(1, cold / new LoadSample(warm).median()), server.peakMib());
    if (lost > 0) {
      System.err.println("wrong: " + lost + " turns are not whole");
    }
    return lost == 0 ? 0 : 1;
  }
}
