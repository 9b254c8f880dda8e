package io.voicebus.benchmarks;

import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TurnEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Keeps one turn's sound, and measures it where its chunks meet. */
final class SeamListener implements Consumer<TurnEvent>, AudioListener {
  /** Silence is looked for in pieces of 5 ms. */
  private static final int PIECES_PER_SECOND = 200;

  /** -35 dB of the loud pieces. */
  private static final double SILENT = Math.pow(10, -35 / 20.0);

  /**
   * Where two chunks meet.
   *
   * @param end what ended the first one
   */
  record Seam(ChunkEnd end, int silenceMs) {}

  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final Map<Integer, ChunkEnd> ends = new TreeMap<>();
  private final TreeMap<Integer, Long> starts = new TreeMap<>();
  private final Map<Integer, Long> stops = new TreeMap<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private int rateHz;

  CompletableFuture<Boolean> ended() {
    return ended;
  }

  @Override
  public void accept(TurnEvent event) {
    if (event instanceof TurnEvent.Caption caption) {
      ends.put(caption.chunk().chunk(), caption.chunk().end());
    } else if (event instanceof TurnEvent.Mark mark) {
      PlayoutMark at = mark.mark();
      if (at.kind() == PlayoutMark.Kind.CHUNK_START) {
        starts.put(at.chunk(), at.heardAt());
      } else if (at.kind() == PlayoutMark.Kind.CHUNK_END) {
        stops.put(at.chunk(), at.atSample());
      }
    } else if (event instanceof TurnEvent.Ended end) {
      if (end.failure() == null) {
        ended.complete(true);
      } else {
        ended.completeExceptionally(new IllegalStateException(end.failure().detail()));
      }
    }
  }

  @Override
  public void format(int sampleRateHz) {
    rateHz = sampleRateHz;
  }

  @Override
  public void audio(int chunk, byte[] piece) {
    pcm.writeBytes(piece);
  }

  /** The silence at each seam. */
  List<Seam> seams() {
    boolean[] silent = silent();
    List<Seam> seams = new ArrayList<>();
    for (Map.Entry<Integer, Long> start : starts.tailMap(starts.firstKey(), false).entrySet()) {
      int before = starts.lowerKey(start.getKey());
      int from = piece(stops.getOrDefault(before, start.getValue()));
      int to = from; // not from the mark on: a soft consonant before it is sound, too
      while (from > 0 && silent[from - 1]) {
        from--;
      }
      while (to < silent.length && silent[to]) {
        to++;
      }
      seams.add(new Seam(ends.getOrDefault(before, ChunkEnd.SENTENCE), ms(to - from)));
    }
    return seams;
  }

  /** How long after its mark each chunk is heard. */
  List<Integer> onsetsMs() {
    return onsetsMs(silent());
  }

  /** The same for who hears nothing that is quieter than 0.01 of full scale over 10 ms. */
  List<Integer> clearOnsetsMs() {
    double[] levels = levels();
    boolean[] silent = new boolean[levels.length];
    for (int i = 0; i < silent.length; i++) {
      double next = levels[Math.min(i + 1, levels.length - 1)];
      silent[i] = Math.sqrt((levels[i] * levels[i] + next * next) / 2) < 0.01 * 32_768;
    }
    return onsetsMs(silent);
  }

  private List<Integer> onsetsMs(boolean[] silent) {
    List<Integer> onsets = new ArrayList<>();
    for (long start : starts.values()) {
      int at = piece(start);
      while (at < silent.length && silent[at]) {
        at++;
      }
      onsets.add(ms(at - piece(start)));
    }
    return onsets;
  }

  /** The largest step within 2 ms of a seam, as a share of the step that 99.9 % do not reach. */
  double largestStep() {
    int[] steps = steps();
    int[] sorted = steps.clone();
    Arrays.sort(sorted);
    int usual = sorted[(int) (0.999 * (sorted.length - 1))];
    int largest = 0;
    int near = rateHz / 500;
    List<Long> edges = new ArrayList<>(starts.values());
    edges.addAll(stops.values());
    for (long edge : edges) {
      for (int i = (int) Math.max(0, edge - near); i < Math.min(steps.length, edge + near); i++) {
        largest = Math.max(largest, steps[i]);
      }
    }
    return (double) largest / usual;
  }

  private int[] steps() {
    short[] samples = samples();
    int[] steps = new int[samples.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.abs(samples[i + 1] - samples[i]);
    }
    return steps;
  }

  /** Writes the sound, and its marks as Audacity reads labels. */
  void keep(Path folder, String name) {
    StringBuilder labels = new StringBuilder();
    starts.forEach(
        (chunk, start) ->
            labels.append(
                String.format(
                    Locale.ROOT,
                    "%.6f\t%.6f\t%d %s%n",
                    (double) start / rateHz,
                    (double) stops.getOrDefault(chunk, start) / rateHz,
                    chunk,
                    ends.getOrDefault(chunk, ChunkEnd.SENTENCE))));
    byte[] sound = pcm.toByteArray();
    AudioFormat format = new AudioFormat(rateHz, 16, 1, true, false);
    try (AudioInputStream samples =
        new AudioInputStream(new ByteArrayInputStream(sound), format, sound.length / 2)) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name + ".txt"), labels);
      AudioSystem.write(samples, AudioFileFormat.Type.WAVE, folder.resolve(name + ".wav").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** (At 22,050 Hz a piece is a little less than 5 ms.) */
  private int pieceSamples() {
    return rateHz / PIECES_PER_SECOND;
  }

  private int ms(int pieces) {
    return 1000 * pieces * pieceSamples() / rateHz;
  }

  private int piece(long sample) {
    return (int) (sample / pieceSamples());
  }

  private double[] levels() {
    short[] samples = samples();
    int size = pieceSamples();
    double[] levels = new double[samples.length / size];
    for (int i = 0; i < levels.length; i++) {
      double sum = 0;
      double squares = 0;
      for (int j = i * size; j < (i + 1) * size; j++) {
        sum += samples[j];
        squares += (double) samples[j] * samples[j];
      }
      levels[i] = Math.sqrt(squares / size - sum / size * (sum / size));
    }
    return levels;
  }

  private boolean[] silent() {
    double[] levels = levels();
    double[] sorted = levels.clone();
    Arrays.sort(sorted);
    double limit = sorted[sorted.length * 95 / 100] * SILENT;
    boolean[] silent = new boolean[levels.length];
    for (int i = 0; i < silent.length; i++) {
      silent[i] = levels[i] < limit;
    }
    return silent;
  }

  private short[] samples() {
    byte[] bytes = pcm.toByteArray();
    short[] samples = new short[bytes.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((bytes[2 * i] & 0xff) | (bytes[2 * i + 1] << 8));
    }
    return samples;
  }
}
