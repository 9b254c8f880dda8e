package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One turn of a {@link TurnWorld}: its text, what was heard of it, and when. */
final class WorldTurn {
  /** Of a letter that is neither faded nor broken off at its beginning. */
  private static final int LEAST_SAMPLES = WorldVoice.SAMPLES_PER_LETTER / 2;

  private final VirtualBus bus;
  private final boolean seams;
  private final String text;
  private final long begunAt;

  /** What came while the client was away. */
  private final List<Integer> missed = new ArrayList<>();

  private List<TurnEvent> events = new ArrayList<>();
  private List<Integer> heard = new ArrayList<>();
  private final StringBuilder voices = new StringBuilder();
  private Turn turn;
  private boolean away;
  private boolean resumed;
  private String refusal = "";
  private long firstAt;
  private double silenceNanos;
  private boolean pausing;

  /** The owner's text source writes the text. */
  WorldTurn(VirtualBus bus, TurnOwner owner, String text, TurnWorld.Options with) {
    this(bus, owner, text, with, TextMode.AS_CONFIGURED);
  }

  private WorldTurn(
      VirtualBus bus, TurnOwner owner, String text, TurnWorld.Options with, TextMode mode) {
    this.bus = bus;
    this.text = text;
    this.seams = with.seams();
    this.begunAt = bus.now();
    TurnOptions options =
        new TurnOptions(
                "",
                "",
                true,
                with.pace(),
                with.seams() ? TurnOptions.SEAMS : TurnOptions.NO_PROCESSING)
            .withWords(true);
    turn =
        owner.start(
            mode.isGiven()
                ? TurnRequest.feed(options.withMode(mode))
                : TurnRequest.toCaller(text, options),
            events::add);
    turn.listen(ear(heard));
  }

  private AudioListener ear(List<Integer> into) {
    return new AudioListener() {
      @Override
      public void format(int sampleRateHz) {}

      @Override
      public void audio(int chunk, byte[] pcm) {
        hear(pcm, away ? missed : into);
      }
    };
  }

  /** The caller writes the text, in pieces of any length, and ends a chunk here and there. */
  static WorldTurn fed(
      VirtualBus bus,
      TurnOwner owner,
      VirtualBus.Node writer,
      String text,
      TurnWorld.Options with,
      Random random) {
    TextMode mode = random.nextBoolean() ? TextMode.SAY : TextMode.VERBATIM;
    WorldTurn turn = new WorldTurn(bus, owner, text, with, mode);
    turn.write(turn.turn.feed(), writer, 0, random);
    return turn;
  }

  private void write(TextFeed feed, VirtualBus.Node writer, int from, Random random) {
    if (from == text.length()) {
      feed.end();
      return;
    }
    int to = Math.min(text.length(), from + 1 + random.nextInt(20));
    feed.append(text.substring(from, to));
    if (text.charAt(to - 1) == ' ' && random.nextInt(3) == 0) {
      feed.flush();
    }
    writer.after(random.nextInt(200) * 1_000_000L, () -> write(feed, writer, to, random));
  }

  /**
   * A text that tells each of its words from its neighbours by the first letter, which is the only
   * one.
   */
  static String text(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ")
          .append((char) ('a' + i % 26))
          .append(100 + i)
          .append("123456", 0, random.nextInt(6))
          .append(i % 9 == 8 || i == words - 1 ? "." : "");
    }
    return text.toString();
  }

  /** The client's connection is cut as well: nothing that comes is heard, until it comes back. */
  void loseConnection() {
    away = true;
  }

  /**
   * The client leaves for another owner, with what it has; if that one finds the first one alive,
   * the client stays there.
   *
   * @param stored whether it keeps all that it has; else it gives back what it has not played
   */
  void comeBack(TurnOwner other, boolean stored) {
    away = true;
    List<Integer> first = List.copyOf(heard);
    long fixed = stored ? first.size() : Math.max(0, first.size() - WorldVoice.RATE);
    List<TurnEvent> told = new ArrayList<>();
    other
        .lost(turn.id(), first.size())
        .map(lost -> other.goOn(lost, first.size(), fixed, told::add))
        .onSuccess(
            another -> {
              resumed = true;
              turn = another;
              heard = new ArrayList<>(first.subList(0, (int) another.goesOnAt()));
              events = told;
              away = false;
              another.listen(ear(heard));
            })
        .onFailure(
            alive -> {
              refusal = String.valueOf(alive);
              heard.addAll(missed);
              away = false;
            });
  }

  /** Who was heard, one after the other: the first letters of their names. */
  String voices() {
    return voices.toString();
  }

  /** Whether the first owner was lost so early that nobody else knows the turn. */
  boolean neverCopied() {
    return !away && refusal.contains("no copy");
  }

  /** Whether another owner went on with it. */
  boolean resumed() {
    return resumed;
  }

  private void hear(byte[] pcm, List<Integer> into) {
    if (heard.isEmpty()) {
      firstAt = bus.now();
    }
    double played = firstAt + silenceNanos + heard.size() * 1e9 / WorldVoice.RATE;
    silenceNanos += Math.max(0, bus.now() - played);
    for (int i = 0; i < pcm.length; i += 2) {
      int sample = Math.abs((short) ((pcm[i] & 0xff) | pcm[i + 1] << 8));
      into.add(sample >> 8);
      char voice = (char) (sample & 0xff);
      if (voice < 'a') {
        continue; // a pause, or a sample of an edge that is faded
      }
      if (voices.isEmpty() || voices.charAt(voices.length() - 1) != voice) {
        voices.append(voice);
      }
    }
    if (pausing) {
      turn.pauseAudio();
    }
  }

  /** Takes nothing more from the next piece on. */
  void pause() {
    pausing = true;
  }

  void resume() {
    pausing = false;
    turn.resumeAudio();
  }

  void cancel() {
    turn.cancel("enough");
  }

  List<TurnEvent> events() {
    return events;
  }

  /** How it ended where its client listens. */
  TurnEvent.@Nullable Ended ended() {
    if (away) {
      return null;
    }
    TurnEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
    return last instanceof TurnEvent.Ended ended ? ended : null;
  }

  /** From its beginning to its first sample. */
  Duration firstAudio() {
    assertThat(heard).as(outcome()).isNotEmpty();
    return Duration.ofNanos(firstAt - begunAt);
  }

  boolean isHeard() {
    return !heard.isEmpty();
  }

  /** What a listener who plays what comes at once lacked, between the first sample and the last. */
  Duration silence() {
    return Duration.ofNanos((long) silenceNanos);
  }

  /** How it ended, for people. */
  String outcome() {
    TurnEvent.Ended ended = ended();
    if (ended == null) {
      return "it never ended " + refusal;
    }
    Failure failure = ended.failure();
    return ended.outcome()
        + (failure == null
            ? ""
            : " " + failure.stage() + " " + failure.kind() + " " + failure.detail());
  }

  /** What was heard, as letters; a part of a letter counts as one. */
  String letters() {
    StringBuilder letters = new StringBuilder();
    int at = 0;
    while (at < heard.size()) {
      int run = at;
      while (run < heard.size()
          && heard.get(run).equals(heard.get(at))
          && run - at < WorldVoice.SAMPLES_PER_LETTER) {
        run++;
      }
      if (heard.get(at) > 0 && (!seams || run - at >= LEAST_SAMPLES)) {
        letters.append((char) (int) heard.get(at));
      }
      at = run;
    }
    return letters.toString();
  }

  /** Proves that it finished, and that all was heard in order; how many words were said again. */
  int heardWhole() {
    assertThat(outcome()).isEqualTo(TurnEvent.Outcome.FINISHED.toString());
    assertThat(events).noneMatch(TurnEvent.Skipped.class::isInstance);
    return heardInOrder(true);
  }

  /**
   * Proves what holds for every turn: it ends once; what was heard is in order, and whole unless
   * the turn tells that it is not; and its events tell each chunk and each word once, in order.
   *
   * @return how many words were said again
   */
  int heardOrTold() {
    assertThat(events.stream().filter(TurnEvent.Ended.class::isInstance)).as(outcome()).hasSize(1);
    TurnEvent.Ended end = ended();
    assertThat(end).as(outcome()).isNotNull();
    boolean whole = end != null && end.outcome() == TurnEvent.Outcome.FINISHED;
    if (!whole) {
      assertThat(outcome()).as("a reason in words").contains(" ");
      assertThat(end == null ? null : end.outcome()).isEqualTo(TurnEvent.Outcome.FAILED);
    }
    assertThat(marks(PlayoutMark.Kind.CHUNK_START)).doesNotHaveDuplicates().isSorted();
    assertThat(marks(PlayoutMark.Kind.CHUNK_END)).doesNotHaveDuplicates().isSorted();
    long before = 0;
    long writtenBefore = 0;
    for (TurnEvent event : events) {
      if (event instanceof TurnEvent.SpokenWord word) {
        assertThat(word.sourceStart()).as("%s", word).isGreaterThanOrEqualTo(writtenBefore);
        assertThat(word.fromNanos()).as("%s", word).isGreaterThanOrEqualTo(before);
        assertThat(word.toNanos()).as("%s", word).isGreaterThanOrEqualTo(word.fromNanos());
        writtenBefore = word.sourceEnd();
        before = word.toNanos();
      }
    }
    if (events.stream().anyMatch(TurnEvent.Skipped.class::isInstance)) {
      return 0;
    }
    return heardInOrder(whole);
  }

  private List<Integer> marks(PlayoutMark.Kind kind) {
    return events.stream()
        .filter(TurnEvent.Mark.class::isInstance)
        .map(event -> ((TurnEvent.Mark) event).mark())
        .filter(mark -> mark.kind() == kind)
        .map(PlayoutMark::chunk)
        .toList();
  }

  /** Samples that were heard, but for pauses. */
  int samples() {
    return (int) heard.stream().filter(letter -> letter > 0).count();
  }

  /** Proves that somebody who listens once it has ended hears the same, as far as it is kept. */
  void heardTheSameLater() {
    int first = (int) turn.audio().kept().first();
    List<Integer> later = new ArrayList<>();
    turn.audio().follow(ear(later), first).resume();
    bus.run(Duration.ofSeconds(1));
    assertThat(later).as("samples kept").hasSize(heard.size() - first);
    assertThat(later.equals(heard.subList(first, heard.size()))).as("the same samples").isTrue();
  }

  private int heardInOrder(boolean whole) {
    String letters = letters();
    int at = 0;
    int again = 0;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      boolean blankAgain = letter == ' ' && (at == text.length() || text.charAt(at) != ' ');
      if (at < text.length() && text.charAt(at) == letter) {
        at++;
      } else if (!blankAgain) {
        int word = at;
        do {
          word = text.lastIndexOf(' ', word - 2) + 1;
          again++;
          assertThat(text.charAt(word) == letter || word > 0)
              .as("after %s of '%s' came %s; in all %s", at, text, letters.substring(i), letters)
              .isTrue();
        } while (text.charAt(word) != letter);
        at = word + 1;
      }
    }
    if (whole) {
      assertThat(at).as("heard of '%s': '%s'", text, letters).isEqualTo(text.length());
    }
    return again;
  }
}
