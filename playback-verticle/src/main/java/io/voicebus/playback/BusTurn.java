package io.voicebus.playback;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Frame;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Position;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechJob;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.SpeechWait;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnContext;
import io.voicebus.playback.seam.Processing;
import io.voicebus.queue.Job;
import io.voicebus.queue.JobHolder;
import io.voicebus.queue.JobId;
import io.voicebus.queue.JobReport;
import java.util.BitSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One turn: chunks come from its owner and are held as jobs until they are spoken; their audio goes
 * back in order. It ends once, by the end of its playout, by a failure, or because its owner has
 * gone. NOT thread safe.
 */
final class BusTurn {
  /** What a turn tells of itself. */
  interface Listener {
    /** Nothing is going on any more. */
    void over(String turn);
  }

  /** So many chunks in a row that could not be spoken end the turn. */
  private static final int MAX_SKIPPED_IN_A_ROW = 3;

  private static final int LEAST_RATE_HZ = 8_000;
  private static final int MOST_RATE_HZ = 48_000;
  private static final int UNKNOWN = -1;

  private final Inbox inbox;
  private final String name;
  private final TurnContext turn;
  private final Link link;
  private final JobHolder jobs;
  private final Listener listener;
  private final BusReport report;
  private final PlayoutSink sink;
  private final MemoryBudget.Share memory;
  private final Playout playout;
  private final SpeechTap tap;

  /** What the voice is given for the chunks that are not spoken yet, and for some before. */
  private final TurnText texts = new TurnText();

  private final BitSet settled = new BitSet();

  /** The first chunk that is spoken here. */
  private final int first;

  private final TurnVoice voice;

  private int length = UNKNOWN;
  private int skipped;
  private int skippedInARow;
  private @Nullable Failure lastSkip;
  private boolean away;

  /** Whether nothing behind the turn's length, as it is now, can be spoken. */
  private boolean brokenOff;

  /** Behind the last chunk that is known. */
  private int known;

  private boolean over;

  BusTurn(
      Inbox inbox,
      String name,
      PlayoutRequest request,
      Link link,
      PlayoutLimits limits,
      LengthRatio ratio,
      MemoryBudget.Share memory,
      IntFunction<Processing> processings,
      JobHolder jobs,
      Listener listener) {
    this.inbox = inbox;
    this.memory = memory;
    this.name = name;
    this.turn = request.turn().withoutPronunciations();
    this.link = link;
    this.jobs = jobs;
    this.listener = listener;
    this.first = request.resume().chunk();
    this.voice = new TurnVoice(first, request.resume().voice());
    tap = new SpeechTap(link, request.pieces());
    report = new BusReport(link.out(), this::finished);
    sink = sink(request);
    playout = new Playout(limits, turn.options().pace(), ratio, memory, sink, processings);
    playout.resume(request.resume(), inbox.now());
  }

  private PlayoutSink sink(PlayoutRequest request) {
    return switch (request.sink()) {
      case BUS -> report;
      case CARD -> deviceSink("voicebus-card", new CardDevice());
      case FILE -> deviceSink("voicebus-file", new FileDevice(request.path()));
    };
  }

  private DeviceSink deviceSink(String thread, AudioDevice device) {
    return new DeviceSink(report, thread, device, inbox::execute, this::pump, this::fail);
  }

  private void pump() {
    playout.pump(inbox.now());
  }

  // The owner.

  void begin() {
    link.in().handler(this::onItem);
    link.in().endHandler(ended -> {});
    link.out().drainHandler(drained -> pump());
    link.onFailure(gone -> discard());
  }

  private void onItem(Message item) {
    if (over) {
      return;
    }
    if (item instanceof ChunkCaption chunk) {
      texts.add(chunk);
      known = Math.max(known, chunk.chunk() + 1);
      tap.known(chunk.chunk(), inbox.now());
      playout.known(chunk.chunk(), chunk.end(), inbox.now());
      if (!playout.over(chunk.chunk())) {
        hold(chunk.chunk());
      }
    } else if (item instanceof TextLength && brokenOff) {
      return;
    } else if (item instanceof TextLength complete) {
      length = complete.chunks();
      if (!failIfAllSkipped()) {
        playout.length(length, inbox.now());
      }
    } else if (item instanceof Position position) {
      playout.heard(position.playedMs(), inbox.now());
      if (position.paused()) {
        playout.paused();
      }
    } else if (item instanceof ListenerAway listener) {
      away(listener.away());
    }
  }

  private void hold(int chunk) {
    jobs.hold(new Job(job(chunk), bySpeed(texts.estimatedMs(chunk))));
  }

  /** How long a piece of speech is that is so long at a voice's own speed. */
  private long bySpeed(long ms) {
    int speed = turn.options().speed();
    return speed == 0 ? ms : Math.max(1, ms * 1000 / speed);
  }

  /** While nobody listens nothing more is asked of the voice. */
  private void away(boolean nowAway) {
    away = nowAway;
    playout.away(nowAway, inbox.now());
    if (nowAway) {
      jobs.withhold(name);
    } else {
      jobs.roomChanged(name);
    }
  }

  /** Whether nobody listens: then there is no room for any chunk. */
  boolean isAway() {
    return away;
  }

  private JobId job(int chunk) {
    return new JobId(name, chunk);
  }

  // The work queue.

  boolean reserve(int chunk, long estimatedMs) {
    return !away && playout.reserve(chunk, estimatedMs, inbox.now());
  }

  long neededInMs(int chunk) {
    return playout.neededInMs(chunk, inbox.now());
  }

  SpeechJob payload(int chunk) {
    return new SpeechJob(
        turn,
        texts.words(chunk),
        texts.before(chunk, SpeechJob.CONTEXT_CHARS),
        texts.after(chunk, SpeechJob.CONTEXT_CHARS),
        playout.cut(chunk),
        voice.asks(chunk),
        voice.decisions(),
        texts.end(chunk),
        texts.language(chunk));
  }

  /** The next of an attempt. */
  void piece(int chunk, Message item) {
    if (over) {
      return;
    }
    if (item instanceof Speaker speaker) {
      if (speaker.sampleRateHz() < LEAST_RATE_HZ || speaker.sampleRateHz() > MOST_RATE_HZ) {
        jobs.cancel(job(chunk));
        abandoned(
            chunk,
            new Failure(
                Stage.PLAYBACK,
                FailureKind.INVALID_REQUEST,
                "a sample rate is " + LEAST_RATE_HZ + " to " + MOST_RATE_HZ + " Hz"));
        return;
      }
      if (voice.disagrees(chunk, speaker.engine(), mayBeAskedAgain(chunk))) {
        askAgain(chunk);
        return;
      }
      voice.others().stream().filter(this::mayBeAskedAgain).forEach(this::askAgain);
      playout.open(chunk, speaker.sampleRateHz(), speaker.byText(), speaker.engine(), inbox.now());
      tap.piece(chunk, speaker, inbox.now());
    } else if (item instanceof SpeechNotice) {
      link.tell(item);
    } else if (item instanceof Frame frame) {
      switch (playout.frame(chunk, frame.pcm(), frame.words(), inbox.now())) {
        case OVERRUN -> jobs.cutOff(job(chunk));
        case GIVEN_UP -> {
          jobs.cancel(job(chunk));
          tellSpoken(new ChunkSpoken(chunk, 1, -1, -1, -1));
        }
        case YES -> tap.piece(chunk, frame, inbox.now());
      }
    }
  }

  private boolean mayBeAskedAgain(int chunk) {
    return playout.untouched(chunk) && texts.has(chunk);
  }

  /** It is spoken in another voice than the turn is, and not heard yet. */
  private void askAgain(int chunk) {
    jobs.cancel(job(chunk));
    playout.restart(chunk);
    voice.restarted(chunk);
    settled.clear(chunk);
    tap.known(chunk, inbox.now());
    hold(chunk);
  }

  /** Nobody gets on with a chunk for now, for a reason that is known. */
  void waits(int chunk, String why) {
    if (!over) {
      link.tell(new SpeechWait(chunk, why));
    }
  }

  void interrupted(int chunk) {
    playout.lost(chunk);
  }

  /** A chunk is wholly received. */
  void spoken(int chunk, JobReport how) {
    if (over) {
      return;
    }
    skippedInARow = 0;
    tellSpoken(
        new ChunkSpoken(
            chunk, how.attempts(), how.waitNanos(), how.firstNanos(), how.totalNanos()));
    playout.received(chunk, inbox.now());
    jobs.roomChanged(name);
  }

  private void tellSpoken(ChunkSpoken spoken) {
    settled(spoken.chunk());
    link.tell(spoken);
  }

  private void settled(int chunk) {
    settled.set(chunk);
    tap.settled(chunk);
    texts.forgetBefore(settled.nextClearBit(first), SpeechJob.CONTEXT_CHARS);
    voice.forgetBefore(playout.head());
  }

  /** A chunk cannot be spoken: the turn goes on without it, unless that is how all will end. */
  void abandoned(int chunk, Failure why) {
    if (over) {
      return;
    }
    skipped++;
    skippedInARow++;
    lastSkip = why;
    boolean hopeless =
        switch (why.kind()) {
          case UNAUTHENTICATED, QUOTA, UNAVAILABLE -> true;
          case INTERNAL,
              INVALID_REQUEST,
              RATE_LIMITED,
              TIMEOUT,
              CANCELLED,
              LOST,
              BLOCKED,
              NOT_FOUND,
              TOO_LARGE ->
              skippedInARow >= MAX_SKIPPED_IN_A_ROW;
        };
    if (hopeless) {
      breakOff(chunk, why);
    } else if (!failIfAllSkipped()) {
      settled(chunk);
      link.tell(new ChunkSkipped(chunk, why));
      playout.skip(chunk, inbox.now());
      jobs.roomChanged(name);
    }
  }

  /** Nothing can be spoken from this chunk on: what was before it is heard, and then it is told. */
  private void breakOff(int chunk, Failure why) {
    if (chunk == first && playout.untouched(chunk)) {
      fail(why);
      return;
    }
    brokenOff = true;
    report.breaksOff(why);
    for (int later = chunk + 1; later < known; later++) {
      jobs.cancel(job(later));
    }
    length = chunk + 1;
    // First: what has come of later chunks must not be heard behind the gap.
    playout.length(length, inbox.now());
    playout.skip(chunk, inbox.now());
  }

  /** A turn of which nothing can be heard has failed. */
  private boolean failIfAllSkipped() {
    Failure why = lastSkip;
    if (why == null || first > 0 || length == UNKNOWN || skipped < length) {
      return false;
    }
    fail(why);
    return true;
  }

  // The end.

  /** The turn cannot go on; its owner hears why. */
  void fail(Failure why) {
    if (!over) {
      link.fail(why);
      discard();
    }
  }

  /** The turn is over elsewhere. */
  void discard() {
    if (!over) {
      over = true;
      playout.close();
      sink.cancel();
      end();
    }
  }

  /** Everything was played, and the owner has all of it. */
  private void finished() {
    if (!over) {
      over = true;
      end();
    }
  }

  private void end() {
    memory.close();
    listener.over(name);
  }
}
