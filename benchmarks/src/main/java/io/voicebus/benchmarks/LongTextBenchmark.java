package io.voicebus.benchmarks;

import io.voicebus.chunker.Chunker;
import io.voicebus.chunker.ChunkerOptions;
import io.voicebus.chunker.SpeakableChunk;
import io.voicebus.chunker.spoken.SpokenForms;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a whole text costs from its deltas to the words for the voice. The time of 100 KB over that
 * of 10 KB shows whether it grows with the length alone: 10 is linear.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LongTextBenchmark {
  private static final int UNITS = 4;

  /** What the text is made of. */
  @Param({"prose", "open", "json", "session", "numbers", "line"})
  String text = "prose";

  /** Its length in UTF-16 units. */
  @Param({"10240", "102400"})
  int units = 10_240;

  private final SpokenForms english = new SpokenForms("en");
  private String whole = "";

  @Setup
  public void write() {
    String opening = "";
    String part;
    switch (text) {
      case "open" -> part = "See [the (page \"and **so `on <b $x \\(y ``` {\"a\": [";
      case "json" -> {
        opening = "[";
        part = "{\"id\": 1, \"name\": \"Ann\", \"tags\": [\"a\", \"b\"]},\n";
      }
      case "session" ->
          part = "$ git log --oneline\n3f2a9c1 fix: handle null\nuser@host:~/app$ ls -la\n\n";
      case "numbers" ->
          part = "On 3/4/2024 at 9:30 it cost $1,250.50, or 12-15 km/h, e4 e5 2. Nf3. ";
      case "line" -> part = "word3 ";
      default ->
          part =
              "The lighthouse was built in 1874, after three ships had been lost. Its keeper, Mr."
                  + " Olsen, wrote down the weather at 6 a.m. and never missed a day. ";
    }
    whole = (opening + part.repeat(units / part.length() + 1)).substring(0, units);
  }

  /** One turn. */
  @Benchmark
  public void turn(Blackhole said) {
    Chunker chunker = new Chunker(ChunkerOptions.DEFAULT);
    for (int at = 0; at < units; at += UNITS) {
      say(chunker.accept(whole.substring(at, Math.min(units, at + UNITS)), 0), said);
    }
    say(chunker.flush(), said);
  }

  private void say(List<SpeakableChunk> chunks, Blackhole said) {
    for (SpeakableChunk chunk : chunks) {
      said.consume(english.say(chunk.text()));
    }
  }
}
