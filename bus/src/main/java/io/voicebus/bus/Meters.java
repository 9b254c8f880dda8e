package io.voicebus.bus;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Figures of one process: its instances count, and its operator reads. Counting costs one addition,
 * read or not, and loads no metrics library. Thread-safe.
 */
public final class Meters implements Shareable {
  /**
   * Series of one meter; what comes beyond is counted as {@link #OTHER}. Labels are few by design:
   * this is for the one that is not.
   */
  static final int MAX_SERIES = 100;

  /** Label values of the series beyond the limit. */
  static final String OTHER = "other";

  private static final String MAP = "voicebus.meters";
  private static final String KEY = "all";

  private final Map<Meter, Map<List<String>, LongAdder>> all = new ConcurrentHashMap<>();

  /** Takes one series. */
  @FunctionalInterface
  public interface Reader {
    /**
     * One series.
     *
     * @param labels its values, in the order of the meter's labels
     * @param value goes on changing, and may be kept
     */
    void series(Meter meter, List<String> labels, LongAdder value);
  }

  /** Those of the process, that is of its Vert.x. */
  public static Meters of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Meters>getLocalMap(MAP)
        .computeIfAbsent(KEY, first -> new Meters());
  }

  /**
   * What counts one series: for a {@link Meter.Kind#LEVEL} all instances of the process add to it
   * what they have, and take off what they have no more.
   *
   * @param labels one value for each of the meter's labels
   */
  public LongAdder of(Meter meter, String... labels) {
    if (labels.length != meter.labels().size()) {
      throw new IllegalArgumentException(meter.name() + " has the labels " + meter.labels());
    }
    Map<List<String>, LongAdder> series =
        all.computeIfAbsent(meter, first -> new ConcurrentHashMap<>());
    List<String> values = List.of(labels);
    LongAdder known = series.get(values);
    if (known != null) {
      return known;
    }
    List<String> key =
        series.size() < MAX_SERIES ? values : Collections.nCopies(labels.length, OTHER);
    return series.computeIfAbsent(key, first -> new LongAdder());
  }

  /** All series so far. */
  public void read(Reader reader) {
    all.forEach(
        (meter, series) -> series.forEach((labels, value) -> reader.series(meter, labels, value)));
  }
}
