package io.voicebus.tts.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedVoiceTest {
  private static final String FOX = "The quick brown fox jumps over the lazy dog, doesn't it?";
  private static final EmbeddedVoice VOICE = new EmbeddedVoice(4);

  @AfterAll
  static void close() {
    VOICE.close();
  }

  @Test
  void speaksSmallFramesFirstAndTellsWhenAllIsSpoken() {
    // when
    RecordingSink heard = say(VOICE, FOX);

    // then
    assertThat(heard.outcome()).isEqualTo("end");
    assertThat(heard.pcm().length / 32).as("ms").isBetween(2_500, 5_000);
    assertThat(heard.frames().get(0)).hasSize(640);
    assertThat(heard.frames()).allMatch(frame -> frame.length <= 2_560);
    assertThat(heard.progress()).first().isEqualTo(0);
    assertThat(heard.progress()).last().isEqualTo(FOX.length());
    assertThat(heard.faults()).isEmpty();
  }

  @Test
  void makesLittleEndianSoundThatStartsSoonAndPausesAtTheEnd() {
    // when
    byte[] pcm = say(VOICE, FOX).pcm();

    // then
    int roughness = 0;
    for (int at = 1; at < pcm.length / 2; at++) {
      roughness = Math.max(roughness, Math.abs(sample(pcm, at) - sample(pcm, at - 1)));
    }
    assertThat(roughness).as("bytes in the wrong order jump from end to end").isLessThan(30_000);
    assertThat(firstSound(pcm) / 16).as("ms of silence at the start").isLessThanOrEqualTo(60);
    assertThat((pcm.length / 2 - lastSound(pcm)) / 16).as("ms at the end").isBetween(150, 400);
  }

  @Test
  void tellsWhenEachWordBeginsAndEnds() {
    // when
    RecordingSink heard = say(VOICE, "It costs $29, and 50% of that: yes.");

    // then: its frames end where words do
    List<String> ends = new ArrayList<>();
    long at = 0;
    long before = 0;
    for (int i = 0; i < heard.frames().size(); i++) {
      at += heard.frames().get(i).length / 2;
      int length = heard.wordSamples().get(i);
      if (length > 0) {
        assertThat(at - length)
            .as("a word begins after the one before")
            .isGreaterThanOrEqualTo(before);
        before = at;
        ends.add("It costs $29, and 50% of that: yes.".substring(0, heard.progress().get(i)));
      }
    }
    assertThat(ends)
        .containsExactly(
            "It",
            "It costs",
            "It costs $29,",
            "It costs $29, and",
            "It costs $29, and 50%",
            "It costs $29, and 50% of",
            "It costs $29, and 50% of that:",
            "It costs $29, and 50% of that: yes.");
  }

  @Test
  void isSilentBetweenItsWordsWhereItPauses() {
    // when: before a "w" the voice hums at 612
    byte[] pcm = say(VOICE, "Well, we wait, while we wonder. Where?").pcm();

    // then
    int silent = 0;
    for (int at = 0; at < pcm.length / 2; at++) {
      silent += sample(pcm, at) == 0 ? 1 : 0;
    }
    assertThat(silent / 16).as("ms of silence, of three pauses and the last").isGreaterThan(500);
  }

  @Test
  void speaksAsFastAsItIsTold() {
    int usual = say(VOICE, FOX).pcm().length;
    for (double speed : new double[] {0.5, 2, 4}) {
      RecordingSink sink = new RecordingSink();
      VOICE.speak(new Utterance(FOX, "", "", "", "", TurnPlace.NONE, speed), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm().length / (double) usual).isBetween(0.85 / speed, 1.25 / speed);
    }
    assertThat(say(VOICE, FOX).pcm()).as("the next one is not so fast").hasSize(usual);
  }

  @Test
  void tellsOfLettersThatItLeavesOut() {
    RecordingSink heard = say(VOICE, "Tokyo (東京) is large.");
    assertThat(heard.outcome()).isEqualTo("end");
    assertThat(heard.notices()).hasSize(1).allMatch(notice -> notice.startsWith("SCRIPT"));
    assertThat(say(VOICE, "Café, naïve, €5.").notices()).isEmpty();
  }

  @Test
  void saysTheSameSamplesWhateverWasSaidBeforeAndOnEveryThread() {
    // given
    byte[] expected;
    try (EmbeddedVoice cold = new EmbeddedVoice(1)) {
      expected = say(cold, FOX).pcm();
    }
    long seed = 20_261_122;
    Random random = new Random(seed);
    String[] others = {"Yes.", "1,234 % of $5!", "Dr. Smith, St. John St.", "xkcd yc", "Why? Oh."};

    // when
    List<RecordingSink> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      start(VOICE, others[random.nextInt(others.length)]);
      all.add(start(VOICE, FOX));
    }

    // then
    for (RecordingSink heard : all) {
      assertThat(heard.outcome()).isEqualTo("end");
      assertThat(heard.pcm()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void stopsAtOnceWhenCancelledAndSpeaksOnUnharmed() {
    // given
    byte[] expected = say(VOICE, FOX).pcm();
    int cutShort = 0;
    try (EmbeddedVoice single = new EmbeddedVoice(1)) {
      for (int i = 0; i < 20; i++) {
        RecordingSink sink = new RecordingSink();
        CountDownLatch cancelling = new CountDownLatch(1);
        SpeechSink waits =
            new ForwardingSink(sink) {
              @Override
              public void frame(byte[] pcm, int spokenChars, int wordSamples) {
                super.frame(pcm, spokenChars, wordSamples);
                await(cancelling);
              }
            };
        Speech speech = single.speak(Utterance.of((FOX + " ").repeat(70)), waits);
        sink.awaitSound();

        // when
        cancelling.countDown();
        speech.cancel();
        sink.cancelled();
        speech.cancel();

        // then
        RecordingSink next = start(single, FOX);
        assertThat(next.outcome()).isEqualTo("end");
        assertThat(next.pcm()).isEqualTo(expected);
        assertThat(sink.faults()).isEmpty();
        cutShort += sink.open() && sink.pcm().length < expected.length * 70 ? 1 : 0;
      }
    }
    assertThat(cutShort).as("of 20, unless this thread was put to sleep").isPositive();
  }

  @Test
  void canBeCancelledFromWithinTheSink() {
    // given
    RecordingSink sink = new RecordingSink();
    CompletableFuture<Speech> speech = new CompletableFuture<>();
    SpeechSink hangsUp =
        new ForwardingSink(sink) {
          @Override
          public void frame(byte[] pcm, int spokenChars, int wordSamples) {
            super.frame(pcm, spokenChars, wordSamples);
            speech.join().cancel();
            sink.cancelled();
          }
        };

    // when
    speech.complete(VOICE.speak(Utterance.of(FOX), hangsUp));
    sink.awaitSound();
    assertThat(say(VOICE, FOX).outcome()).isEqualTo("end");

    // then
    assertThat(sink.frames()).hasSize(1);
    assertThat(sink.faults()).isEmpty();
  }

  @Test
  void dropsASpeechWhoseSinkThrowsAndSpeaksOn() {
    // given
    SpeechSink broken =
        new ForwardingSink(new RecordingSink()) {
          @Override
          public void frame(byte[] pcm, int spokenChars, int wordSamples) {
            throw new IllegalStateException("broken");
          }
        };

    // when
    for (int i = 0; i < 5; i++) {
      VOICE.speak(Utterance.of(FOX), broken);
    }

    // then
    assertThat(say(VOICE, FOX).outcome()).isEqualTo("end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "...", "😀", "- - -", "\u0000"})
  void endsWithoutAFrameIfThereIsNothingToSay(String text) {
    RecordingSink heard = say(VOICE, text);

    assertThat(heard.outcome()).isEqualTo("end");
    assertThat(heard.frames()).isEmpty();
  }

  @Test
  void saysWhatToDoAboutTextThatItCannotSpeak() {
    assertThat(say(VOICE, "日本語です。").outcome())
        .startsWith("INVALID_REQUEST")
        .contains("English only")
        .contains("another engine");
    assertThat(say(VOICE, "a".repeat(EmbeddedVoice.MAX_CHARS + 1)).outcome())
        .startsWith("TOO_LARGE")
        .contains("4096");
    RecordingSink heard = new RecordingSink();
    VOICE.speak(new Utterance("Hello.", "nova", "", ""), heard);
    assertThat(heard.outcome()).startsWith("NOT_FOUND").contains("kevin16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "a", "a ", "a.", "Hi! ", "xkcd ", "$1.5 ", "-", "é", "x1"})
  void speaksTheLongestTextItTakes(String part) {
    String text = part.repeat(EmbeddedVoice.MAX_CHARS / part.length());

    assertThat(say(VOICE, text).outcome()).isEqualTo("end");
  }

  @Test
  void survivesAnyText() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    List<RecordingSink> heard = new ArrayList<>();
    for (int n = 0; n < 1_500; n++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(24); length >= 0; length--) {
        boolean ascii = random.nextInt(4) > 0;
        int codePoint = random.nextInt(ascii ? 128 : n % 2 == 0 ? 0x2_00 : 0x11_0000);
        text.appendCodePoint(codePoint); // lone surrogates too
      }
      heard.add(say(VOICE, text.toString()));
    }

    assertThat(heard)
        .as("seed %d", seed)
        .allSatisfy(
            sink -> {
              assertThat(sink.outcome()).matches("end|INVALID_REQUEST.*");
              assertThat(sink.faults()).isEmpty();
            });
    assertThat(heard).filteredOn(sink -> sink.pcm().length > 0).hasSizeGreaterThan(1_000);
  }

  @Test
  void failsOneUtteranceAndGoesOnWithAFreshVoiceWhenFreettsBreaks() {
    // given
    AtomicInteger loaded = new AtomicInteger();
    try (EmbeddedVoice brittle =
        new EmbeddedVoice(
            1,
            () -> {
              loaded.incrementAndGet();
              Kevin kevin = Kevin.load();
              kevin.alsoRun(
                  utterance -> {
                    if (utterance.getString("input_text").contains("break")) {
                      throw new IllegalArgumentException("with the text in it");
                    }
                  });
              return kevin;
            })) {
      // when
      RecordingSink broken = start(brittle, "One. Two. Please break. Three.");
      RecordingSink whole = start(brittle, FOX);

      // then
      assertThat(broken.outcome())
          .startsWith("INTERNAL")
          .contains("IllegalArgumentException")
          .contains("choose another engine")
          .doesNotContain("with the text in it");
      assertThat(whole.outcome()).isEqualTo("end");
      assertThat(whole.pcm()).isEqualTo(say(VOICE, FOX).pcm());
      assertThat(loaded).hasValue(2);
    }
  }

  @Test
  void failsWithoutLosingItsThreadWhenNoVoiceCanBeLoaded() {
    try (EmbeddedVoice missing =
        new EmbeddedVoice(
            1,
            () -> {
              throw new NoClassDefFoundError("javax/sound/sampled/AudioFormat");
            })) {
      assertThat(missing.warm().toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
      assertThat(say(missing, FOX).outcome()).startsWith("INTERNAL");
      assertThat(say(missing, FOX).outcome()).contains("NoClassDefFoundError");
    }
  }

  @Test
  void refusesMoreThanCanWait() {
    // given
    CountDownLatch loadable = new CountDownLatch(1);
    try (EmbeddedVoice single = new EmbeddedVoice(1, () -> loadAfter(loadable))) {
      // when
      List<RecordingSink> all = new ArrayList<>();
      for (int i = 0; i <= EmbeddedVoice.MAX_WAITING; i++) {
        all.add(start(single, FOX));
      }
      all.add(start(single, FOX));
      loadable.countDown();

      // then
      assertThat(all).last().satisfies(s -> assertThat(s.outcome()).startsWith("RATE_LIMITED"));
      assertThat(all.get(0).outcome()).isEqualTo("end");
    }
  }

  @Test
  void failsWhatIsUnderWayAndWhatComesAfterWhenClosed() {
    // given
    CountDownLatch loadable = new CountDownLatch(1);
    EmbeddedVoice voice = new EmbeddedVoice(1, () -> loadAfter(loadable));
    RecordingSink waiting = start(voice, FOX);

    // when
    voice.close();
    voice.close();
    loadable.countDown();

    // then
    assertThat(waiting.outcome()).startsWith(FailureKind.UNAVAILABLE.name());
    assertThat(start(voice, FOX).outcome()).startsWith(FailureKind.UNAVAILABLE.name());
    assertThat(waiting.faults()).isEmpty();
  }

  @Test
  void oneThatIsClosedBeforeItIsLoadedWarmsNothingUp() throws InterruptedException {
    // given
    CompletableFuture<Thread> loads = new CompletableFuture<>();
    CompletableFuture<Void> loadable = new CompletableFuture<>();
    AtomicInteger said = new AtomicInteger();
    EmbeddedVoice voice =
        new EmbeddedVoice(
            1,
            () -> {
              loads.complete(Thread.currentThread());
              loadable.join();
              Kevin kevin = Kevin.load();
              kevin.alsoRun(utterance -> said.incrementAndGet());
              return kevin;
            });
    Thread thread = loads.join();
    // when
    voice.close();
    loadable.complete(null);
    thread.join();
    // then
    assertThat(said).hasValue(0);
  }

  @Test
  void isWarmWithinReason() {
    assertThat(VOICE.warm().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
    assertThat(VOICE.voices()).extracting(Voice::id).containsExactly("kevin16");
    assertThat(VOICE.traits().deterministic()).isTrue();
  }

  private static RecordingSink start(SpeechEngine engine, String text) {
    RecordingSink sink = new RecordingSink();
    engine.speak(Utterance.of(text), sink);
    return sink;
  }

  private static RecordingSink say(SpeechEngine engine, String text) {
    RecordingSink sink = start(engine, text);
    sink.outcome();
    return sink;
  }

  private static Kevin loadAfter(CountDownLatch latch) {
    await(latch);
    return Kevin.load();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int sample(byte[] pcm, int at) {
    return (short) ((pcm[2 * at] & 0xff) | pcm[2 * at + 1] << 8);
  }

  private static int firstSound(byte[] pcm) {
    int at = 0;
    while (Math.abs(sample(pcm, at)) <= 800) {
      at++;
    }
    return at;
  }

  private static int lastSound(byte[] pcm) {
    int at = pcm.length / 2 - 1;
    while (Math.abs(sample(pcm, at)) <= 800) {
      at--;
    }
    return at;
  }

  private static class ForwardingSink implements SpeechSink {
    private final SpeechSink sink;

    ForwardingSink(SpeechSink sink) {
      this.sink = sink;
    }

    @Override
    public void frame(byte[] pcm, int spokenChars, int wordSamples) {
      sink.frame(pcm, spokenChars, wordSamples);
    }

    @Override
    public void end() {
      sink.end();
    }

    @Override
    public void fail(FailureKind kind, String detail) {
      sink.fail(kind, detail);
    }
  }
}
