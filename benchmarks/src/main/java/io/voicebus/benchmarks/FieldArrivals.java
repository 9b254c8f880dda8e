package io.voicebus.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.Well19937c;

/**
 * When people ask, who do not wait for each other: the times between two questions have a gamma
 * distribution, as the load generators of inference servers draw them ({@code vllm bench serve}:
 * burstiness; {@code aiperf}: smoothness).
 */
final class FieldArrivals {
  private static final double NANOS = 1e9;

  private FieldArrivals() {}

  /**
   * Due times from 0 on.
   *
   * @param perSecond of questions, on average
   * @param shape 1 for a Poisson process; less for bursts, more for a steady stream
   * @param seed the same one gives the same times
   * @return in ns, ascending
   */
  static List<Long> nanos(int count, double perSecond, double shape, long seed) {
    GammaDistribution gaps =
        new GammaDistribution(new Well19937c(seed), shape, 1 / (shape * perSecond));
    List<Long> due = new ArrayList<>(count);
    double at = 0;
    for (int i = 0; i < count; i++) {
      due.add((long) (at * NANOS));
      at += gaps.sample();
    }
    return due;
  }
}
