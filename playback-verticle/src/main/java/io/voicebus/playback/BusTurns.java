package io.voicebus.playback;

import io.voicebus.bus.Bus;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Load;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Frame;
import io.voicebus.contract.FramesOpen;
import io.voicebus.contract.JobId;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.queue.JobReceiver;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The turns that one instance plays, at its inbox. NOT thread safe: used on its context only. */
final class BusTurns implements JobReceiver.Policy, BusTurn.Listener {
  /** How often claims that wait for a listener are looked at: far finer than any lookahead. */
  private static final Duration ROOM_CHECK = Duration.ofMillis(100);

  private static final int LEAST_RATE_HZ = 8_000;
  private static final int MOST_RATE_HZ = 48_000;

  private final Inbox inbox;
  private final PlaybackSettings settings;
  private final JobReceiver jobs;
  private final LengthRatio ratio = new LengthRatio();
  private final Map<TurnId, BusTurn> turns = new HashMap<>();
  private final Set<TurnId> waiting = new LinkedHashSet<>();
  private Bus.@Nullable Timer roomCheck;

  /** Takes what comes to the inbox from now on. */
  BusTurns(Inbox inbox, PlaybackSettings settings) {
    this.inbox = inbox;
    this.settings = settings;
    this.jobs = new JobReceiver(inbox, this);
    inbox.onOpen(PlayoutRequest.class, this::onRequest);
    inbox.onOpen(FramesOpen.class, this::onFrames);
    inbox.load(() -> new Load(turns.size(), settings.maxTurns()));
  }

  private void onRequest(PlayoutRequest request, BusReadStream<Message> control) {
    TurnId id = request.turn().turn();
    BusTurn known = turns.get(id);
    if (known != null) {
      known.control(control);
      return;
    }
    if (turns.size() >= settings.maxTurns()) {
      throw refused(
          FailureKind.RATE_LIMITED,
          "playback has its " + settings.maxTurns() + " turns (max-turns): try again in a moment");
    }
    String processing = request.turn().options().processing();
    if (!processing.equals(TurnOptions.NO_PROCESSING)) {
      throw refused(
          FailureKind.INVALID_REQUEST,
          "processing is '" + TurnOptions.NO_PROCESSING + "', not '" + processing + "'");
    }
    BusTurn turn = new BusTurn(inbox, request, settings.limits(), ratio, this);
    turns.put(id, turn);
    turn.control(control);
    turn.report();
  }

  private void onFrames(FramesOpen head, BusReadStream<Frame> stream) {
    BusTurn turn = turns.get(head.job().turn());
    if (turn == null || !jobs.admits(head.job(), head.attempt())) {
      throw refused(FailureKind.CANCELLED, "not the attempt that was granted last");
    }
    if (head.sampleRateHz() < LEAST_RATE_HZ || head.sampleRateHz() > MOST_RATE_HZ) {
      throw refused(
          FailureKind.INVALID_REQUEST,
          "a sample rate is " + LEAST_RATE_HZ + " to " + MOST_RATE_HZ + " Hz");
    }
    turn.attempt(head, stream);
  }

  private static VoicebusException refused(FailureKind kind, String why) {
    return new VoicebusException(Stage.PLAYBACK, kind, why);
  }

  // What the work queue asks.

  @Override
  public boolean over(JobId job) {
    BusTurn turn = turns.get(job.turn());
    return turn == null || turn.over(job.chunk());
  }

  @Override
  public ResumePoint cut(JobId job, int attempt) {
    BusTurn turn = turns.get(job.turn());
    return turn == null ? ResumePoint.START : turn.cut(job.chunk());
  }

  @Override
  public boolean reserve(JobId job, long estimatedMs) {
    BusTurn turn = turns.get(job.turn());
    if (turn == null || turn.reserve(job.chunk(), estimatedMs)) {
      return true;
    }
    waiting.add(job.turn());
    if (roomCheck == null) {
      roomCheck = inbox.after(ROOM_CHECK.toNanos(), this::checkRoom);
    }
    return false;
  }

  private void checkRoom() {
    roomCheck = null;
    List<TurnId> look = List.copyOf(waiting);
    waiting.clear();
    look.forEach(jobs::roomChanged);
  }

  @Override
  public long neededInMs(JobId job) {
    BusTurn turn = turns.get(job.turn());
    return turn == null ? 0 : turn.neededInMs(job.chunk());
  }

  // What the turns tell.

  @Override
  public void over(TurnId turn, int chunk) {
    jobs.received(new JobId(turn, chunk));
    jobs.roomChanged(turn);
  }

  @Override
  public void over(TurnId turn) {
    turns.remove(turn);
    waiting.remove(turn);
    jobs.drop(turn);
  }

  /** Drops all turns. */
  void close() {
    for (BusTurn turn : List.copyOf(turns.values())) {
      turn.drop(new Failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE, "the instance was stopped"));
    }
    if (roomCheck != null) {
      roomCheck.cancel();
      roomCheck = null;
    }
  }
}
