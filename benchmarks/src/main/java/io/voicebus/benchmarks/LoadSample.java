package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** Figures, and what is said about them: ranks only, so that no distribution is assumed. */
final class LoadSample {
  /** Of the standard normal distribution, for 95 %. */
  private static final double Z = 1.96;

  private final double[] sorted;

  LoadSample(Collection<Double> figures) {
    sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  int size() {
    return sorted.length;
  }

  double median() {
    return quantile(0.5);
  }

  /** Between two figures it is interpolated; NaN without any. */
  double quantile(double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double rank = q * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** The lower end of the 95 % confidence interval of the median, from binomial ranks. */
  double low() {
    return at(Math.floor(sorted.length / 2.0 - spread()) - 1);
  }

  /** The upper end. */
  double high() {
    return at(Math.ceil(sorted.length / 2.0 + spread()));
  }

  private double spread() {
    return Z * Math.sqrt(sorted.length) / 2;
  }

  private double at(double rank) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.max(0, Math.min(sorted.length - 1.0, rank))];
  }

  JsonObject json() {
    JsonObject json = new JsonObject().put("n", sorted.length);
    if (sorted.length > 0) {
      json.put("median", rounded(median()))
          .put("median_ci95_low", rounded(low()))
          .put("median_ci95_high", rounded(high()))
          .put("p10", rounded(quantile(0.1)))
          .put("p90", rounded(quantile(0.9)))
          .put("p99", rounded(quantile(0.99)));
    }
    return json;
  }

  private static double rounded(double figure) {
    return Math.round(figure * 1_000) / 1_000.0;
  }
}
