package io.voicebus.benchmarks;

import io.voicebus.chunker.Chunker;
import io.voicebus.chunker.ChunkerOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a delta of four characters costs from its arrival to the chunks. The texts are of characters
 * that are one byte each, so 133 ns a delta are 30 MB/s.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkingBenchmark {
  private static final int DELTAS = 10_000;
  private static final int UNITS = 4;

  private static final String PROSE =
      "The lighthouse at the end of the pier was built in 1874, after three ships had been lost in "
          + "one winter. Its keeper, Mr. Olsen, wrote down the weather every morning at 6 a.m. and "
          + "never missed a day. \"It costs nothing to look,\" he used to say. Who reads his notes "
          + "today? Two students from the U.S. did, and found that the sea was 1.5 degrees colder "
          + "then. They put all of it on a page at www.example.org/notes for everybody to see. ";

  private static final String MARKDOWN =
      "## How to *bake* bread\n\nYou need **three** things: flour, water, and time. Mix them with "
          + "your hands, then wait until it has risen.\n\n- Heat the oven to 230 degrees.\n- Put in "
          + "a bowl of water (see [the guide](https://example.com/oven)).\n- Bake for `40` minutes."
          + "\n\n| Flour | Water |\n|---|---|\n| 500 g | 350 g |\n\n```\noven.heat(230)\n```\n\nIt is "
          + "done when it sounds hollow. Let it cool down before you cut it!\n\n";

  @Param({"prose", "markdown"})
  String text = "prose";

  private final String[] deltas = new String[DELTAS];

  @Setup
  public void cut() {
    String part = text.equals("prose") ? PROSE : MARKDOWN;
    String whole = part.repeat(DELTAS * UNITS / part.length() + 1);
    for (int i = 0; i < DELTAS; i++) {
      deltas[i] = whole.substring(i * UNITS, (i + 1) * UNITS);
    }
  }

  /** One turn, as the verticle runs it. */
  @Benchmark
  @OperationsPerInvocation(DELTAS)
  public void delta(Blackhole chunks) {
    Chunker chunker = new Chunker(ChunkerOptions.DEFAULT);
    for (String delta : deltas) {
      chunks.consume(chunker.accept(delta, 0));
    }
    chunks.consume(chunker.flush());
  }
}
