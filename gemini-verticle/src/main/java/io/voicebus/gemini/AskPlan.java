package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which service an answer asks, and what follows a failure before the answer's first word: another
 * attempt, at once or later, at the same service or at the next one, or none. Times are nanoseconds
 * of one clock. NOT thread safe.
 */
final class AskPlan {
  private static final Logger LOG = LoggerFactory.getLogger(AskPlan.class);

  /** The longest wait for a service that asks for a pause. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration NEXT_WAIT = Duration.ofSeconds(1);

  private final String turn;
  private final ModelCounts counts;
  private final DoubleSupplier random;
  private final ArrayDeque<ModelAsker> others;

  /** Services that are left alone for now: they are asked once all others have failed. */
  private final ArrayDeque<ModelAsker> resting = new ArrayDeque<>();

  private ModelAsker asker;

  /** Whether all others have failed, and a service is asked that was left alone. */
  private boolean afterAll;

  private final EnumSet<Concession> made = EnumSet.noneOf(Concession.class);
  private int retries;
  private int attempts;
  private long askedSince;
  private long attemptSince;

  /**
   * A plan of which nothing is carried out.
   *
   * @param turn whose answer it is, for the log
   * @param random 0 to 1, spreads retries
   * @param askers in the order in which they are tried; at least one
   */
  AskPlan(
      String turn, ModelCounts counts, DoubleSupplier random, List<? extends ModelAsker> askers) {
    this.turn = turn;
    this.counts = counts;
    this.random = random;
    this.others = new ArrayDeque<>(askers);
    this.asker = others.remove();
    this.made.addAll(asker.made());
  }

  /** Skips the services that rest, as long as there is another one. */
  void begin(long now) {
    askedSince = now;
    while (!others.isEmpty() && asker.rests()) {
      resting.add(asker);
      goTo(others.remove(), now);
    }
  }

  /** The service of the attempt under way, or of the next one. */
  ModelAsker asker() {
    return asker;
  }

  /** The concessions of the attempt under way, or of the next one. */
  Set<Concession> concessions() {
    return Set.copyOf(made);
  }

  /** How many attempts have begun, at all services. */
  int attempts() {
    return attempts;
  }

  /** An attempt begins. */
  void attempt(long now) {
    attempts++;
    attemptSince = now;
    counts.request(asker.source());
  }

  /**
   * Plans what follows a failed attempt, which may be an attempt at another service.
   *
   * @return the time until the next attempt, in nanoseconds; empty if there is none
   */
  OptionalLong afterFailure(ModelFault fault, long now) {
    Optional<Concession> concession = asker.against(fault, made);
    if (concession.isPresent()) {
      made.add(concession.get());
      return OptionalLong.of(0);
    }
    if (mayWaitForLoading(fault, now)) {
      return OptionalLong.of(NEXT_WAIT.toNanos());
    }
    if (mayRetry(fault)) {
      return OptionalLong.of(retry(fault));
    }
    if (fault.mayGoBetterElsewhere() && !(others.isEmpty() && resting.isEmpty())) {
      askAnother(fault, now);
      return OptionalLong.of(0);
    }
    return OptionalLong.empty();
  }

  /**
   * The last service is waited for while it loads its model, for as long as for the beginning of an
   * answer.
   */
  private boolean mayWaitForLoading(ModelFault fault, long now) {
    return fault.cause() == ModelFault.Cause.LOADING
        && others.isEmpty()
        && now - askedSince < asker.limits().headers().toNanos();
  }

  /** A service that was silent for its whole time is not asked again where there is another one. */
  private boolean mayRetry(ModelFault fault) {
    return retries < Math.min(asker.limits().retries(), fault.retries())
        && fault.cause() != ModelFault.Cause.LOADING
        && ((others.isEmpty() && !afterAll) || !asker.fails())
        && (others.isEmpty() || fault.kind() != FailureKind.TIMEOUT)
        && fault.after().compareTo(PATIENCE) <= 0;
  }

  private long retry(ModelFault fault) {
    Duration usual = retries == 0 ? FIRST_WAIT : NEXT_WAIT;
    retries++;
    LOG.info(
        "attempt {} at the answer of turn {} failed ({}), trying again",
        attempts,
        turn,
        fault.kind());
    long spread = (long) (usual.toNanos() * (0.75 + random.getAsDouble() / 2));
    return Math.max(spread, fault.after().toNanos());
  }

  private void askAnother(ModelFault fault, long now) {
    afterAll = others.isEmpty();
    ModelAsker next = afterAll ? resting.remove() : others.remove();
    asker.passedOver(fault.kind(), next.source(), now - attemptSince);
    LOG.info(
        "turn {}: {} failed ({}), asking {}", turn, asker.source(), fault.kind(), next.source());
    goTo(next, now);
  }

  private void goTo(ModelAsker next, long now) {
    counts.fallback(asker.source(), next.source());
    asker = next;
    askedSince = now;
    made.clear();
    made.addAll(asker.made());
    retries = 0;
  }
}
