package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A turn whose text its caller writes: there is no text source at all. */
class FeedTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration DEAD = Duration.ofSeconds(3);

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final TurnOwner turns = new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS);
  private final StageStub chunker = new StageStub(bus, "chunker", Stage.CHUNKER);
  private final StageStub other = new StageStub(bus, "other-chunker", Stage.CHUNKER);
  private final StageStub playback = new StageStub(bus, "playback", Stage.PLAYBACK);
  private final List<TurnEvent> events = new ArrayList<>();
  private int drained;

  private Turn start(TurnRequest request) {
    bus.serve(Addresses.TEXT, chunker.node);
    bus.serve(Addresses.PLAYOUT, playback.node);
    Turn turn = turns.start(request, events::add);
    turn.listen(
        new AudioListener() {
          @Override
          public void format(int sampleRateHz) {}

          @Override
          public void audio(int chunk, byte[] pcm) {}
        },
        0);
    bus.run(SOON);
    return turn;
  }

  private TextFeed feed() {
    TextFeed feed = start(TurnRequest.feed(TurnOptions.DEFAULTS.withMode(TextMode.SAY))).feed();
    feed.drainHandler(() -> drained++);
    return feed;
  }

  private static List<Message> written(StageStub stage) {
    return stage.items.stream()
        .filter(item -> item instanceof TextDelta || item instanceof TextFlush)
        .toList();
  }

  private void speak(int chunk, int start, int end) {
    chunker.says(new ChunkCaption(chunk, "words", start, end));
    bus.run(SOON);
    playback.says(
        new PlayoutFormat(8000),
        new ChunkAudio(chunk, new byte[16]),
        new ChunkSpoken(chunk, 1, 1, 1, 1));
    bus.run(SOON);
  }

  private TurnEvent.Ended ended() {
    return (TurnEvent.Ended) events.get(events.size() - 1);
  }

  @Test
  void whatIsWrittenGoesToTheChunkerAtOnceAndTheTurnFinishesWithTheFeed() {
    // given
    TextFeed feed = feed();
    // when
    feed.append("Hel");
    feed.append("lo.");
    feed.flush();
    feed.append(" Bye.");
    bus.run(SOON);
    // then
    assertThat(written(chunker))
        .containsExactly(
            new TextDelta("Hel"), new TextDelta("lo."), new TextFlush(), new TextDelta(" Bye."));
    // when
    speak(0, 0, 6);
    speak(1, 7, 11);
    feed.end();
    bus.run(SOON);
    chunker.says(new TextLength(2)).end();
    playback.end();
    bus.run(SOON);
    // then
    assertThat(chunker.ends).isEqualTo(1);
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
    bus.run(DEAD);
    assertThat(owner.inbox().idle()).isTrue();
  }

  @Test
  void aCharacterThatIsCutInTwoIsWhole() {
    // given
    TextFeed feed = feed();
    // when
    feed.append("Well \ud83d");
    feed.append("\ude00 done.");
    bus.run(SOON);
    // then
    assertThat(written(chunker))
        .containsExactly(new TextDelta("Well "), new TextDelta("\ud83d\ude00 done."));
  }

  @Test
  void aTextThatEndsWithHalfACharacterFailsOnceTheRestIsSpoken() {
    // given
    TextFeed feed = feed();
    // when
    feed.append("Well \ud83d");
    feed.end();
    bus.run(SOON);
    speak(0, 0, 5);
    chunker.says(new TextLength(1)).end();
    playback.end();
    bus.run(SOON);
    // then
    assertThat(written(chunker)).containsExactly(new TextDelta("Well "));
    assertThat(ended().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(Objects.requireNonNull(ended().failure()).detail())
        .contains("half of a surrogate pair");
  }

  @Test
  void aCallerMayBeSilentForAsLongAsItLikes() {
    // given
    TextFeed feed = feed();
    feed.append("One. Tw");
    bus.run(SOON);
    speak(0, 0, 4);
    // when
    bus.run(Duration.ofHours(1));
    feed.append("o.");
    bus.run(SOON);
    // then
    assertThat(written(chunker)).endsWith(new TextDelta("o."));
    assertThat(events).noneMatch(TurnEvent.Ended.class::isInstance);
  }

  @Test
  void itIsFullAt64KibibytesThatAreNotSpokenAndTellsWhenItIsNotFullAnyMore() {
    // given
    TextFeed feed = feed();
    feed.append("One. ");
    bus.run(SOON);
    chunker.says(new ChunkCaption(0, "One.", 0, 5));
    bus.run(SOON);
    // when
    feed.append("x".repeat(BackPressure.MAX_AHEAD_CHARS - 5));
    assertThat(feed.isFull()).isFalse();
    feed.append("yz");
    feed.append("held");
    bus.run(SOON);
    // then
    assertThat(feed.isFull()).isTrue();
    assertThat(written(chunker)).endsWith(new TextDelta("yz"));
    // when
    playback.says(new ChunkSpoken(0, 1, 1, 1, 1));
    speak(1, 5, 65_000);
    // then
    assertThat(written(chunker)).endsWith(new TextDelta("held"));
    assertThat(drained).isEqualTo(1);
    assertThat(feed.isFull()).isFalse();
  }

  /** A caller that reads several texts over one connection must read on. */
  @Test
  void itTellsThatItIsNotFullAnyMoreAlsoAfterTheEndOfTheText() {
    // given
    TextFeed feed = feed();
    // when
    feed.append("x".repeat(BackPressure.MAX_AHEAD_CHARS));
    bus.run(SOON);
    chunker.says(new ChunkCaption(0, "One.", 0, 5));
    bus.run(SOON);
    feed.append("yz");
    feed.append("held");
    feed.end();
    bus.run(SOON);
    assertThat(feed.isFull()).isTrue();
    speak(1, 5, 65_000);
    // then
    assertThat(feed.isFull()).isFalse();
    assertThat(drained).isEqualTo(1);
  }

  @Test
  void itIsFullUntilTheTurnHasBegunAndTellsThatItIsNotFullAnyMore() {
    // given
    bus.serve(Addresses.TEXT, chunker.node);
    bus.serve(Addresses.PLAYOUT, playback.node);
    TextFeed feed =
        turns
            .start(TurnRequest.feed(TurnOptions.DEFAULTS.withMode(TextMode.SAY)), events::add)
            .feed();
    feed.drainHandler(() -> drained++);
    // when
    feed.append("One.");
    assertThat(feed.isFull()).isTrue();
    feed.end();
    bus.run(SOON);
    // then
    assertThat(written(chunker)).containsExactly(new TextDelta("One."));
    assertThat(drained).isEqualTo(1);
  }

  @Test
  void aLongTextThatIsWrittenBeforeThereIsAChunkerWaitsForIt() {
    // given
    bus.serve(Addresses.PLAYOUT, playback.node);
    TextFeed feed =
        Objects.requireNonNull(
            turns
                .start(TurnRequest.feed(TurnOptions.DEFAULTS.withMode(TextMode.SAY)), events::add)
                .feed());
    String sentence = "It rains. ";
    int times = 60_000;
    // when
    for (int i = 0; i < times; i++) {
      feed.append(sentence);
    }
    feed.end();
    bus.run(SOON);
    assertThat(feed.isFull()).isTrue();
    bus.serve(Addresses.TEXT, chunker.node);
    bus.run(DEAD);
    // then
    String all =
        written(chunker).stream()
            .map(item -> ((TextDelta) item).text())
            .collect(Collectors.joining());
    assertThat(all.length()).isEqualTo(times * sentence.length());
    assertThat(all).isEqualTo(sentence.repeat(times));
    assertThat(chunker.ends).isEqualTo(1);
  }

  @Test
  void whatCannotBeSpokenIsPassedOverHoweverLongItIs() {
    // given
    TextFeed feed = feed();
    // when: blanks, of which no chunk is made
    for (int i = 0; i < 20; i++) {
      feed.append(" ".repeat(10_000));
      bus.run(SOON);
    }
    feed.append("And on.");
    feed.end();
    bus.run(SOON);
    // then
    assertThat(written(chunker)).endsWith(new TextDelta("And on."));
    assertThat(chunker.ends).isEqualTo(1);
  }

  @Test
  void aTextOfWhichNothingCanBeSpokenForTooLongFailsInWords() {
    // given
    TextFeed feed = feed();
    // when
    for (int i = 0; i < 110; i++) {
      feed.append(" ".repeat(10_000));
      bus.run(SOON);
    }
    assertThat(chunker.ends).isEqualTo(1);
    chunker.says(new TextLength(0)).end();
    bus.run(SOON);
    playback.end();
    bus.run(SOON);
    // then
    Failure why = Objects.requireNonNull(ended().failure());
    assertThat(why.kind()).isEqualTo(FailureKind.TOO_LARGE);
    assertThat(why.detail()).contains("cannot be spoken");
  }

  @Test
  void whoWritesOnAlthoughItIsFullIsBrokenOffInWords() {
    // given
    TextFeed feed = feed();
    // when
    for (int i = 0; i < 40; i++) {
      feed.append("x".repeat(BackPressure.MAX_AHEAD_CHARS));
    }
    feed.append("never");
    speakAllAndEnd();
    // then
    assertThat(Objects.requireNonNull(ended().failure()).kind()).isEqualTo(FailureKind.TOO_LARGE);
  }

  private void speakAllAndEnd() {
    bus.run(SOON);
    int chunk = 0;
    int from = 0;
    while (chunker.ends == 0) {
      assertThat(chunk).as("chunks without an end").isLessThan(1000);
      int to = written(chunker).stream().mapToInt(d -> ((TextDelta) d).text().length()).sum();
      speak(chunk++, from, to);
      from = to;
    }
    chunker.says(new TextLength(chunk)).end();
    bus.run(SOON);
    playback.end();
    bus.run(SOON);
  }

  @Test
  void aTextThatBreaksOffIsHeardAsFarAsItCame() {
    // given
    TextFeed feed = feed();
    feed.append("One. Two");
    // when
    feed.breakOff(new Failure(Stage.TEXT, FailureKind.LOST, "the sender has gone"));
    bus.run(SOON);
    assertThat(chunker.ends).isEqualTo(1);
    assertThat(events).noneMatch(TurnEvent.Ended.class::isInstance);
    speakAllAndEnd();
    // then
    assertThat(Objects.requireNonNull(ended().failure()).detail()).isEqualTo("the sender has gone");
  }

  @Test
  void aFlushWithNothingToFlushIsNone() {
    // given
    TextFeed feed = feed();
    // when
    feed.flush();
    feed.append("One.");
    feed.flush();
    feed.flush();
    bus.run(SOON);
    // then
    assertThat(written(chunker)).containsExactly(new TextDelta("One."), new TextFlush());
  }

  @Test
  void anotherChunkerIsToldTheTextWithItsFlushes() {
    // given
    TextFeed feed = feed();
    feed.append("One");
    feed.flush();
    feed.append(" two");
    feed.flush();
    bus.run(SOON);
    bus.serve(Addresses.TEXT, other.node);
    // when
    chunker.node.kill();
    bus.run(DEAD);
    feed.append(" three");
    feed.end();
    bus.run(SOON);
    // then
    assertThat(written(other))
        .containsExactly(
            new TextDelta("One"),
            new TextFlush(),
            new TextDelta(" two"),
            new TextFlush(),
            new TextDelta(" three"));
    assertThat(other.ends).isEqualTo(1);
  }

  @Test
  void aTextThatIsKnownFromTheBeginningIsSpokenItself() {
    // given
    Turn turn =
        start(
            TurnRequest.toCaller(
                "The text itself.", TurnOptions.DEFAULTS.withMode(TextMode.VERBATIM)));
    // then
    assertThat(written(chunker)).containsExactly(new TextDelta("The text itself."));
    assertThat(chunker.ends).isEqualTo(1);
    assertThat(chunker.head(TextOpen.class).turn().options().mode()).isEqualTo(TextMode.VERBATIM);
    assertThatThrownBy(turn::feed).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyAFeedMayBeEmpty() {
    assertThatThrownBy(() -> TurnRequest.toCaller("", TurnOptions.DEFAULTS.withMode(TextMode.SAY)))
        .isInstanceOf(VoicebusException.class);
    assertThatThrownBy(() -> TurnRequest.feed(TurnOptions.DEFAULTS))
        .isInstanceOf(VoicebusException.class);
  }
}
