package io.voicebus.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.benchmarks.EnduranceTurn.Behaviour;
import io.voicebus.benchmarks.EnduranceTurn.End;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Three times as many prompts as a server takes: those beyond are refused at once, and the others
 * do not notice. The capacity is what {@code max-turns} says, so that a small one will do.
 */
final class EnduranceOverload {
  private static final int MAX_TURNS = 20;

  private static final int TIMES = 3;

  /** So many times that many ask at the same moment; the next ones when those are over. */
  private static final int BURSTS = 3;

  private static final int BURST_EVERY_MS = 8_000;

  /** The bound, in ms, unless a server that does nothing else takes longer. */
  private static final int MOST_REFUSAL_MS = 50;

  /** What a refusal may take, of the time that one of {@link BareRefusals} takes. */
  private static final double MOST_OF_BARE = 1.2;

  /** What the first sound may be later by, of the time without; a busy machine adds some. */
  private static final double MOST_HARM = 1.5;

  private final List<String> broken = new ArrayList<>();
  private final JsonObject json = new JsonObject();
  private int number;

  private record Answer(EnduranceTurn turn, End end, double ms) {}

  /** Measures, and prints a table. */
  void run(Path script, Path folder, long seed) {
    Vertx vertx = Vertx.vertx();
    EnduranceFaults none = new EnduranceFaults(seed, false);
    try (EmulatedServices services = new EmulatedServices(none::answer, none::speech)) {
      Map<String, String> settings = new HashMap<>(services.settings());
      settings.put("VOICEBUS_MAX_TURNS", Integer.toString(MAX_TURNS));
      try (EnduranceServer server = new EnduranceServer(vertx, script, folder, settings)) {
        ask(vertx, server::speak, MAX_TURNS / 2, seed); // the code is warm
        List<Answer> without = ask(vertx, server::speak, MAX_TURNS, seed + 1);
        List<Answer> with = ask(vertx, server::speak, TIMES * MAX_TURNS, seed + 2);
        judge(without, with, bare(vertx, seed));
      }
    } finally {
      TwoNodes.await(vertx.close());
    }
  }

  /** As many prompts at once, all of them refused by a server that does nothing else. */
  private LoadSample bare(Vertx vertx, long seed) {
    try (BareRefusals server = new BareRefusals()) {
      EnduranceHttp http = new EnduranceHttp(vertx, server.port());
      ask(vertx, http::speak, MAX_TURNS / 2, seed);
      return refusals(ask(vertx, http::speak, TIMES * MAX_TURNS, seed));
    }
  }

  /** So many at once, in each burst. */
  private List<Answer> ask(
      Vertx vertx, Function<EnduranceTurn, Future<End>> server, int atOnce, long seed) {
    Context context = vertx.getOrCreateContext();
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < BURSTS * atOnce; i++) {
      long ms = 1 + (long) (i / atOnce) * BURST_EVERY_MS;
      int mine = number++;
      Promise<Answer> answer = Promise.promise();
      context.runOnContext(
          go ->
              vertx
                  .timer(ms)
                  .compose(
                      now -> {
                        EnduranceTurn turn =
                            new EnduranceTurn(
                                mine, EnduranceDoor.SPEAK, Behaviour.LISTENS, new Random(seed));
                        return server
                            .apply(turn)
                            .timeout(60, TimeUnit.SECONDS)
                            .map(end -> new Answer(turn, end, turn.ageMs()));
                      })
                  .onComplete(answer));
      answers.add(answer.future());
    }
    TwoNodes.await(Future.all(answers));
    return answers.stream().map(Future::result).toList();
  }

  private static LoadSample first(List<Answer> answers) {
    return new LoadSample(
        answers.stream()
            .filter(one -> one.end == End.FINISHED)
            .map(one -> one.turn.firstMs())
            .toList());
  }

  /** How long the refusals took, in ms. */
  private static LoadSample refusals(List<Answer> answers) {
    return new LoadSample(
        answers.stream().filter(one -> one.end == End.REFUSED).map(Answer::ms).toList());
  }

  private void judge(List<Answer> without, List<Answer> with, LoadSample bare) {
    LoadSample refusals = refusals(with);
    double ofBare = refusals.quantile(0.95) / bare.quantile(0.95);
    double harm = first(with).median() / first(without).median();
    Table table =
        new Table(
            "prompts",
            "accepted",
            "whole",
            "refused",
            "refused after, ms: p50, p95, most",
            "first sound, ms: p50, p95");
    row(table, "as many at once as are taken", without);
    row(table, TIMES + " times as many at once", with);
    System.out.println("## Overload\n\n" + table);
    System.out.println(
        "The first sound of those that were accepted, with to without: "
            + Table.figure(2, harm)
            + ".");
    System.out.println(
        "A server that refuses all of "
            + bare.size()
            + " and does nothing else: "
            + times(bare)
            + " ms. Voicebus' refusals take "
            + Table.figure(2, ofBare)
            + " of that (95 %).");
    check(
        refusals.size() >= BURSTS * (TIMES - 1) * MAX_TURNS / 2,
        "only " + refusals.size() + " were refused");
    check(
        refusals.quantile(0.95) < MOST_REFUSAL_MS || ofBare < MOST_OF_BARE,
        "refusals take " + refusals.quantile(0.95) + " ms, " + ofBare + " of a bare server's");
    check(harm < MOST_HARM, "who was accepted is first heard after " + harm + " of the time");
    for (Answer answer : with) {
      boolean whole =
          answer.end == End.FINISHED
              && HeardPieces.of(answer.turn.pcm(), answer.turn.text()).whole();
      check(
          whole || answer.end == End.REFUSED,
          "turn " + answer.turn.json() + " ended " + answer.end);
    }
    json.put("refused_ms", refusals.json())
        .put("bare_refused_ms", bare.json())
        .put("refused", refusals.size())
        .put("prompts", with.size())
        .put("first_ms_without", first(without).json())
        .put("first_ms_with", first(with).json())
        .put("first_ratio", harm);
  }

  private static void row(Table table, String name, List<Answer> answers) {
    LoadSample refusals = refusals(answers);
    LoadSample first = first(answers);
    long whole =
        answers.stream()
            .filter(one -> HeardPieces.of(one.turn.pcm(), one.turn.text()).whole())
            .count();
    table.row(
        name + ": " + answers.size(),
        Integer.toString(answers.size() - refusals.size()),
        Long.toString(whole),
        Integer.toString(refusals.size()),
        times(refusals),
        Table.figure(0, first.median()) + ", " + Table.figure(0, first.quantile(0.95)));
  }

  private static String times(LoadSample sample) {
    return "%s, %s, %s"
        .formatted(
            Table.figure(1, sample.median()),
            Table.figure(1, sample.quantile(0.95)),
            Table.figure(1, sample.quantile(1)));
  }

  private void check(boolean right, String words) {
    if (!right) {
      broken.add("overload: " + words);
    }
  }

  List<String> broken() {
    return broken;
  }

  JsonObject json() {
    return json;
  }
}
