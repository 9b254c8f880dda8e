package io.voicebus.playback;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Load;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Settings;
import io.voicebus.contract.TurnOptions;
import io.voicebus.playback.seam.NoProcessing;
import io.voicebus.playback.seam.Processing;
import io.voicebus.playback.seam.SeamProcessor;
import io.voicebus.playback.seam.VoiceLoudness;
import io.voicebus.queue.Job;
import io.voicebus.queue.JobHolder;
import io.voicebus.queue.JobReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The turns that one instance plays, and the work queue that speaks their chunks. A turn that comes
 * here again, after its owner lost sight of it, is another one. NOT thread safe.
 */
public final class BusTurns implements JobHolder.Client, BusTurn.Listener {
  /** How often chunks that wait for a listener are looked at: far finer than any lookahead. */
  private static final Duration ROOM_CHECK = Duration.ofMillis(100);

  private final Inbox inbox;
  private final PlaybackSettings settings;
  private final JobHolder jobs;
  private final LengthRatio ratio = new LengthRatio();
  private final VoiceLoudness loudness = new VoiceLoudness();
  private final MemoryBudget memory;

  /** By the name that the queue knows it by. */
  private final Map<String, BusTurn> turns = new HashMap<>();

  private final Set<String> waiting = new LinkedHashSet<>();
  private long names;
  private Bus.@Nullable Timer roomCheck;

  /** Takes what comes to the inbox from now on. */
  BusTurns(Inbox inbox, PlaybackSettings settings, MemoryBudget memory) {
    this(inbox, settings, memory, new Random());
  }

  private BusTurns(Inbox inbox, PlaybackSettings settings, MemoryBudget memory, Random random) {
    this.inbox = inbox;
    this.memory = memory;
    memory.plays(true);
    this.settings = settings;
    this.jobs = new JobHolder(inbox, this, Addresses.HOLDERS, random);
    inbox.onLink(PlayoutRequest.class, this::onRequest);
    inbox.load(() -> new Load(turns.size(), settings.maxTurns()));
    inbox.room(() -> settings.maxTurns() - turns.size());
  }

  /**
   * The same, with the usual settings, and all the memory that it wants.
   *
   * @param random chooses between workers that are as good as each other
   */
  public static BusTurns usual(Inbox inbox, Random random) {
    return new BusTurns(
        inbox,
        PlaybackSettings.of(new Settings("playback", new JsonObject())),
        MemoryBudget.unlimited(),
        random);
  }

  /** How many turns it has. */
  public int active() {
    return turns.size();
  }

  /** How many chunks are not spoken yet. */
  public int held() {
    return jobs.held();
  }

  /** Makes the instance known to the workers; what they publish must come to its inbox already. */
  public void callWorkers() {
    jobs.call();
  }

  private void onRequest(PlayoutRequest request, Link link) {
    if (turns.size() >= settings.maxTurns()) {
      throw refused(
          FailureKind.RATE_LIMITED,
          "playback has its " + settings.maxTurns() + " turns (max-turns): try again in a moment");
    }
    IntFunction<Processing> processings = processings(request.turn().options());
    MemoryBudget.Share share = memory.play();
    if (share == null) {
      throw refused(
          FailureKind.RATE_LIMITED,
          "playback has no memory left for another turn: try again in a moment, or give it more"
              + " (-Xmx)");
    }
    String name = request.turn().turn() + "." + names++;
    BusTurn turn;
    try {
      turn =
          new BusTurn(
              inbox, name, request, link, settings.limits(), ratio, share, processings, jobs, this);
    } catch (RuntimeException refused) {
      share.close();
      throw refused;
    }
    turns.put(name, turn);
    turn.begin();
  }

  /** What the samples of a turn go through that wants this, or whatever is configured. */
  private IntFunction<Processing> processings(TurnOptions options) {
    String wanted = options.processing();
    double speed = options.speed() == 0 ? 1 : options.speed() / 1000.0;
    return switch (wanted.isEmpty() ? settings.processing() : wanted) {
      case TurnOptions.NO_PROCESSING -> hz -> new NoProcessing();
      case TurnOptions.SEAMS -> hz -> new SeamProcessor(hz, loudness, speed);
      default -> throw refused(FailureKind.INVALID_REQUEST, TurnOptions.processingFault(wanted));
    };
  }

  private static VoicebusException refused(FailureKind kind, String why) {
    return new VoicebusException(Stage.PLAYBACK, kind, why);
  }

  // What the work queue asks and tells.

  private BusTurn turn(Job job) {
    BusTurn turn = turns.get(job.id().turn());
    if (turn == null) {
      throw new IllegalStateException("a job of a turn that is over: " + job.id());
    }
    return turn;
  }

  @Override
  public boolean reserve(Job job) {
    BusTurn turn = turn(job);
    if (turn.reserve(job.id().chunk(), job.estimatedMs())) {
      return true;
    }
    if (turn.isAway()) {
      return false;
    }
    waiting.add(job.id().turn());
    if (roomCheck == null) {
      roomCheck = inbox.after(ROOM_CHECK.toNanos(), this::checkRoom);
    }
    return false;
  }

  private void checkRoom() {
    roomCheck = null;
    List<String> look = List.copyOf(waiting);
    waiting.clear();
    look.forEach(jobs::roomChanged);
  }

  @Override
  public long neededInMs(Job job) {
    return turn(job).neededInMs(job.id().chunk());
  }

  @Override
  public Message payload(Job job, int attempt) {
    return turn(job).payload(job.id().chunk());
  }

  @Override
  public void piece(Job job, Message item) {
    turn(job).piece(job.id().chunk(), item);
  }

  @Override
  public void waits(Job job, String why) {
    turn(job).waits(job.id().chunk(), why);
  }

  @Override
  public void interrupted(Job job) {
    turn(job).interrupted(job.id().chunk());
  }

  @Override
  public void done(Job job, JobReport report) {
    turn(job).spoken(job.id().chunk(), report);
  }

  @Override
  public void abandoned(Job job, Failure why) {
    turn(job).abandoned(job.id().chunk(), why);
  }

  // What the turns tell.

  @Override
  public void over(String turn) {
    turns.remove(turn);
    waiting.remove(turn);
    jobs.cancel(turn);
  }

  /** Discards all turns; their owners hear of it when the inbox closes. */
  void close() {
    List.copyOf(turns.values()).forEach(BusTurn::discard);
    jobs.close();
    memory.plays(false);
    if (roomCheck != null) {
      roomCheck.cancel();
      roomCheck = null;
    }
  }
}
