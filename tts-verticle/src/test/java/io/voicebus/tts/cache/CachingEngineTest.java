package io.voicebus.tts.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.SpeedRange;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.SteppedDelays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingEngineTest {
  private final SteppedDelays time = new SteppedDelays();
  private final AtomicReference<Script> script = new AtomicReference<>(Script.plain());
  private final ScriptedVoice voice =
      new ScriptedVoice(new EngineTraits(false, 24_000, Set.of(), 0), any -> script.get(), time);

  private final List<RuntimeException> faults = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void whatWasSaidIsSaidAgainInTheSameFramesWithTheSameProgress() {
    SpeechEngine engine = new CachingEngine(voice, memory(1 << 20));
    RecordingSink first = say(engine, "Hello there.");
    RecordingSink again = say(engine, "Hello there.");
    assertThat(again.outcome()).isEqualTo("end");
    assertThat(voice.asked()).hasSize(1);
    assertThat(again.frames())
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(first.frames());
    assertThat(again.progress()).isEqualTo(first.progress());
    assertThat(again.wasSaved()).isTrue();
    assertThat(first.wasSaved()).isFalse();
    assertThat(first.asked()).isEqualTo("Hello there.".length());
    assertThat(again.asked()).isZero();
  }

  @Test
  void anotherTextOrVoiceIsSaidAnew() {
    SpeechEngine engine = new CachingEngine(voice, memory(1 << 20));
    say(engine, "Hello there.");
    say(engine, "Hello there");
    say(engine, new Utterance("Hello there.", "other", "", ""));
    assertThat(voice.asked()).hasSize(3);
    // the default voice by its name is the same as without
    say(engine, new Utterance("Hello there.", "narrator", "", ""));
    assertThat(voice.asked()).hasSize(3);
  }

  @Test
  void whatOtherSettingsMadeIsNotSaidAgain() {
    SpeechCache cache = memory(1 << 20);
    say(new CachingEngine(new Tuned(voice, "slow"), cache), "Hello there.");
    say(new CachingEngine(new Tuned(voice, "fast"), cache), "Hello there.");
    assertThat(voice.asked()).hasSize(2);
    say(new CachingEngine(new Tuned(voice, "slow"), cache), "Hello there.");
    assertThat(voice.asked()).hasSize(2);
  }

  /** A voice as it sounds with these settings. */
  private record Tuned(ScriptedVoice voice, String setup) implements SpeechEngine {
    @Override
    public String name() {
      return voice.name();
    }

    @Override
    public EngineTraits traits() {
      return voice.traits();
    }

    @Override
    public List<Voice> voices() {
      return voice.voices();
    }

    @Override
    public Speech speak(Utterance utterance, SpeechSink sink) {
      return voice.speak(utterance, sink);
    }

    @Override
    public void close() {
      voice.close();
    }
  }

  @Test
  void whatFailedOrWasCancelledIsNotKept() {
    SpeechEngine engine = new CachingEngine(voice, memory(1 << 20));
    script.set(Script.plain().failingAfter(1, FailureKind.UNAVAILABLE));
    assertThat(say(engine, "Hello there.").outcome()).startsWith("UNAVAILABLE");
    script.set(Script.plain().hangingAfter(1));
    RecordingSink sink = new RecordingSink();
    Speech speech = engine.speak(Utterance.of("Hello there."), sink);
    time.advance(Duration.ZERO);
    speech.cancel();
    sink.cancelled();
    script.set(Script.plain());
    RecordingSink whole = say(engine, "Hello there.");
    assertThat(ScriptedVoice.textOf(whole.pcm())).isEqualTo("Hello there.");
    assertThat(voice.asked()).hasSize(3);
    assertThat(sink.faults()).isEmpty();
  }

  @Test
  void whatIsBeingSaidHoldsHalfAsMuchAtMostAndIsElseNotKept() {
    // given
    SpeechCache cache = memory(4_000);
    SpeechRecording first = recording(cache, "first", 1_000);
    SpeechRecording second = recording(cache, "second", 1_000);

    // when
    SpeechRecording third = recording(cache, "third", 2);
    second.giveUp();
    third.add(new byte[2], 0, 0);
    SpeechRecording fourth = recording(cache, "fourth", 900);
    List.of(first, second, third, fourth).forEach(recorded -> recorded.save(24_000));

    // then
    assertThat(kept(cache, "first")).isTrue();
    assertThat(kept(cache, "second")).isFalse();
    assertThat(kept(cache, "third")).isFalse();
    assertThat(kept(cache, "fourth")).isTrue();
    assertThat(cache.reserve(2_000)).isTrue();
  }

  @Test
  void whatHasEndedInAnyWayHoldsNothingMore() {
    SpeechCache cache = memory(1 << 20);
    SpeechEngine engine = new CachingEngine(voice, cache);
    say(engine, "Hello there.");
    script.set(Script.plain().failingAfter(1, FailureKind.UNAVAILABLE));
    say(engine, "It fails.");
    script.set(Script.plain().hangingAfter(1));
    RecordingSink sink = new RecordingSink();
    Speech speech = engine.speak(Utterance.of("It is cancelled."), sink);
    time.advance(Duration.ZERO);
    speech.cancel();
    assertThat(cache.reserve(1 << 19)).isTrue();
  }

  private static SpeechRecording recording(SpeechCache cache, String key, int bytes) {
    SpeechRecording recording = new SpeechRecording(cache, key);
    recording.add(new byte[bytes], 0, 0);
    return recording;
  }

  private static boolean kept(SpeechCache cache, String key) {
    AtomicBoolean kept = new AtomicBoolean();
    cache.find(key, found -> kept.set(found.isPresent()));
    return kept.get();
  }

  @Test
  void whatIsKeptNoLongerGivesItsMemoryBackOnceNobodyReadsIt() {
    // given
    SpeechCache cache = memory(100_000);
    SavedSpeech first = SavedSpeeches.of(new byte[40_000]);
    cache.save("one", first);
    SavedSpeech reader = Objects.requireNonNull(first.share());
    // when another takes its place
    cache.save("one", SavedSpeeches.of(new byte[40_000]));
    // then
    assertThat(first.share()).isNull();
    assertThat(reader.sound().read(0, 40_000)).hasSize(40_000);
    reader.close();
    // and when there are too many
    List<SavedSpeech> many =
        Stream.generate(() -> SavedSpeeches.of(new byte[20_000])).limit(50).toList();
    for (SavedSpeech speech : many) {
      cache.save("key" + many.indexOf(speech), speech);
    }
    assertThat(cache.heldBytes()).isLessThanOrEqualTo(100_000);
    assertThat(many.stream().filter(speech -> speech.sound().heldBytes() > 0)).hasSizeLessThan(6);
  }

  @Test
  void itsBoundIsInBytes() {
    SpeechCache cache = memory(200_000);
    SpeechEngine engine = new CachingEngine(voice, cache);
    for (int i = 0; i < 100; i++) {
      say(engine, "Sentence number " + i + ".");
    }
    assertThat(cache.heldBytes()).isLessThanOrEqualTo(200_000).isGreaterThan(50_000);
    say(engine, "Far too long. ".repeat(50));
    say(engine, "Far too long. ".repeat(50));
    assertThat(voice.asked()).hasSize(102);
  }

  @Test
  void aFolderKeepsItForTheNextJvmAndBrokenFilesAreMadeAnew() throws IOException {
    RecordingSink first = say(new CachingEngine(voice, disk()), "Hello there.");
    // when another starts
    RecordingSink again = say(new CachingEngine(voice, disk()), "Hello there.");
    assertThat(again.outcome()).isEqualTo("end");
    assertThat(again.pcm()).isEqualTo(first.pcm());
    assertThat(again.progress()).isEqualTo(first.progress());
    assertThat(voice.asked()).hasSize(1);
    // and when the file is broken
    Files.write(files().get(0), new byte[] {1, 2, 3});
    RecordingSink anew = say(new CachingEngine(voice, disk()), "Hello there.");
    assertThat(ScriptedVoice.textOf(anew.pcm())).isEqualTo("Hello there.");
    assertThat(voice.asked()).hasSize(2);
  }

  @Test
  void aFolderHasABoundToo() throws IOException {
    SpeechFolder small = new SpeechFolder(folder, 1 << 20);
    SavedSpeech speech = SavedSpeeches.of(new byte[100_000]);
    for (int i = 0; i < 30; i++) {
      small.save(key("Sentence " + i), speech);
    }
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThanOrEqualTo(1 << 20).isGreaterThan(500_000);
    assertThat(small.find(key("Sentence 29"))).isPresent();
  }

  @Test
  void aFolderThatSomebodyDeletesIsMadeAgain() throws IOException {
    // given
    SpeechEngine engine = new CachingEngine(voice, disk());
    say(engine, "Hello there.");
    for (Path file : files()) {
      Files.delete(file);
    }
    Files.delete(folder);
    // when
    assertThat(say(engine, "And more.").outcome()).isEqualTo("end");
    // then
    assertThat(say(new CachingEngine(voice, disk()), "And more.").wasSaved()).isTrue();
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatAKilledJvmWasWritingGoes() throws IOException {
    // given
    Path left = Files.write(folder.resolve(key("left") + "1.tmp"), new byte[] {1});
    Path written = Files.write(folder.resolve(key("written") + "2.tmp"), new byte[] {1});
    Path foreign = Files.write(folder.resolve("letter.tmp"), new byte[] {1});
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    Files.setLastModifiedTime(left, before);
    Files.setLastModifiedTime(foreign, before);
    // when
    say(new CachingEngine(voice, disk()), "Hello there.");
    // then
    assertThat(left).doesNotExist();
    assertThat(written).exists();
    assertThat(foreign).exists();
  }

  @Test
  void aBoundedFolderKeepsTheFilesOfOthers() throws IOException {
    // given
    Path foreign = Files.write(folder.resolve("my.speech"), new byte[2 << 20]);
    Files.setLastModifiedTime(foreign, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    SpeechFolder small = new SpeechFolder(folder, 1 << 20);
    // when
    small.save(key("Hello there."), SavedSpeeches.of(new byte[100]));
    // then
    assertThat(foreign).exists();
    assertThat(small.find(key("Hello there."))).isPresent();
  }

  /** As one does that is on a network, or on a disk that fails. */
  @Test
  void aFolderThatDoesNotAnswerIsNotWaitedFor() {
    // given
    Deque<Runnable> stuck = new ArrayDeque<>();
    SpeechEngine engine =
        new CachingEngine(
            voice,
            SpeechCache.of(
                1 << 20, Optional.of(new SpeechFolder(folder, 1 << 30)), stuck::add, time));
    // when
    RecordingSink first = say(engine, "Hello there.");
    assertThat(first.open()).isTrue();
    time.advance(Duration.ofMillis(300));
    // then
    assertThat(ScriptedVoice.textOf(first.pcm())).isEqualTo("Hello there.");
    // and what follows does not wait, and nothing is left for it to do
    assertThat(say(engine, "And more.").outcome()).isEqualTo("end");
    assertThat(say(engine, "And more.").wasSaved()).isTrue();
    assertThat(stuck).hasSize(1);
    // when it answers again
    stuck.remove().run();
    assertThat(first.faults()).isEmpty();
    say(engine, "At last.");
    assertThat(stuck).hasSize(1);
  }

  /**
   * The folder answers on one thread while its time runs out on another, at about the same moment,
   * until every order has come up.
   */
  @Test
  void aFolderThatAnswersJustInTimeIsUsedAgain() throws InterruptedException {
    // given
    int rounds = 30_000;
    Deque<Runnable> files = new ArrayDeque<>();
    AtomicReference<Runnable> timer = new AtomicReference<>();
    AtomicInteger answers = new AtomicInteger();
    SpeechCache cache =
        SpeechCache.of(
            1 << 20,
            Optional.of(new SpeechFolder(folder, 1 << 30)),
            files::add,
            (delay, task) -> timer.set(task));
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger over = new AtomicInteger();
    Thread timers =
        new Thread(
            () -> {
              Random random = new Random(1);
              for (int round = 1; round <= rounds; round++) {
                while (begun.get() < round) {
                  Thread.onSpinWait();
                }
                for (int i = random.nextInt(200); i > 0; i--) {
                  Thread.onSpinWait();
                }
                Objects.requireNonNull(timer.get()).run();
                over.set(round);
              }
            });
    timers.setDaemon(true);
    timers.start();
    for (int round = 1; round <= rounds; round++) {
      // when
      cache.find(key("nothing"), none -> answers.incrementAndGet());
      assertThat(files).as("round %d: the folder is asked", round).hasSize(1);
      begun.set(round);
      files.remove().run();
      while (over.get() < round) {
        Thread.onSpinWait();
      }
      // then
      assertThat(answers).hasValue(round);
    }
    timers.join();
  }

  @Test
  void whatIsSaidInAnotherLanguageIsNotTheSame() {
    CachingEngine engine = new CachingEngine(voice, memory(1 << 20));
    Utterance french = new Utterance("Paris.", "", "", "", "fr", TurnPlace.NONE);
    Utterance english = new Utterance("Paris.", "", "", "", "en", TurnPlace.NONE);
    say(engine, french);
    assertThat(say(engine, english).wasSaved()).isFalse();
    assertThat(say(engine, french).wasSaved()).isTrue();
  }

  @Test
  void anEngineThatThrowsAfterTheFolderWasLookedIntoHasFailed() {
    // given: threads of a pool, to which a task's exception is of no matter
    Executor pool =
        task -> {
          try {
            task.run();
          } catch (RuntimeException lost) {
            faults.add(lost);
          }
        };
    SpeechFolder kept = new SpeechFolder(folder, 1 << 30);
    SpeechCache cache = SpeechCache.of(1 << 20, Optional.of(kept), pool, time);
    script.set(Script.plain().refusing());
    // when
    RecordingSink sink = new RecordingSink();
    new CachingEngine(voice, cache).speak(Utterance.of("Hello there."), sink);
    // then
    assertThat(faults).isEmpty();
    assertThat(sink.outcome()).startsWith("INTERNAL").contains("scripted");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".speech")).toList();
    }
  }

  private SpeechCache disk() {
    return SpeechCache.of(
        1 << 20, Optional.of(new SpeechFolder(folder, 1 << 30)), Runnable::run, time);
  }

  private static String key(String text) {
    return SpeechCache.key("scripted", "", "", text);
  }

  private SpeechCache memory(long bytes) {
    return SpeechCache.of(bytes, Optional.empty(), Runnable::run, time);
  }

  private RecordingSink say(SpeechEngine engine, String text) {
    return say(engine, Utterance.of(text));
  }

  private RecordingSink say(SpeechEngine engine, Utterance utterance) {
    RecordingSink sink = new RecordingSink();
    engine.speak(utterance, sink);
    time.advance(Duration.ZERO);
    return sink;
  }

  @Test
  void whatIsSaidAtAnotherSpeedIsNotTheSame() {
    SpeechEngine quick =
        new ScriptedVoice(
            new EngineTraits(false, 24_000, Set.of(), 0, SpeedRange.ANY),
            any -> script.get(),
            time);
    CachingEngine engine = new CachingEngine(quick, memory(1 << 20));
    say(engine, "Hello there.");
    Utterance fast = new Utterance("Hello there.", "", "", "", "", TurnPlace.NONE, 2);
    assertThat(say(engine, fast).wasSaved()).isFalse();
    assertThat(say(engine, fast).wasSaved()).isTrue();
    assertThat(say(engine, "Hello there.").wasSaved()).isTrue();
  }
}
