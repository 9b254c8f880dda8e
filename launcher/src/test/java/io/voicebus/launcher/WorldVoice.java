package io.voicebus.launcher;

import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A voice in virtual time whose samples are the letters that it says, each for 50 ms, eight times
 * as fast as they are heard, in frames of half a word; their lower half tells who says them. Every
 * other sample is negative.
 */
final class WorldVoice implements SpeechEngine {
  static final int RATE = 8_000;
  static final int SAMPLES_PER_LETTER = 400;
  private static final int HASTE = 8;

  /** Of so many utterances of a rough voice, two break, one falls silent, and one is slow. */
  private static final int ROUGH = 20;

  private static final Duration SLOW = Duration.ofMillis(900);

  /** How it tells how far it is. */
  enum Progress {
    /** It says the same samples each time. */
    SAMPLES,
    WORDS,
    /** Not at all: words are reckoned by time. */
    NONE
  }

  private final String name;
  private final Progress progress;
  private final Bus bus;
  private final Duration first;

  /** What it was given to say, in all. */
  private final List<String> asked = new ArrayList<>();

  private boolean broken;
  private boolean refuses;
  private @Nullable Random rough;
  private int failed;

  /** What becomes of the next text: after so many of its frames it fails. */
  private Supplier<OptionalInt> faults = OptionalInt::empty;

  /** How often it has failed, by the last word of what it was given. */
  private final Map<String, Integer> failures = new HashMap<>();

  WorldVoice(String name, Progress progress, Bus bus, Duration first) {
    this.name = name;
    this.progress = progress;
    this.bus = bus;
    this.first = first;
  }

  /** How a worker opens this voice; what it says is kept where there is a cache. */
  EngineOpener opener() {
    return new EngineOpener.Configured() {
      @Override
      public boolean wanted(Settings settings) {
        return false;
      }

      @Override
      public String described(Settings settings) {
        return "";
      }

      @Override
      public SpeechEngine apply(Settings settings, Integer slots) {
        return WorldVoice.this;
      }
    };
  }

  /** From now on it falls silent in the middle of what it is given, and of what it is at. */
  void breaks() {
    broken = true;
  }

  /**
   * From now on it fails.
   *
   * @param after how many frames of a text, asked for each; empty for a text that it says
   */
  void fails(Supplier<OptionalInt> after) {
    faults = after;
  }

  /** From now on it is slow now and then, falls silent, or breaks. */
  void isRough(Random random) {
    rough = random;
  }

  /** From now on it says nothing, for good. */
  void refuses() {
    refuses = true;
  }

  /** How often it has failed or fallen silent. */
  int failed() {
    return failed;
  }

  Map<String, Integer> failures() {
    return failures;
  }

  List<String> asked() {
    return asked;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public EngineTraits traits() {
    return new EngineTraits(progress == Progress.SAMPLES, RATE, Set.of(), 0);
  }

  @Override
  public List<Voice> voices() {
    return List.of();
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    asked.add(utterance.text());
    Take take = new Take(utterance.text() + " ", sink);
    sink.working();
    sink.asked(utterance.text().length());
    take.timer = bus.after(take.firstNanos(), take::next);
    return take;
  }

  @Override
  public void close() {}

  private final class Take implements Speech {
    private final String text;
    private final SpeechSink sink;
    private int fails = faults.get().orElse(-1);
    private int stalls = -1;
    private boolean slow;
    private int frames;
    private int at;
    private Bus.@Nullable Timer timer;
    private boolean over;

    Take(String text, SpeechSink sink) {
      this.text = text;
      this.sink = sink;
      Random random = rough;
      if (random != null) {
        switch (random.nextInt(ROUGH)) {
          case 0, 1 -> fails = random.nextInt(8);
          case 2 -> stalls = random.nextInt(8);
          case 3 -> slow = true;
          default -> {}
        }
      }
    }

    long firstNanos() {
      return slow ? SLOW.toNanos() : first.toNanos();
    }

    @Override
    public void cancel() {
      over = true;
      if (timer != null) {
        timer.cancel();
      }
    }

    private void next() {
      if (over || (broken && at > 0)) {
        return;
      }
      if (refuses) {
        over = true;
        sink.fail(FailureKind.UNAUTHENTICATED, "it has no key");
        return;
      }
      if (frames == stalls) {
        failed++;
        return;
      }
      if (frames++ == fails) {
        over = true;
        failed++;
        failures.merge(text.substring(text.strip().lastIndexOf(' ') + 1), 1, Integer::sum);
        sink.fail(FailureKind.UNAVAILABLE, "it broke");
        return;
      }
      if (at == text.length()) {
        over = true;
        sink.end();
        return;
      }
      int end = text.indexOf(' ', at) + 1;
      int start = text.lastIndexOf(' ', at) + 1;
      int half = (start + end) / 2;
      int to = at < half ? half : end;
      byte[] pcm = new byte[2 * (to - at) * SAMPLES_PER_LETTER];
      for (int i = 0; i < pcm.length / 2; i++) {
        // What swings can be heard, and what stands still cannot.
        int sample = text.charAt(at + i / SAMPLES_PER_LETTER) << 8 | name.charAt(0);
        sample = i % 2 == 0 ? sample : -sample;
        pcm[2 * i] = (byte) sample;
        pcm[2 * i + 1] = (byte) (sample >> 8);
      }
      long takes = pcm.length / 2 * 1_000_000_000L / RATE / HASTE;
      at = to;
      int said = to == end ? Math.min(end, text.length() - 1) : start;
      sink.frame(pcm, progress == Progress.WORDS ? said : SpeechSink.UNKNOWN);
      timer = bus.after(takes, this::next);
    }
  }
}
