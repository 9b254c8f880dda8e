package io.voicebus.benchmarks;

import java.util.Locale;

/** A table in Markdown. */
final class Table {
  private final StringBuilder out = new StringBuilder();

  Table(String... head) {
    row(head);
    out.append("|").append("---|".repeat(head.length)).append('\n');
  }

  void row(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A figure with so many decimals; a dash for none. */
  static String figure(int decimals, double figure) {
    return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", figure);
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return figure(1, 100 * share) + " %";
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
