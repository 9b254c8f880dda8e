package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldArrivalsTest {
  private static final int MANY = 10_000;

  /** Variance of the gaps by the square of their mean: 1 for a Poisson process. */
  private static double spread(List<Long> due) {
    double mean = due.get(due.size() - 1) / (due.size() - 1.0);
    double sum = 0;
    for (int i = 1; i < due.size(); i++) {
      double off = due.get(i) - due.get(i - 1) - mean;
      sum += off * off;
    }
    return sum / (due.size() - 1) / (mean * mean);
  }

  @Test
  void keepsTheRateAndBeginsAtOnce() {
    List<Long> due = FieldArrivals.nanos(MANY, 20, 0.5, 1);
    assertThat(due.get(0)).isZero();
    assertThat(due).isSorted();
    assertThat(due.get(MANY - 1) / 1e9).isBetween(480.0, 520.0);
  }

  @Test
  void comesInBurstsWhereTheShapeIsBelowOne() {
    assertThat(spread(FieldArrivals.nanos(MANY, 20, 0.5, 1))).isBetween(1.8, 2.2);
    assertThat(spread(FieldArrivals.nanos(MANY, 20, 1, 1))).isBetween(0.9, 1.1);
  }

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(FieldArrivals.nanos(100, 5, 0.5, 7))
        .isEqualTo(FieldArrivals.nanos(100, 5, 0.5, 7))
        .isNotEqualTo(FieldArrivals.nanos(100, 5, 0.5, 8));
  }
}
