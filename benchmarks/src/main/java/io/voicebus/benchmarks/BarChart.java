package io.voicebus.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars as an SVG image, in groups: it has the reader's light or dark colours, needs no font of its
 * own, and can be read without colours, since a group's bars are in the order of the legend.
 */
final class BarChart {
  private static final int WIDTH = 760;
  private static final int LEFT = 210;
  private static final int RIGHT = 90;
  private static final int TOP = 66;
  private static final int BAR = 15;
  private static final int GAP = 14;

  private static final String STYLE =
      """
      <style>
      svg { color-scheme: light dark; }
      text { font: 12px system-ui, sans-serif; fill: #1f2328; }
      .title { font-size: 14px; font-weight: 600; }
      .faint { fill: #59636e; }
      .axis { stroke: #d1d9e0; stroke-width: 1; }
      .s0 { fill: #0969da; } .s1 { fill: #bf8700; } .s2 { fill: #8c959f; } .s3 { fill: #1a7f37; }
      @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; } .faint { fill: #9198a1; } .axis { stroke: #3d444d; }
      .s0 { fill: #4493f8; } .s1 { fill: #d29922; } .s2 { fill: #656c76; } .s3 { fill: #3fb950; }
      }
      </style>
      """;

  private record Group(String name, List<Double> values) {}

  private final String title;
  private final String unit;
  private final List<String> series;
  private final List<Group> groups = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param title what is shown
   * @param unit behind each figure
   * @param series names of a group's bars, at most four
   */
  BarChart(String title, String unit, List<String> series) {
    this.title = title;
    this.unit = unit;
    this.series = List.copyOf(series);
  }

  /** Adds a group with a bar for each series; NaN for none. */
  BarChart add(String name, List<Double> values) {
    groups.add(new Group(name, List.copyOf(values)));
    return this;
  }

  /** The whole image. */
  String svg() {
    int groupHeight = series.size() * BAR + GAP;
    int height = TOP + groups.size() * groupHeight + GAP;
    StringBuilder out = new StringBuilder();
    line(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" aria-label=\"%s\">",
        WIDTH,
        height,
        WIDTH,
        height,
        escaped(title));
    out.append(STYLE);
    line(out, "<text class=\"title\" x=\"12\" y=\"24\">%s</text>", escaped(title));
    legend(out);
    line(
        out,
        "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
        LEFT,
        TOP - 4,
        LEFT,
        height - GAP);
    double most =
        groups.stream()
            .flatMap(group -> group.values.stream())
            .filter(Double::isFinite)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    for (int i = 0; i < groups.size(); i++) {
      group(
          out, groups.get(i), TOP + i * groupHeight, (WIDTH - LEFT - RIGHT) / Math.max(1e-9, most));
    }
    return out.append("</svg>\n").toString();
  }

  private void legend(StringBuilder out) {
    int x = LEFT;
    for (int i = 0; i < series.size(); i++) {
      line(out, "<rect class=\"s%d\" x=\"%d\" y=\"38\" width=\"10\" height=\"10\"/>", i, x);
      line(
          out, "<text class=\"faint\" x=\"%d\" y=\"47\">%s</text>", x + 15, escaped(series.get(i)));
      x += 40 + 7 * series.get(i).length();
    }
  }

  private void group(StringBuilder out, Group group, int top, double scale) {
    int middle = top + series.size() * BAR / 2 + 4;
    line(
        out,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        LEFT - 10,
        middle,
        escaped(group.name));
    for (int i = 0; i < group.values.size(); i++) {
      double value = group.values.get(i);
      int y = top + i * BAR;
      double width = Double.isFinite(value) ? value * scale : 0;
      line(
          out,
          "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
          i,
          LEFT,
          y,
          width,
          BAR - 3);
      line(
          out,
          "<text class=\"faint\" x=\"%.1f\" y=\"%d\">%s %s</text>",
          LEFT + width + 5,
          y + BAR - 5,
          Table.figure(value < 10 ? 1 : 0, value),
          escaped(unit));
    }
  }

  private static void line(StringBuilder out, String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
