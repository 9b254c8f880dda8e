package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutBrokeOff;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.Sink;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechJob;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WavHeader;
import io.voicebus.queue.JobDone;
import io.voicebus.queue.JobOffer;
import io.voicebus.queue.JobPacket;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.SourceDataLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class PlaybackVerticleTest {
  private static final int RATE = 24_000;
  private static final TurnId TURN = new TurnId("turn");

  private String deployment = "";
  private Peer owner;
  private Peer worker;
  private final List<JobOffer> offers = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Link> taken = new LinkedBlockingQueue<>();

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    deployment = deploy(vertx, new JsonObject().put("max-turns", 2).put("lookahead-ms", 1_000));
    owner = Peer.deploy(vertx, "owner");
    worker = Peer.deploy(vertx, "worker");
    worker
        .inbox()
        .onLink(
            JobOffer.class,
            (offer, link) -> {
              offers.add(offer);
              link.in().handler(ignored -> {});
              link.onFailure(worker.events::add);
              link.onConfirmed(
                  () -> {
                    worker.events.add(offer);
                    taken.add(link);
                  });
            });
    worker.inbox().room(() -> 16);
    worker.call(
        () -> {
          beat();
          return true;
        });
  }

  private void beat() {
    worker
        .inbox()
        .publish(Addresses.WORKERS, new JobPacket.WorkerBeat(worker.inbox().address(), 16, ""));
    worker.inbox().after(100_000_000, this::beat);
  }

  private static String deploy(Vertx vertx, JsonObject config) throws Exception {
    return Peer.await(
        vertx.deployVerticle(
            PlaybackVerticle.class.getName(), new DeploymentOptions().setConfig(config)));
  }

  private Link request(TurnId turn, Sink sink, String path) throws Exception {
    return request(turn, sink, path, Pace.ASAP, PlayoutResume.START);
  }

  private Link request(TurnId turn, Sink sink, String path, Pace pace, PlayoutResume resume)
      throws Exception {
    TurnOptions options =
        TurnOptions.DEFAULTS.withPace(pace).withProcessing(TurnOptions.NO_PROCESSING);
    TurnContext context = new TurnContext(turn, owner.inbox().address(), options);
    return owner.link(Addresses.PLAYOUT, new PlayoutRequest(context, sink, path, resume));
  }

  private Link request(TurnId turn) throws Exception {
    return request(turn, Sink.BUS, "");
  }

  private void chunks(Link turn, int count) throws Exception {
    for (int chunk = 0; chunk < count; chunk++) {
      owner.tell(turn, new ChunkCaption(chunk, "chunk " + chunk, 0, 0, "chunk " + chunk, 1000));
    }
  }

  /** The worker's next job. */
  private Link take(int chunk) throws Exception {
    Link link = Objects.requireNonNull(taken.poll(10, TimeUnit.SECONDS));
    assertThat(worker.next(JobOffer.class).job().chunk()).isEqualTo(chunk);
    return link;
  }

  private void speak(Link job, byte[] pcm) throws Exception {
    speak(job, "voice", pcm);
  }

  private void speak(Link job, String voice, byte[] pcm) throws Exception {
    worker.tell(job, new Speaker(RATE, false, voice));
    worker.tell(job, Frame.untimed(pcm));
  }

  private void finish(Link job) throws Exception {
    worker.tell(job, new JobDone(1, 2, 16));
    worker.call(() -> job.out().end());
  }

  private void say(int chunk, byte[] pcm) throws Exception {
    Link job = take(chunk);
    speak(job, pcm);
    finish(job);
  }

  /** What the owner hears until the report ends. */
  private List<Object> untilTheEnd() throws Exception {
    List<Object> all = new ArrayList<>();
    do {
      all.add(owner.next(Object.class));
    } while (all.get(all.size() - 1) != Peer.END);
    return all;
  }

  private static byte[] audio(List<Object> events) {
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    for (Object event : events) {
      if (event instanceof ChunkAudio piece) {
        audio.writeBytes(piece.pcm());
      }
    }
    return audio.toByteArray();
  }

  @Test
  void playsChunksInTheirOrderWhateverOrderTheyAreSpokenIn() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 3);
    List<Link> jobs = List.of(take(0), take(1), take(2));
    // when
    for (int chunk : List.of(2, 0, 1)) {
      speak(jobs.get(chunk), Pcm.counting(100 * chunk, 100));
      finish(jobs.get(chunk));
    }
    owner.tell(turn, new TextLength(3));
    List<Object> events = untilTheEnd();
    // then
    assertThat(audio(events)).isEqualTo(Pcm.counting(0, 300));
    assertThat(events)
        .contains(
            new PlayoutFormat(RATE),
            new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 1, 100, "voice"),
            new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 2, 300));
    assertThat(events.stream().filter(ChunkSpoken.class::isInstance)).hasSize(3);
  }

  @Test
  void tellsTheWorkerTheTextBesideAndWhoSpokeLast() throws Exception {
    // given
    Link turn = request(TURN, Sink.BUS, "", Pace.REALTIME, PlayoutResume.START);
    chunks(turn, 4);
    say(0, new byte[2 * RATE / 5]);
    say(1, new byte[2 * RATE / 5]);
    // when
    take(2);
    SpeechJob third = (SpeechJob) offers.get(2).payload();
    // then
    assertThat(third.text()).isEqualTo("chunk 2");
    assertThat(third.previous()).isEqualTo("chunk 0 chunk 1");
    assertThat(third.next()).isEqualTo("chunk 3");
    assertThat(third.voice()).isEqualTo("voice");
    assertThat(third.decision()).isOne();
    assertThat(offers.get(0).neededInMs()).isZero();
  }

  @Test
  void chunksThatBeganAtOnceInTwoVoicesAreHeardInThatOfTheFirst() throws Exception {
    // given: the second chunk is spoken first, and wholly
    Link turn = request(TURN);
    chunks(turn, 2);
    Link first = take(0);
    Link second = take(1);
    speak(second, "one/a@24000", Pcm.counting(500, 10));
    finish(second);
    owner.next(ChunkSpoken.class);
    // when
    speak(first, "another/b@24000", Pcm.counting(0, 10));
    finish(first);
    // then
    SpeechJob again = asked(take(1), 2);
    assertThat(again.voice()).isEqualTo("another/b");
    assertThat(again.at()).isEqualTo(ResumePoint.START);
    assertThat(again.text()).isEqualTo("chunk 1");
  }

  @Test
  void anAttemptThatDidNotKnowWhoSpeaksIsMadeAgain() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 2);
    Link first = take(0);
    Link second = take(1);
    speak(first, "one/a@24000", Pcm.counting(0, 10));
    owner.next(ChunkAudio.class);
    // when
    speak(second, "another/b@24000", Pcm.counting(500, 10));
    // then
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
    Link again = take(1);
    assertThat(asked(again, 2).voice()).isEqualTo("one/a");
    // and who knew it has really changed
    speak(again, "another/b@24000", Pcm.counting(10, 10));
    finish(again);
    finish(first);
    owner.tell(turn, new TextLength(2));
    assertThat(audio(untilTheEnd())).isEqualTo(Pcm.counting(10, 10));
  }

  @Test
  void theTurnsRateIsThatOfWhoIsHeardWhateverWasSpokenAhead() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 2);
    Link first = take(0);
    Link second = take(1);
    worker.tell(second, new Speaker(16_000, true, "another/b@16000"));
    worker.tell(second, Frame.untimed(new byte[2_000]));
    assertThat(owner.next(PlayoutMark.class).kind()).isEqualTo(PlayoutMark.Kind.FIRST_FRAME);
    // when
    speak(first, "one/a@24000", Pcm.counting(0, 10));
    // then
    assertThat(owner.next(PlayoutFormat.class)).isEqualTo(new PlayoutFormat(RATE));
    assertThat(owner.next(ChunkAudio.class).pcm()).isEqualTo(Pcm.counting(0, 10));
  }

  private SpeechJob asked(Link job, int offer) {
    assertThat(job).isNotNull();
    return (SpeechJob) offers.get(offer).payload();
  }

  @Test
  void goesOnFromWhatHasComeWhenAnAttemptFails() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 1);
    Link first = take(0);
    speak(first, Pcm.counting(0, 10));
    owner.next(ChunkAudio.class);
    // when
    worker.call(
        () -> {
          first.fail(new Failure(Stage.SPEECH, FailureKind.TIMEOUT, "silent"));
          return true;
        });
    say(0, Pcm.counting(10, 5));
    owner.tell(turn, new TextLength(1));
    // then
    SpeechJob again = (SpeechJob) offers.get(1).payload();
    assertThat(again.at()).isEqualTo(new ResumePoint(10, 0, "voice"));
    assertThat(again.voice()).isEqualTo("voice");
    assertThat(audio(untilTheEnd())).isEqualTo(Pcm.counting(10, 5));
  }

  @Test
  void whatWasSpokenBeforeSpeechEndsForGoodIsHeardAndThenItIsTold() throws Exception {
    // given: the second of three has begun, and the third as well
    Link turn = request(TURN);
    chunks(turn, 3);
    List<Link> jobs = List.of(take(0), take(1), take(2));
    speak(jobs.get(1), Pcm.counting(10, 5));
    speak(jobs.get(2), Pcm.counting(100, 5));
    // when: the credits are used up before the first is spoken
    Failure why = new Failure(Stage.SPEECH, FailureKind.QUOTA, "no credits");
    worker.call(
        () -> {
          jobs.get(1).fail(why);
          return true;
        });
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
    owner.tell(turn, new ChunkCaption(3, "chunk 3", 0, 0, "chunk 3", 1000));
    owner.tell(turn, new TextLength(4));
    speak(jobs.get(0), Pcm.counting(0, 10));
    finish(jobs.get(0));
    // then
    List<Object> events = new ArrayList<>();
    do {
      events.add(owner.next(Object.class));
    } while (!(events.get(events.size() - 1) instanceof PlayoutBrokeOff));
    assertThat(events).last().isEqualTo(new PlayoutBrokeOff(why));
    assertThat(audio(events)).isEqualTo(Pcm.counting(0, 15));
    assertThat(offers).hasSize(3);
  }

  @Test
  void whatWasSpokenAheadIsNotHeardBehindTheGapAtWhichSpeechHasEnded() throws Exception {
    // given: the second is spoken, and the first is being heard
    Link turn = request(TURN);
    chunks(turn, 3);
    List<Link> jobs = List.of(take(0), take(1), take(2));
    speak(jobs.get(1), Pcm.counting(100, 5));
    finish(jobs.get(1));
    owner.next(ChunkSpoken.class);
    speak(jobs.get(0), Pcm.counting(0, 10));
    List<Object> events = new ArrayList<>();
    events.add(owner.next(ChunkAudio.class));
    // when
    Failure why = new Failure(Stage.SPEECH, FailureKind.QUOTA, "no credits");
    worker.call(
        () -> {
          jobs.get(0).fail(why);
          return true;
        });
    // then
    do {
      events.add(owner.next(Object.class));
    } while (!(events.get(events.size() - 1) instanceof PlayoutBrokeOff));
    assertThat(audio(events)).isEqualTo(Pcm.counting(0, 10));
  }

  @Test
  void aTurnOfWhichNothingCanBeSpokenFailsAtOnce() throws Exception {
    Link turn = request(TURN);
    chunks(turn, 2);
    Link first = take(0);
    Failure why = new Failure(Stage.SPEECH, FailureKind.QUOTA, "no credits");
    worker.call(
        () -> {
          first.fail(why);
          return true;
        });
    assertThat(owner.next(Failure.class)).isEqualTo(why);
  }

  @Test
  void beginsWhereAnotherInstanceStopped() throws Exception {
    // when
    Link turn =
        request(
            TURN,
            Sink.BUS,
            "",
            Pace.REALTIME,
            new PlayoutResume(3, new ResumePoint(7, 2, "voice"), 107, 4, RATE));
    owner.tell(turn, new ChunkCaption(3, "chunk 3", 0, 0));
    owner.tell(turn, new TextLength(4));
    say(3, Pcm.counting(0, 5));
    List<Object> events = untilTheEnd();
    // then
    SpeechJob job = (SpeechJob) offers.get(0).payload();
    assertThat(job.at()).isEqualTo(new ResumePoint(7, 2, "voice"));
    assertThat(audio(events)).isEqualTo(Pcm.counting(0, 5));
    assertThat(events)
        .contains(new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 3, 112))
        .noneMatch(PlayoutFormat.class::isInstance);
  }

  @Test
  void discardsTheTurnEverywhereWhenItsOwnerGivesItUp() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 1);
    speak(take(0), Pcm.of(1));
    owner.next(ChunkAudio.class);
    // when
    owner.call(
        () -> {
          turn.fail(new Failure(Stage.OWNER, FailureKind.CANCELLED, "over"));
          return true;
        });
    // then
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
  }

  @Test
  void discardsTheTurnWhenItsOwnerIsGone() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 1);
    speak(take(0), Pcm.of(1));
    owner.next(ChunkAudio.class);
    // when
    owner.close();
    // then
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
  }

  @Test
  void goesOnWithoutAChunkThatCannotBeSpokenAndSaysSo() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 2);
    Link first = take(0);
    Link second = take(1);
    Failure blocked = new Failure(Stage.SPEECH, FailureKind.BLOCKED, "refused");
    // when
    worker.call(
        () -> {
          first.fail(blocked);
          return true;
        });
    assertThat(owner.next(ChunkSkipped.class)).isEqualTo(new ChunkSkipped(0, blocked));
    speak(second, Pcm.of(7));
    finish(second);
    owner.tell(turn, new TextLength(2));
    // then
    assertThat(audio(untilTheEnd())).isEqualTo(Pcm.of(7));
  }

  @Test
  void aTurnOfWhichNothingCanBeSpokenFails() throws Exception {
    // given
    Link turn = request(TURN);
    chunks(turn, 1);
    owner.tell(turn, new TextLength(1));
    Link only = take(0);
    // when
    worker.call(
        () -> {
          only.fail(new Failure(Stage.SPEECH, FailureKind.BLOCKED, "refused"));
          return true;
        });
    // then
    assertThat(owner.next(Failure.class).kind()).isEqualTo(FailureKind.BLOCKED);
  }

  @Test
  void neverLetsAWorkerWaitForAListenerThatDoesNotRead() throws Exception {
    // given
    Link stuck = request(TURN);
    owner.call(() -> stuck.in().pause());
    chunks(stuck, 1);
    Link job = take(0);
    // when
    worker.tell(job, new Speaker(RATE, false, "voice"));
    for (int i = 0; i < 100; i++) {
      worker.tell(job, Frame.untimed(new byte[Frame.MAX_BYTES]));
    }
    finish(job);
    Link turn = request(new TurnId("other"));
    chunks(turn, 1);
    say(0, Pcm.of(7));
    owner.tell(turn, new TextLength(1));
    // then
    assertThat(audio(untilTheEnd())).isEqualTo(Pcm.of(7));
  }

  @Test
  void refusesMoreTurnsThanItMayHave() throws Exception {
    // given
    request(TURN);
    request(new TurnId("second"));
    // then
    assertThatThrownBy(() -> request(new TurnId("third")))
        .hasRootCauseInstanceOf(VoicebusException.class)
        .hasMessageContaining("RATE_LIMITED");
  }

  @Test
  void takesNoRoomForATurnThatHasEnded() throws Exception {
    // given
    for (int i = 0; i < 5; i++) {
      Link turn = request(new TurnId("turn" + i));
      // when
      owner.tell(turn, new TextLength(0));
      // then
      assertThat(untilTheEnd()).endsWith(Peer.END);
    }
  }

  @Test
  void speaksWhatWaitsAsTheListenerGetsOn() throws Exception {
    // given
    Link turn = request(TURN, Sink.BUS, "", Pace.REALTIME, PlayoutResume.START);
    chunks(turn, 3);
    say(0, new byte[2 * RATE / 5]);
    Link second = take(1);
    // when: the first is heard
    take(2);
    // then
    assertThat(offers.get(2).neededInMs()).as("when chunk 1 is heard, in ms").isLessThan(2_000);
    assertThat(second.isAlive()).isTrue();
  }

  @Test
  void asksForNothingWhileNobodyListens() throws Exception {
    // given
    Link turn = request(TURN);
    owner.tell(turn, new ListenerAway(true));
    chunks(turn, 1);
    // when
    chunks(request(new TurnId("other")), 1);
    take(0);
    // then
    assertThat(offers).hasSize(1);
    assertThat(offers.get(0).job().turn()).startsWith("other");
    // when
    owner.tell(turn, new ListenerAway(false));
    take(0);
    // then
    assertThat(offers.get(1).job().turn()).startsWith(TURN.value());
  }

  @Test
  void writesAFileAndTellsTheOwnerWhereItStands(@TempDir Path directory) throws Exception {
    // given
    Path wav = directory.resolve("out.wav");
    Link turn = request(TURN, Sink.FILE, wav.toString());
    chunks(turn, 1);
    // when
    say(0, Pcm.counting(0, 500));
    owner.tell(turn, new TextLength(1));
    List<Object> events = untilTheEnd();
    // then
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(WavHeader.exact(RATE, 1000));
    expected.writeBytes(Pcm.counting(0, 500));
    assertThat(Files.readAllBytes(wav)).isEqualTo(expected.toByteArray());
    assertThat(events)
        .contains(
            new PlayoutFormat(RATE),
            new PlayoutMark(PlayoutMark.Kind.FIRST_AUDIO, 0, 0),
            new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 0, 500))
        .noneMatch(ChunkAudio.class::isInstance);
  }

  @Test
  void saysAtOnceThatAFileCannotBeWritten(@TempDir Path directory) throws Exception {
    // when
    request(TURN, Sink.FILE, directory.resolve("missing/out.wav").toString());
    // then
    Failure failure = owner.next(Failure.class);
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
    assertThat(failure.detail()).contains("does not exist; create it first");
  }

  @Test
  void saysAtOnceThatThereIsNoSoundCard() throws Exception {
    // given
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    assumeThat(AudioSystem.isLineSupported(new DataLine.Info(SourceDataLine.class, format)))
        .isFalse();
    // when
    request(TURN, Sink.CARD, "");
    // then
    Failure failure = owner.next(Failure.class);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.detail()).startsWith("there is no sound card here: use -o out.wav");
  }

  @Test
  void tellsItsOwnersThatItStops(Vertx vertx) throws Exception {
    // given
    request(TURN);
    // when
    Peer.await(vertx.undeploy(deployment));
    // then
    assertThat(owner.next(Failure.class).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void doesNotStartWithAWrongSetting(Vertx vertx) {
    assertThatThrownBy(() -> deploy(vertx, new JsonObject().put("lookahead-ms", -1)))
        .hasMessageContaining("playback setting 'lookahead-ms' is '-1'");
  }
}
