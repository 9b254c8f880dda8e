package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.WordMark;
import io.voicebus.playback.seam.SeamProcessor;
import io.voicebus.playback.seam.VoiceLoudness;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * An hour of speech of two hundred playouts at real-time pace, in virtual time: what they hold does
 * not grow with it. Run by {@code ./bench hour}.
 */
@EnabledIfSystemProperty(named = "figures", matches = "true")
class PlayoutHourFiguresTest {
  private static final int TURNS = 200;
  private static final int RATE = 8_000;
  private static final int CHUNKS = 60 * 60 / 3;
  private static final byte[] SECOND = Pcm.sine(400, RATE, RATE, 9_000);

  /** Counts what it gets. */
  private static final class Ear implements PlayoutSink {
    private long samples;

    @Override
    public boolean full() {
      return false;
    }

    @Override
    public void format(int sampleRateHz) {}

    @Override
    public void audio(int chunk, byte[] pcm) {
      samples += pcm.length / 2;
    }

    @Override
    public void mark(PlayoutMark mark) {}

    @Override
    public void word(WordMark word) {}

    @Override
    public void end() {}

    @Override
    public void cancel() {}
  }

  @Test
  void whatTwoHundredPlayoutsHoldDoesNotGrowWithAnHourOfSpeech() {
    LengthRatio ratio = new LengthRatio();
    VoiceLoudness loudness = new VoiceLoudness();
    List<Ear> ears = new ArrayList<>();
    List<Playout> all = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      Ear ear = new Ear();
      ears.add(ear);
      all.add(
          new Playout(
              PlayoutLimits.DEFAULTS,
              Pace.REALTIME,
              ratio,
              Pcm.memory(),
              ear,
              hz -> new SeamProcessor(hz, loudness)));
    }
    long first = 0;
    System.out.printf("| minute | heap of one playout, KiB |%n|---:|---:|%n");
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      long now = chunk * 3_380_000_000L;
      for (Playout playout : all) {
        say(playout, chunk, now);
      }
      if ((chunk + 1) % (CHUNKS / 6) == 0) {
        long used = usedBytes() / TURNS;
        first = first == 0 ? used : first;
        System.out.printf("| %d | %d |%n", (chunk + 1) * 3 / 60, used / 1024);
        assertThat(used).isLessThan(first + first / 4);
      }
    }
    assertThat(ears).allMatch(ear -> ear.samples > 3_500L * RATE);
  }

  private static void say(Playout playout, int chunk, long now) {
    playout.known(chunk, ChunkEnd.SENTENCE, now);
    playout.open(chunk, RATE, false, "voice", now);
    for (int second = 0; second < 3; second++) {
      for (int at = 0; at < SECOND.length; at += 4_000) {
        playout.frame(chunk, Arrays.copyOfRange(SECOND, at, at + 4_000), List.of(), now);
      }
    }
    playout.received(chunk, now);
  }

  private static long usedBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
