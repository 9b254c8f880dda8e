package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A client that means harm, beside one that asks question after question: what becomes of the
 * honest one's answers and of the server's memory, and whether anything is answered that should not
 * be. {@code docs/benchmarks.md} explains the method.
 */
@Command(name = "bench hostile", mixinStandardHelpOptions = true, sortOptions = false)
public final class HostileBenchmark implements Callable<Integer> {
  private static final String HONEST = "7c1d0f5b9a8e7d2f4c3b1a0e5d6f7a8b";
  private static final String HOSTILE = "0b7d1e0c5b9a8e7d2f4c3b1a0e5d6f7a";

  @Option(
      names = "--seconds",
      defaultValue = "12",
      description = "How long each attack is kept up: longer than a head may take.")
  private int seconds;

  @Option(names = "--java-option", description = "For the JVM of Voicebus.")
  private List<String> javaOptions = List.of("-Xmx512m");

  private HostileBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new HostileBenchmark()).execute(args));
  }

  @Override
  public Integer call() {
    List<String> lines = new ArrayList<>();
    boolean broken = false;
    Vertx vertx = Vertx.vertx();
    try (LoadJvm emulators = new LoadJvm(List.of("-Xmx1g"), LoadEmulators.class, List.of());
        LoadJvm voicebus = new LoadJvm(javaOptions, LoadVoicebus.class, arguments(emulators))) {
      int port = Integer.parseInt(voicebus.where());
      HonestClient honest = new HonestClient(vertx, port, HONEST);
      HostileClient hostile = new HostileClient(vertx, port, HOSTILE);
      honest.ask(40);
      LoadSample alone = honest.ask(40).sample();
      lines.add(row("none", alone, alone, 0, voicebus.live(), ""));
      for (HostileAttack attack : HostileAttack.values()) {
        honest.begin();
        HostileClient.Answers answers = hostile.attack(attack, seconds);
        HonestClient.Asked asked = honest.end();
        LoadUsage held = voicebus.live();
        hostile.stop();
        Set<Integer> unexpected = answers.otherThan(attack.expected());
        broken |= asked.failed() > 0 || !unexpected.isEmpty();
        lines.add(
            row(
                attack.words(),
                asked.sample(),
                alone,
                asked.failed(),
                held,
                answers + (unexpected.isEmpty() ? "" : " UNEXPECTED " + unexpected)));
        System.err.println("over: " + attack.words());
      }
      LoadSample after = honest.ask(40).sample();
      lines.add(row("none any more", after, alone, 0, voicebus.live(), ""));
    } finally {
      vertx.close();
    }
    System.out.println(
        "| attack | honest turns | first audio, median | to that without | p90 | failed | live heap |"
            + " answers to the attack |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    lines.forEach(System.out::println);
    return broken ? 1 : 0;
  }

  private static List<String> arguments(LoadJvm emulators) {
    String[] services = emulators.where().split(" ", -1);
    return List.of(
        services[0],
        services[1],
        "1",
        "socket",
        // As a server that others reach: what one client may do is bounded by default.
        "host=0.0.0.0",
        "insecure-http=true",
        "access-token=honest:" + HONEST + ",hostile:" + HOSTILE);
  }

  private static String row(
      String attack,
      LoadSample asked,
      LoadSample alone,
      int failed,
      LoadUsage usage,
      String answers) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f ms | %.2f | %.0f ms | %d | %.0f MiB | %s |",
        attack,
        asked.size(),
        asked.median(),
        asked.median() / alone.median(),
        asked.quantile(0.9),
        failed,
        usage.heapBytes() / 1048576.0,
        answers);
  }
}
