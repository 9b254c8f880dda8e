package io.voicebus.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.benchmarks.EnduranceTurn.Behaviour;
import io.voicebus.benchmarks.EnduranceTurn.End;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Everything at random, over real sockets, in legs: turns at all doors, with listeners that leave,
 * come back, pause and cancel, while services fail. After each leg nothing may be left. For one
 * thread.
 */
final class EnduranceSoak implements AutoCloseable {
  private static final double BURSTS = 0.5;

  /** A service that hangs is given up after 10 s, and asked again, twice. */
  private static final long PATIENCE_SECONDS = 150;

  /** Listeners that were cut off may come back for 15 s. */
  private static final int REST_SECONDS = 60;

  /** How many ended turns are kept by default: {@code kept-turns}. */
  private static final int KEPT_TURNS = 1_000;

  /** Of 10 listeners, so many listen to the end. */
  private static final int LISTENERS = 6;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final WorkerExecutor judges = vertx.createSharedWorkerExecutor("judge", 1);
  private final Random random;
  private final long seed;
  private final EnduranceFaults faults;
  private final EmulatedServices services;
  private final EnduranceServer server;
  private final EnduranceLaws laws = new EnduranceLaws();
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Map<EnduranceDoor, Integer> doors = new EnumMap<>(EnduranceDoor.class);
  private final JsonArray held = new JsonArray();
  private int turns;
  private int begun;
  private int losses;

  /**
   * Starts the server.
   *
   * @param harmed whether services fail, and listeners leave
   * @param settings of the server, beside where its services are
   */
  EnduranceSoak(Path script, Path folder, long seed, boolean harmed, Map<String, String> settings) {
    this.seed = seed;
    random = new Random(seed);
    faults = new EnduranceFaults(seed, harmed);
    services = new EmulatedServices(faults::answer, faults::speech);
    Map<String, String> all = new TreeMap<>(services.settings());
    all.putAll(settings);
    server = new EnduranceServer(vertx, script, folder, all);
  }

  /** Turns for so long, and then until nothing is left. */
  void leg(int seconds, double perSecond) {
    int count = (int) Math.max(1, seconds * perSecond);
    List<Long> due = FieldArrivals.nanos(count, perSecond, BURSTS, seed + turns);
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long ms = TimeUnit.NANOSECONDS.toMillis(due.get(i));
      Promise<Void> judged = Promise.promise();
      context.runOnContext(
          go -> vertx.timer(Math.max(1, ms)).compose(now -> run(turn())).onComplete(judged));
      all.add(judged.future());
    }
    TwoNodes.await(Future.join(all), seconds + 2 * PATIENCE_SECONDS);
    rest();
  }

  private EnduranceTurn turn() {
    EnduranceDoor[] all = EnduranceDoor.values();
    EnduranceDoor door = all[random.nextInt(all.length)];
    Behaviour[] odd = {Behaviour.LEAVES, Behaviour.COMES_BACK, Behaviour.PAUSES, Behaviour.CANCELS};
    Behaviour behaviour =
        !faults.harmed() || random.nextInt(10) < LISTENERS
            ? Behaviour.LISTENS
            : odd[random.nextInt(odd.length)];
    EnduranceTurn turn = new EnduranceTurn(turns++, door, behaviour, new Random(random.nextLong()));
    faults.add(turn);
    return turn;
  }

  private Future<Void> run(EnduranceTurn turn) {
    return server
        .speak(turn)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .transform(
            end -> {
              if (end.failed()) {
                begun++;
                laws.broken(turn, "has no end: " + end.cause());
                return Future.succeededFuture();
              }
              return judge(turn, end.result());
            })
        .onComplete(over -> faults.remove(turn))
        .mapEmpty();
  }

  private Future<Void> judge(EnduranceTurn turn, End end) {
    ends.merge(
        end.name() + (turn.touched() ? " of those at whom a service failed" : ""), 1, Integer::sum);
    doors.merge(turn.door(), 1, Integer::sum);
    losses += turn.losses();
    begun += end == End.REFUSED ? 0 : 1;
    boolean over = end == End.FINISHED || end == End.FAILED || end == End.CANCELLED;
    Future<String> events =
        over && !turn.id().isEmpty()
            ? server.events(turn).timeout(REST_SECONDS, TimeUnit.SECONDS)
            : Future.succeededFuture("");
    return events
        .otherwise(why -> "none could be had: " + why)
        .compose(
            told ->
                judges.executeBlocking(
                    () -> {
                      laws.judge(turn, end, told);
                      return null;
                    },
                    false));
  }

  /** Waits until all is quiet; what is not by then has been left behind. */
  private void rest() {
    String busy = "";
    for (int second = 0; second < REST_SECONDS; second++) {
      busy = TwoNodes.await(server.busy());
      if (busy.isEmpty() && services.voice().counters().openContexts() == 0) {
        break;
      }
      TwoNodes.await(vertx.timer(1, TimeUnit.SECONDS));
    }
    if (!busy.isEmpty()) {
      laws.broken("left behind: " + busy);
    }
    int contexts = services.voice().counters().openContexts();
    if (contexts > 0) {
      laws.broken("left behind at the voice: " + contexts + " contexts");
    }
    long ended = TwoNodes.await(server.ended());
    if (ended != begun) {
      laws.broken(begun + " turns have begun, and " + ended + " have ended");
    }
    TwoNodes.await(services.model().idle());
    held.add(server.held().json());
  }

  /** What a process holds at rest must not grow from the second leg on. */
  void checkFlat() {
    long notKept = TwoNodes.await(server.notKept());
    if (notKept > 0) {
      laws.broken("of " + notKept + " turns not all audio was kept");
    }
    long files = server.keptAudio();
    if (files > KEPT_TURNS) {
      laws.broken("audio is kept in " + files + " files");
    }
    if (held.size() < 3) {
      return;
    }
    JsonObject early = held.getJsonObject(1);
    JsonObject late = held.getJsonObject(held.size() - 1);
    for (String what : early.fieldNames()) {
      double was = early.getDouble(what);
      double is = late.getDouble(what);
      if (is > 1.25 * was + 12) {
        laws.broken("%s grew from %.0f to %.0f".formatted(what, was, is));
      }
    }
  }

  EnduranceServer server() {
    return server;
  }

  List<String> broken() {
    return laws.broken();
  }

  /** What was done, in words. */
  String summary() {
    Table table = new Table("ends", "turns");
    ends.forEach((end, count) -> table.row(end, Integer.toString(count)));
    StringBuilder out = new StringBuilder(table.toString());
    out.append("\nDoors: ").append(doors).append("\n");
    out.append("Speech that broke off within a turn and went on: ").append(laws.resumed());
    out.append(". Connections that the server broke off, whose clients came back: ").append(losses);
    return out.append(". Held at rest: ").append(held.encode()).append('\n').toString();
  }

  JsonObject json() {
    JsonObject byEnd = new JsonObject();
    ends.forEach(byEnd::put);
    return new JsonObject()
        .put("seed", seed)
        .put("turns", turns)
        .put("ends", byEnd)
        .put("losses", losses)
        .put("held", held)
        .put("broken", new JsonArray(laws.broken()));
  }

  @Override
  public void close() {
    server.close();
    services.close();
    TwoNodes.await(vertx.close());
  }
}
