package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.Frame;
import io.voicebus.contract.FramesOpen;
import io.voicebus.contract.JobId;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutLength;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.Sink;
import io.voicebus.contract.SkipChunk;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WavHeader;
import io.voicebus.queue.JobPacket;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private Peer holder;
  private Peer worker;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    deployment = deploy(vertx, new JsonObject().put("max-turns", 2).put("lookahead-ms", 1_000));
    owner = Peer.deploy(vertx, "owner");
    owner.inbox().<ReportOpen, Message>onOpen(ReportOpen.class, this::collect);
    holder = Peer.deploy(vertx, "holder");
    holder.inbox().onJob(JobPacket.Granted.class, holder.events::add);
    holder.inbox().onJob(JobPacket.Done.class, holder.events::add);
    worker = Peer.deploy(vertx, "worker");
  }

  private static String deploy(Vertx vertx, JsonObject config) throws Exception {
    return Peer.await(
        vertx.deployVerticle(
            PlaybackVerticle.class.getName(), new DeploymentOptions().setConfig(config)));
  }

  private void collect(ReportOpen head, BusReadStream<Message> report) {
    owner.events.add(head);
    report
        .handler(owner.events::add)
        .endHandler(end -> owner.events.add(Peer.END))
        .exceptionHandler(e -> owner.events.add(Failure.of(Stage.OWNER, e)));
  }

  private BusWriteStream<Message> request(TurnId turn, Sink sink, String path) throws Exception {
    return request(turn, sink, path, Pace.ASAP);
  }

  private BusWriteStream<Message> request(TurnId turn, Sink sink, String path, Pace pace)
      throws Exception {
    TurnOptions options = TurnOptions.DEFAULTS.withPace(pace);
    TurnContext context = new TurnContext(turn, owner.inbox().address(), "", options);
    return owner.open(Addresses.PLAYOUT, new PlayoutRequest(context, sink, path));
  }

  private BusWriteStream<Message> request(TurnId turn) throws Exception {
    return request(turn, Sink.BUS, "");
  }

  private JobPacket.Granted claim(String playback, TurnId turn, int chunk, int attempt)
      throws Exception {
    holder
        .inbox()
        .execute(
            () ->
                holder
                    .inbox()
                    .send(
                        playback,
                        new JobPacket.Claim(
                            holder.inbox().address(), new JobId(turn, chunk), attempt, 1_000)));
    return holder.next(JobPacket.Granted.class);
  }

  private BusWriteStream<Frame> attempt(String playback, TurnId turn, int chunk, int attempt)
      throws Exception {
    return worker.open(
        playback, new FramesOpen(new JobId(turn, chunk), attempt, RATE, false, "voice"));
  }

  private void say(String playback, TurnId turn, int chunk, byte[] pcm) throws Exception {
    claim(playback, turn, chunk, 1);
    BusWriteStream<Frame> frames = attempt(playback, turn, chunk, 1);
    worker.write(frames, Frame.untimed(pcm));
    Peer.await(worker.call(frames::end));
    assertThat(holder.next(JobPacket.Done.class).job()).isEqualTo(new JobId(turn, chunk));
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
    BusWriteStream<Message> control = request(TURN);
    // when
    for (int chunk : List.of(2, 0, 1)) {
      say(control.peer(), TURN, chunk, Pcm.counting(100 * chunk, 100));
    }
    owner.write(control, new PlayoutLength(3));
    List<Object> events = untilTheEnd();
    // then
    assertThat(audio(events)).isEqualTo(Pcm.counting(0, 300));
    assertThat(events)
        .contains(
            new ReportOpen(TURN, Stage.PLAYBACK),
            new PlayoutFormat(RATE),
            new PlayoutMark(PlayoutMark.Kind.FIRST_FRAME, 2, 0),
            new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 1, 100),
            new PlayoutMark(PlayoutMark.Kind.CHUNK_END, 2, 300));
  }

  @Test
  void refusesAnAttemptThatWasNotGranted() throws Exception {
    // given
    BusWriteStream<Message> control = request(TURN);
    claim(control.peer(), TURN, 0, 2);
    // then
    assertThatThrownBy(() -> attempt(control.peer(), TURN, 0, 1))
        .hasRootCauseInstanceOf(VoicebusException.class)
        .hasMessageContaining("CANCELLED");
  }

  @Test
  void cutsAnAttemptOffWhenAnotherIsClaimed() throws Exception {
    // given
    BusWriteStream<Message> control = request(TURN);
    claim(control.peer(), TURN, 0, 1);
    worker.write(attempt(control.peer(), TURN, 0, 1), Frame.untimed(Pcm.counting(0, 10)));
    owner.next(ChunkAudio.class);
    // when
    JobPacket.Granted granted = claim(control.peer(), TURN, 0, 2);
    // then
    assertThat(granted.at()).isEqualTo(new ResumePoint(10, 0, "voice"));
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
  }

  @Test
  void dropsTheTurnEverywhereWhenItsOwnerEndsIt() throws Exception {
    // given
    BusWriteStream<Message> control = request(TURN);
    claim(control.peer(), TURN, 0, 1);
    worker.write(attempt(control.peer(), TURN, 0, 1), Frame.untimed(Pcm.of(1)));
    owner.next(ChunkAudio.class);
    // when
    owner.call(control::end);
    // then
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
    assertThat(owner.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
    assertThat(holder.next(JobPacket.Done.class).job()).isEqualTo(new JobId(TURN, 0));
  }

  @Test
  void dropsTheTurnWhenItsOwnerIsGone() throws Exception {
    // given
    BusWriteStream<Message> control = request(TURN);
    claim(control.peer(), TURN, 0, 1);
    worker.write(attempt(control.peer(), TURN, 0, 1), Frame.untimed(Pcm.of(1)));
    owner.next(ChunkAudio.class);
    // when
    owner.close();
    // then
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
    assertThat(holder.next(JobPacket.Done.class).job()).isEqualTo(new JobId(TURN, 0));
  }

  @Test
  void dropsTheTurnWhenItsOwnerRefusesTheReport() throws Exception {
    // given
    owner
        .inbox()
        .<ReportOpen, Message>onOpen(
            ReportOpen.class,
            (head, report) -> {
              throw new VoicebusException(Stage.OWNER, FailureKind.CANCELLED, "not wanted");
            });
    // when
    request(TURN);
    // then
    assertThat(owner.next(Failure.class).detail()).isEqualTo("not wanted");
  }

  @Test
  void goesOnWithoutASkippedChunk() throws Exception {
    // given
    BusWriteStream<Message> control = request(TURN);
    claim(control.peer(), TURN, 0, 1);
    attempt(control.peer(), TURN, 0, 1);
    say(control.peer(), TURN, 1, Pcm.of(7));
    // when
    owner.write(control, new SkipChunk(0));
    owner.write(control, new PlayoutLength(2));
    // then
    assertThat(audio(untilTheEnd())).isEqualTo(Pcm.of(7));
    assertThat(worker.next(Failure.class).kind()).isEqualTo(FailureKind.CANCELLED);
  }

  @Test
  void neverLetsAWorkerWaitForAListenerThatDoesNotRead() throws Exception {
    // given
    owner
        .inbox()
        .<ReportOpen, Message>onOpen(
            ReportOpen.class,
            (head, report) -> {
              if (head.turn().equals(TURN)) {
                report.pause();
              } else {
                collect(head, report);
              }
            });
    String stuck = request(TURN).peer();
    TurnId other = new TurnId("other");
    BusWriteStream<Message> control = request(other);
    // when
    claim(stuck, TURN, 0, 1);
    BusWriteStream<Frame> frames = attempt(stuck, TURN, 0, 1);
    for (int i = 0; i < 100; i++) {
      worker.write(frames, Frame.untimed(new byte[Frame.MAX_BYTES]));
    }
    Peer.await(worker.call(frames::end));
    say(control.peer(), other, 0, Pcm.of(7));
    owner.write(control, new PlayoutLength(1));
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
      BusWriteStream<Message> control = request(new TurnId("turn" + i));
      // when
      owner.write(control, new PlayoutLength(0));
      // then
      assertThat(untilTheEnd()).endsWith(Peer.END);
      owner.call(control::end);
    }
  }

  @Test
  void grantsAClaimThatWaitsAsTheListenerGetsOn() throws Exception {
    // given
    String playback = request(TURN, Sink.BUS, "", Pace.REALTIME).peer();
    say(playback, TURN, 0, new byte[2 * RATE / 5]);
    claim(playback, TURN, 1, 1);
    // when
    JobPacket.Granted granted = claim(playback, TURN, 2, 1);
    // then
    assertThat(granted.job().chunk()).isEqualTo(2);
    assertThat(granted.neededInMs()).as("when chunk 1 is heard, in ms").isLessThan(2_000);
  }

  @Test
  void takesARepeatedRequestForTheSameTurn() throws Exception {
    // given
    BusWriteStream<Message> first = request(TURN);
    owner.next(ReportOpen.class);
    BusWriteStream<Message> second = request(TURN);
    // when
    owner.call(first::end);
    say(second.peer(), TURN, 0, Pcm.of(7));
    owner.write(second, new PlayoutLength(1));
    // then
    assertThat(audio(untilTheEnd())).isEqualTo(Pcm.of(7));
  }

  @Test
  void saysThatAJobOfAnUnknownTurnIsDone() throws Exception {
    // given
    String playback = request(TURN).peer();
    JobId job = new JobId(new TurnId("gone"), 3);
    // when
    holder.call(
        () -> {
          holder.inbox().send(playback, new JobPacket.Claim(holder.inbox().address(), job, 1, 9));
          return true;
        });
    // then
    assertThat(holder.next(JobPacket.Done.class).job()).isEqualTo(job);
  }

  @Test
  void writesAFileAndTellsTheOwnerWhereItStands(@TempDir Path directory) throws Exception {
    // given
    Path wav = directory.resolve("out.wav");
    BusWriteStream<Message> control = request(TURN, Sink.FILE, wav.toString());
    // when
    say(control.peer(), TURN, 0, Pcm.counting(0, 500));
    owner.write(control, new PlayoutLength(1));
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
    owner.next(ReportOpen.class);
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
