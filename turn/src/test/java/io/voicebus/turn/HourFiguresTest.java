package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Meters;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WordMark;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An hour of speech of two hundred turns at one owner, in virtual time: they hold as much of their
 * sound as at the beginning, and of each chunk no more than its counts, which {@link
 * Ledger#MAX_CHUNKS} bounds. Run by {@code ./bench hour}.
 */
@EnabledIfSystemProperty(named = "figures", matches = "true")
class HourFiguresTest {
  private static final int TURNS = 200;
  private static final int RATE = 8_000;
  private static final int CHUNK_SECONDS = 3;
  private static final String TEXT = "The ferry is late, and the gulls wait. ";
  private static final int FIRST_MINUTE = 10;
  private static final int MINUTES = 60;

  /** What the counts of a chunk may take, in bytes. */
  private static final int COUNTS = 1024;

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final StageStub text = new StageStub(bus, "gemini", Stage.TEXT);
  private final StageStub chunker = new StageStub(bus, "chunker", Stage.CHUNKER);
  private final StageStub playback = new StageStub(bus, "playback", Stage.PLAYBACK);
  private final long[] heard = new long[TURNS];

  HourFiguresTest() {
    bus.serve(Addresses.PROMPT, text.node);
    bus.serve(Addresses.TEXT, chunker.node);
    bus.serve(Addresses.PLAYOUT, playback.node);
  }

  @Test
  void twoHundredTurnsHoldNoMoreOfAnHourOfSpeechThanTheCountsOfItsChunks(@TempDir Path folder) {
    Spool spool = new Spool(SpoolLimits.DEFAULTS, folder, Runnable::run, new Meters());
    TurnOwner turns = new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS).keepingAudioIn(spool);
    List<Turn> all = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      Turn turn = turns.start(TurnRequest.toCaller("hello", TurnOptions.DEFAULTS), event -> {});
      listen(turn, i);
      all.add(turn);
    }
    bus.run(Duration.ofMillis(100));
    tell(playback, new PlayoutFormat(RATE));
    long first = 0;
    System.out.printf("| minute | heap of one turn, KiB |%n|---:|---:|%n");
    for (int second = 0; second <= MINUTES * 60; second++) {
      speak(second);
      bus.run(Duration.ofSeconds(1));
      if (second > 0 && second % (FIRST_MINUTE * 60) == 0) {
        long used = usedBytes() / TURNS;
        first = first == 0 ? used : first;
        System.out.printf("| %d | %d |%n", second / 60, used / 1024);
        long more = (second - FIRST_MINUTE * 60L) / CHUNK_SECONDS;
        assertThat(used).isLessThan(first + first / 10 + more * COUNTS);
      }
    }
    assertThat(heard).containsOnly((MINUTES * 60L + 1) * RATE);
    assertThat(all).noneMatch(Turn::hasEnded);
    spool.close();
  }

  private void listen(Turn turn, int number) {
    turn.listen(
        new AudioListener() {
          @Override
          public void format(int sampleRateHz) {}

          @Override
          public void audio(int chunk, byte[] pcm) {
            heard[number] += pcm.length / 2;
          }
        });
  }

  /** A second of every turn. */
  private void speak(int second) {
    int chunk = second / CHUNK_SECONDS;
    int chars = TEXT.length();
    long sample = (long) second * RATE;
    if (second % CHUNK_SECONDS == 0) {
      if (chunk > 0) {
        tell(playback, new PlayoutMark(PlayoutMark.Kind.CHUNK_END, chunk - 1, sample));
        tell(playback, new ChunkSpoken(chunk - 1, 1, 1, 1, 1));
      }
      tell(text, new TextDelta(TEXT));
      long from = (long) chunk * chars;
      tell(chunker, new ChunkCaption(chunk, TEXT, from, from + chars));
      tell(playback, new PlayoutMark(PlayoutMark.Kind.CHUNK_START, chunk, sample, "embedded/v@1"));
    }
    tell(playback, new ChunkAudio(chunk, new byte[2 * RATE]));
    int spoken = (second % CHUNK_SECONDS + 1) * chars / CHUNK_SECONDS;
    tell(playback, new WordMark(chunk, sample + RATE, spoken));
    for (Link link : playback.links) {
      assertThat(link.isAlive()).isTrue();
    }
  }

  private void tell(StageStub stage, Message item) {
    stage.links.forEach(link -> link.tell(item));
    stage.items.clear();
  }

  private static long usedBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
