package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent.Outcome;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn whose listener's connection is lost. */
class DetachTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration DEAD = Duration.ofSeconds(3);
  private static final Duration DETACH = OwnerLimits.DEFAULTS.detach();
  private static final int RATE = 24_000;

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private TurnOwner turns = new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS);
  private final StageStub text = new StageStub(bus, "gemini", Stage.TEXT);
  private final StageStub chunker = new StageStub(bus, "chunker", Stage.CHUNKER);
  private final StageStub playback = new StageStub(bus, "playback", Stage.PLAYBACK);
  private final List<TurnEvent> events = new ArrayList<>();

  DetachTest() {
    bus.serve(Addresses.PROMPT, text.node);
    bus.serve(Addresses.TEXT, chunker.node);
    bus.serve(Addresses.PLAYOUT, playback.node);
  }

  /** One connection of the listener: what it has got. */
  private static final class Connection implements AudioListener {
    final ByteArrayOutputStream got = new ByteArrayOutputStream();
    int rate;
    boolean dismissed;
    Runnable onAudio = () -> {};

    @Override
    public void format(int sampleRateHz) {
      rate = sampleRateHz;
    }

    @Override
    public void audio(int chunk, byte[] pcm) {
      got.writeBytes(pcm);
      onAudio.run();
    }

    @Override
    public void dismissed() {
      dismissed = true;
    }
  }

  private Turn start() {
    return start(TurnOptions.DEFAULTS);
  }

  private Turn start(TurnOptions options) {
    Turn turn = turns.start(TurnRequest.toCaller("hello", options), events::add);
    bus.run(SOON);
    return turn;
  }

  private Connection listen(Turn turn, long from) {
    Connection connection = new Connection();
    turn.listen(connection, from);
    bus.run(SOON);
    return connection;
  }

  private static byte[] pcm(long from, int samples) {
    byte[] pcm = new byte[2 * samples];
    for (int i = 0; i < pcm.length; i++) {
      long at = 2 * from + i;
      pcm[i] = (byte) (at * 31 + at / 251);
    }
    return pcm;
  }

  private TurnEvent.Ended ended() {
    assertThat(events).isNotEmpty();
    return (TurnEvent.Ended) events.get(events.size() - 1);
  }

  @Test
  void aListenerThatComesBackGoesOnExactlyWhereItIs() {
    // given
    Turn turn = start();
    Connection first = listen(turn, 0);
    playback.says(new PlayoutFormat(RATE), new ChunkAudio(0, pcm(0, 100)));
    bus.run(SOON);
    // when: it has got half of that, and more is spoken while it is away
    turn.detach();
    playback.says(new ChunkAudio(0, pcm(100, 100)));
    bus.run(SOON);
    Connection second = listen(turn, 50);
    playback.says(new ChunkAudio(0, pcm(200, 100)));
    bus.run(SOON);
    // then
    assertThat(first.got.toByteArray()).isEqualTo(pcm(0, 100));
    assertThat(second.rate).isEqualTo(RATE);
    assertThat(second.got.toByteArray()).isEqualTo(pcm(50, 250));
  }

  @Test
  void aListenerThatHasComeBackWhileTheOwnerStoodStillIsNotTooLate() {
    // given
    Turn turn = start();
    listen(turn, 0);
    playback.says(new PlayoutFormat(RATE), new ChunkAudio(0, pcm(0, 100)));
    bus.run(SOON);
    turn.detach();
    bus.run(SOON);
    // when: its request waits to be read
    owner.freeze();
    bus.run(DETACH.multipliedBy(2));
    owner.thaw();
    bus.run(SOON);
    // then
    assertThat(turn.hasEnded()).isFalse();
    assertThat(listen(turn, 50).got.toByteArray()).isEqualTo(pcm(50, 50));
    // and one that does not come is not waited for again and again
    turn.detach();
    bus.run(DETACH.plus(SOON));
    assertThat(turn.hasEnded()).isTrue();
  }

  @Test
  void aListenerThatCameFirstWhileTheOwnerStoodStillIsNotTooLate() {
    // given
    Turn turn = start();
    // when
    owner.freeze();
    bus.run(OwnerLimits.DEFAULTS.attach().multipliedBy(2));
    owner.thaw();
    bus.run(SOON);
    // then
    assertThat(turn.hasEnded()).isFalse();
    bus.run(OwnerLimits.DEFAULTS.attach());
    assertThat(turn.hasEnded()).isTrue();
  }

  /** Cut off at random places, with a random part of what was sent lost, slow or not. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverIsLostTheListenerGetsEverySampleOnce(long seed) {
    Random random = new Random(seed);
    Turn turn = start();
    ByteArrayOutputStream has = new ByteArrayOutputStream();
    playback.says(new PlayoutFormat(RATE));
    Connection connection = listen(turn, 0);
    long spoken = 0;
    for (int i = 0; i < 300; i++) {
      int samples = 1 + random.nextInt(4000);
      if (playback.link().out().writeQueueFull()) {
        samples = 0;
      } else {
        playback.says(new ChunkAudio(0, pcm(spoken, samples)));
      }
      spoken += samples;
      bus.run(Duration.ofMillis(random.nextInt(3)));
      if (random.nextInt(10) == 0) {
        // What was under way is lost, as far as it is kept.
        byte[] got = connection.got.toByteArray();
        long oldest = turn.audio().kept().first();
        int mayBeLost = (int) Math.min(got.length / 2, (has.size() + got.length) / 2 - oldest);
        has.write(got, 0, got.length - 2 * random.nextInt(mayBeLost + 1));
        if (random.nextBoolean()) {
          turn.detach();
          bus.run(Duration.ofMillis(random.nextInt(1000)));
        }
        connection = new Connection();
        if (random.nextBoolean()) {
          connection.onAudio = turn::pauseAudio;
        }
        turn.listen(connection, has.size() / 2);
      } else if (random.nextBoolean()) {
        turn.resumeAudio();
      }
    }
    // when
    connection.onAudio = () -> {};
    turn.resumeAudio();
    text.end();
    chunker.end();
    playback.end();
    bus.run(SOON);
    has.writeBytes(connection.got.toByteArray());
    // then
    assertThat(has.toByteArray()).as("seed %d", seed).isEqualTo(pcm(0, (int) spoken));
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
    bus.run(DEAD);
    assertThat(owner.inbox().idle()).isTrue();
  }

  @Test
  void whileNobodyListensNothingMoreIsAskedOfTheModelAndTheVoice() {
    // given
    Turn turn = start();
    listen(turn, 0);
    // when
    turn.detach();
    bus.run(SOON);
    text.says(new TextDelta("More. "));
    chunker.says(new ChunkCaption(0, "Hello.", 0, 6));
    bus.run(SOON);
    // then
    assertThat(playback.items).containsExactly(new ListenerAway(true));
    assertThat(chunker.items).isEmpty();
    assertThat(events).isEmpty();
    // when
    listen(turn, 0);
    // then
    assertThat(playback.items)
        .containsExactly(
            new ListenerAway(true), new ListenerAway(false), new ChunkCaption(0, "Hello.", 0, 6));
    assertThat(chunker.items).containsExactly(new TextDelta("More. "));
  }

  @Test
  void whoDoesNotComeBackInTimeHasTheTurnCancelled() {
    // given
    Turn turn = start();
    listen(turn, 0);
    turn.detach();
    // when
    bus.run(DETACH.minus(SOON));
    assertThat(events).isEmpty();
    bus.run(SOON.multipliedBy(2));
    // then
    assertThat(ended().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(Objects.requireNonNull(ended().failure()).detail()).contains("detach-ms");
    assertThat(text.failures).hasSize(1);
    assertThat(playback.failures).hasSize(1);
  }

  @Test
  void whoComesBackAndIsCutOffAgainHasAllTheTimeAgain() {
    Turn turn = start();
    for (int i = 0; i < 5; i++) {
      listen(turn, 0);
      turn.detach();
      bus.run(DETACH.minus(SOON));
    }
    assertThat(events).isEmpty();
  }

  @Test
  void whereNoDetachingIsAllowedTheTurnIsCancelledAtOnce() {
    // given
    turns = new TurnOwner(owner.inbox(), OwnerLimits.DEFAULTS.withDetach(Duration.ZERO));
    Turn turn = start();
    listen(turn, 0);
    // when
    turn.detach();
    // then
    assertThat(ended().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void anotherConnectionOfTheListenerTakesOverFromAOneThatIsHalfOpen() {
    // given
    Turn turn = start();
    Connection first = listen(turn, 0);
    playback.says(new PlayoutFormat(RATE), new ChunkAudio(0, pcm(0, 10)));
    bus.run(SOON);
    // when
    Connection second = listen(turn, 4);
    playback.says(new ChunkAudio(0, pcm(10, 10)));
    bus.run(SOON);
    // then
    assertThat(first.dismissed).isTrue();
    assertThat(first.got.toByteArray()).isEqualTo(pcm(0, 10));
    assertThat(second.got.toByteArray()).isEqualTo(pcm(4, 16));
    assertThat(playback.items).isEmpty();
  }

  @Test
  void whatIsKeptIsBoundedAndWhatIsNotKeptIsRefused() {
    // given
    Turn turn = start();
    listen(turn, 0);
    int samples = 4000;
    for (int i = 0; i < 100; i++) {
      playback.says(new ChunkAudio(0, pcm((long) i * samples, samples)));
      bus.run(SOON);
    }
    KeptAudio kept = turn.audio().kept();
    // then
    assertThat(kept.end()).isEqualTo(100L * samples);
    assertThat(kept.bytes())
        .isBetween(
            (long) SpoolLimits.DEFAULTS.turnMemory() / 2, (long) SpoolLimits.DEFAULTS.turnMemory());
    assertThat(2 * (kept.end() - kept.first()))
        .isGreaterThan(SpoolLimits.DEFAULTS.turnMemory() - 10_000);
    assertThat(kept.reaches(kept.first() - 1)).isFalse();
    assertThat(kept.reaches(kept.end() + 1)).isFalse();
    assertThatThrownBy(() -> listen(turn, kept.first() - 1))
        .isInstanceOf(IllegalArgumentException.class);
    // and who is refused does no harm
    assertThat(turn.audio().hasListener()).isTrue();
  }

  @Test
  void theLastOfAFinishedTurnCanBeHadAgain() {
    // given
    Turn turn = start();
    listen(turn, 0);
    playback.says(new PlayoutFormat(RATE), new ChunkAudio(0, pcm(0, 100)));
    text.end();
    chunker.end();
    playback.end();
    bus.run(SOON);
    assertThat(ended().outcome()).isEqualTo(Outcome.FINISHED);
    // when
    turn.detach();
    Connection again = new Connection();
    again.onAudio = turn::pauseAudio;
    turn.listen(again, 30);
    // then
    assertThat(again.got.toByteArray()).isEqualTo(pcm(30, 70));
    assertThat(turn.audio().isSent()).isTrue();
    assertThat(turn.audio().kept().rateHz()).isEqualTo(RATE);
  }

  @Test
  void playbackThatIsTakenOverMeanwhileSpeaksNothingEither() {
    // given
    StageStub other = new StageStub(bus, "playback1", Stage.PLAYBACK);
    Turn turn = start();
    listen(turn, 0);
    chunker.says(new ChunkCaption(0, "Hello.", 0, 6));
    bus.run(SOON);
    turn.detach();
    bus.run(SOON);
    // when
    bus.serve(Addresses.PLAYOUT, other.node);
    playback.node.kill();
    bus.run(DEAD);
    // then
    assertThat(other.items)
        .containsExactly(new ListenerAway(true), new ChunkCaption(0, "Hello.", 0, 6));
  }

  @Test
  void aModelThatIsLostMeanwhileIsAskedAgainOnlyWhenSomebodyListens() {
    // given
    StageStub other = new StageStub(bus, "gemini1", Stage.TEXT);
    Turn turn = start();
    listen(turn, 0);
    turn.detach();
    bus.serve(Addresses.PROMPT, other.node);
    text.node.kill();
    bus.run(DEAD);
    assertThat(other.heads).isEmpty();
    // when
    listen(turn, 0);
    bus.run(SOON);
    // then
    assertThat(other.head(Prompt.class).text()).isEqualTo("hello");
    assertThat(other.confirmed).isEqualTo(1);
  }

  @Test
  void anotherTurnOfItsConversationEndsOneThatNobodyListensTo() {
    // given
    TurnOptions options = new TurnOptions("", "c", true, Pace.REALTIME, TurnOptions.NO_PROCESSING);
    Turn turn = start(options);
    Turn elsewhere = start(TurnOptions.DEFAULTS);
    listen(turn, 0);
    listen(elsewhere, 0);
    turn.detach();
    elsewhere.detach();
    // when
    Turn next = start(options);
    // then
    assertThat(turn.hasEnded()).isTrue();
    assertThat(elsewhere.hasEnded()).isFalse();
    assertThat(next.hasEnded()).isFalse();
    assertThat(ended().failure()).matches(why -> why.kind() == FailureKind.CANCELLED);
  }
}
