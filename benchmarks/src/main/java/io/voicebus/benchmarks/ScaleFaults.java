package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What listeners hear when a node dies, for each role: two nodes have only that role, another one
 * has all others, and one of the two is struck while twenty turns are under way in real time.
 * Meanwhile new turns begin.
 */
final class ScaleFaults {
  private static final int TURNS = 20;

  /** About 18 s of speech. */
  private static final int SENTENCES = 38;

  /** How often turns are begun until some are at the victim. */
  private static final int MOST_TRIES = 5;

  private static final int NEW_EVERY_MS = 700;
  private static final int NEW_AFTER_MS = 8_000;

  /** What a new turn must not suffer any more after. */
  private static final int UNHARMED_AFTER_MS = 2_000;

  /** What happens to the victim. */
  enum Fault {
    KILLED("`kill -9`", 0, false),
    FROZEN("frozen 3 s", 3_000, true),
    FROZEN_LONG("frozen 12 s", 12_000, true),
    FROZEN_LONGER("frozen 40 s", 40_000, true),
    CUT_OFF("cut off 5 s", 5_000, true),
    STOPPED("SIGTERM", 0, false),
    /** Another node with the role starts, and has joined some seconds later. */
    JOINED("another joins", 4_000, false),
    /** Both are replaced by new ones, one after the other. Not for http. */
    ROLLED("both replaced", 0, false),
    /** Its wall clock jumps by hours, days and years. Needs libfaketime. */
    CLOCK("its clock jumps", 8_000, false);

    final String words;
    final int ms;

    /** Whether the victim is there again after so many milliseconds. */
    final boolean comesBack;

    Fault(String words, int ms, boolean comesBack) {
      this.words = words;
      this.ms = ms;
      this.comesBack = comesBack;
    }
  }

  /** One short turn that began after the fault. */
  private record New(long afterMs, ScaleTurn turn) {}

  private final List<String> roles;
  private final Set<Fault> faults;
  private final Set<ScaleOption> with;
  private final JsonArray rows = new JsonArray();

  ScaleFaults(List<String> roles, Set<Fault> faults) {
    this(roles, faults, Set.of());
  }

  ScaleFaults(List<String> roles, Set<Fault> faults, Set<ScaleOption> with) {
    this.roles = roles;
    this.faults = faults;
    this.with = with;
  }

  JsonArray measure() {
    ScaleBenchmark.head(
        "role",
        "fault",
        "was at",
        "heard whole",
        "else told",
        "extra silence, ms: median, worst",
        "new turns whole, after 2 s / before",
        "else told",
        "their first audio, ms: median, worst");
    Optional<ScaleNet> net = faults.contains(Fault.CUT_OFF) ? ScaleNet.open() : Optional.empty();
    try {
      for (String role : roles) {
        try (ScaleFaultCluster cluster =
            new ScaleFaultCluster(role, net, with, faults.contains(Fault.CLOCK))) {
          boolean first = true;
          for (Fault fault : faults) {
            if (isPossible(cluster, role, fault, net)) {
              if (!first) {
                cluster.replaceVictim();
              }
              first = false;
              measure(cluster, role, fault);
            }
          }
        }
      }
    } finally {
      net.ifPresent(ScaleNet::close);
    }
    return rows;
  }

  private static boolean isPossible(
      ScaleFaultCluster cluster, String role, Fault fault, Optional<ScaleNet> net) {
    return switch (fault) {
      case CUT_OFF -> net.isPresent();
      case CLOCK -> cluster.hasClock();
      case ROLLED -> !role.equals("http");
      case KILLED, FROZEN, FROZEN_LONG, FROZEN_LONGER, STOPPED, JOINED -> true;
    };
  }

  private void measure(ScaleFaultCluster cluster, String role, Fault fault) {
    List<ScaleTurn> turns = List.of();
    int busy = 0;
    for (int tries = 0; busy == 0 && tries < MOST_TRIES; tries++) {
      // Connections are made, code is compiled, and the others have heard of the victim.
      cluster.ask(TURNS, 1).forEach(ScaleTurn::isWhole);
      turns = cluster.ask(TURNS, SENTENCES);
      turns.forEach(ScaleTurn::begun);
      pause(500);
      busy = cluster.victimBusy(); // which takes a second
    }
    long at = Clock.system().nanoTime();
    strike(cluster, fault);
    CompletableFuture<Void> healed =
        CompletableFuture.runAsync(
            () -> heal(cluster, fault),
            CompletableFuture.delayedExecutor(fault.ms, TimeUnit.MILLISECONDS));
    List<New> atVictim = new CopyOnWriteArrayList<>();
    List<New> begun = newTurns(cluster, at, fault, atVictim);
    healed.join();
    report(role, fault, busy, turns, begun);
    reportBack(atVictim);
  }

  private static void strike(ScaleFaultCluster cluster, Fault fault) {
    switch (fault) {
      case KILLED -> cluster.victim().signal("KILL");
      case FROZEN, FROZEN_LONG, FROZEN_LONGER -> cluster.victim().signal("STOP");
      case CUT_OFF -> cluster.cutOff(true);
      case STOPPED -> cluster.victim().signal("TERM");
      case JOINED -> cluster.join();
      case ROLLED -> CompletableFuture.runAsync(cluster::roll);
      case CLOCK -> cluster.clockJumps(true);
    }
  }

  private static void heal(ScaleFaultCluster cluster, Fault fault) {
    switch (fault) {
      case FROZEN, FROZEN_LONG, FROZEN_LONGER -> cluster.victim().signal("CONT");
      case CUT_OFF -> cluster.cutOff(false);
      case CLOCK -> cluster.clockJumps(false);
      case KILLED, STOPPED, JOINED, ROLLED -> {}
    }
  }

  /**
   * Begins turns until some seconds after the end of the fault.
   *
   * @param atVictim gets those that are asked of a struck {@code http} node, once it is back
   */
  private static List<New> newTurns(
      ScaleFaultCluster cluster, long at, Fault fault, List<New> atVictim) {
    List<New> begun = new CopyOnWriteArrayList<>();
    int forMs = fault.ms + NEW_AFTER_MS;
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    CompletableFuture<Void> over = new CompletableFuture<>();
    clock.scheduleAtFixedRate(
        () -> {
          long after = (Clock.system().nanoTime() - at) / 1_000_000;
          if (after > forMs) {
            over.complete(null);
          } else {
            begun.add(new New(after, cluster.askNew()));
            if (fault.comesBack && after > fault.ms) {
              cluster.askVictim().ifPresent(turn -> atVictim.add(new New(after - fault.ms, turn)));
            }
          }
        },
        100,
        NEW_EVERY_MS,
        TimeUnit.MILLISECONDS);
    over.join();
    clock.shutdownNow();
    return begun;
  }

  private static void pause(int ms) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS))
        .join();
  }

  private static void reportBack(List<New> turns) {
    if (!turns.isEmpty()) {
      turns.forEach(one -> explain(one.turn()));
      System.out.println(
          turns.stream()
              .map(
                  one ->
                      one.afterMs()
                          + " ms "
                          + (one.turn().isWhole()
                              ? ScaleBenchmark.number("(%.0f)", one.turn().firstMs())
                              : "NOT WHOLE"))
              .collect(
                  Collectors.joining(
                      ", ", "new turns at the node that is back, after (first audio, ms): ", "")));
    }
  }

  private void report(String role, Fault fault, int busy, List<ScaleTurn> turns, List<New> begun) {
    List<ScaleTurn> whole = turns.stream().filter(ScaleTurn::isWhole).toList();
    turns.forEach(ScaleFaults::explain);
    begun.forEach(one -> explain(one.turn()));
    LoadSample silence =
        new LoadSample(
            whole.isEmpty()
                ? List.of(Double.NaN)
                : whole.stream().map(ScaleTurn::silenceMs).toList());
    List<New> late = begun.stream().filter(one -> one.afterMs() >= UNHARMED_AFTER_MS).toList();
    List<New> early = begun.stream().filter(one -> one.afterMs() < UNHARMED_AFTER_MS).toList();
    List<Double> first =
        begun.stream().map(New::turn).filter(ScaleTurn::isWhole).map(ScaleTurn::firstMs).toList();
    LoadSample firstAudio = new LoadSample(first.isEmpty() ? List.of(Double.NaN) : first);
    ScaleBenchmark.row(
        role,
        fault.words,
        Integer.toString(busy),
        whole.size() + " of " + turns.size(),
        told(turns),
        ScaleBenchmark.number("%.0f", silence.median())
            + ", "
            + ScaleBenchmark.number("%.0f", silence.quantile(1)),
        wholeOf(late) + " / " + wholeOf(early),
        told(begun.stream().map(New::turn).toList()),
        ScaleBenchmark.number("%.0f", firstAudio.median())
            + ", "
            + ScaleBenchmark.number("%.0f", firstAudio.quantile(1)));
    rows.add(
        new JsonObject()
            .put("role", role)
            .put("fault", fault.name())
            .put("at_victim", busy)
            .put("turns", turns.size())
            .put("whole", whole.size())
            .put("told", told(turns))
            .put("silence_ms", silence.json())
            .put("new_late", wholeOf(late))
            .put("new_early", wholeOf(early))
            .put("new_first_ms", firstAudio.json()));
  }

  /** Why a turn was not heard whole. */
  private static void explain(ScaleTurn turn) {
    String why = turn.notWhole();
    if (!why.isEmpty()) {
      System.err.println((turn.isTold() ? "told: " : "NOT TOLD: ") + why);
    }
  }

  /** How many of those that were not heard whole have told so. */
  private static String told(List<ScaleTurn> turns) {
    List<ScaleTurn> others = turns.stream().filter(turn -> !turn.isWhole()).toList();
    long told = others.stream().filter(ScaleTurn::isTold).count();
    return others.isEmpty() ? "–" : told + " of " + others.size();
  }

  private static String wholeOf(List<New> turns) {
    return turns.stream().filter(one -> one.turn().isWhole()).count() + " of " + turns.size();
  }
}
