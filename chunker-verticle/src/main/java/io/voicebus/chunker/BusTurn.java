package io.voicebus.chunker;

import io.voicebus.contract.Bus;
import io.voicebus.contract.BusReadStream;
import io.voicebus.contract.BusWriteStream;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Failure;
import io.voicebus.contract.FailureKind;
import io.voicebus.contract.Inbox;
import io.voicebus.contract.Job;
import io.voicebus.contract.JobHolder;
import io.voicebus.contract.JobId;
import io.voicebus.contract.JobReport;
import io.voicebus.contract.Message;
import io.voicebus.contract.Pace;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.SpeechJob;
import io.voicebus.contract.Stage;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One turn at the chunker: deltas come in, jobs are held until playback has them, the owner is
 * told.
 */
final class BusTurn {
  /** Text that waits to be spoken, in characters, at which the model is paused. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  /** A sentence waits for another one no longer than this: the model has stalled. */
  private static final long MAX_WAIT_NANOS = 1_000_000_000;

  /** So many chunks in a row that could not be spoken end the turn. */
  private static final int MAX_SKIPPED_IN_A_ROW = 3;

  private final Inbox inbox;
  private final JobHolder holder;
  private final TurnContext turn;
  private final BusReadStream<TextDelta> text;
  private final Chunker chunker;
  private final JobText jobText;
  private final Runnable onOver;
  private final ArrayDeque<Message> early = new ArrayDeque<>();
  private final long begunAt;

  private @Nullable BusWriteStream<Message> report;
  private Bus.@Nullable Timer stall;
  private final VoicePace pace = new VoicePace();
  private final ChunkGroup group;
  private String previous = "";
  private int made;
  private int settled;
  private int skipped;
  private int skippedInARow;
  private @Nullable Failure lastSkip;

  /** What the owner is told when its stream opens too late. */
  private Failure untold = new Failure(Stage.CHUNKER, FailureKind.CANCELLED, "the turn has ended");

  private int aheadChars;
  private boolean paused;
  private boolean textEnded;
  private boolean over;

  BusTurn(
      Inbox inbox,
      JobHolder holder,
      TurnContext turn,
      BusReadStream<TextDelta> text,
      Chunker chunker,
      JobText jobText,
      int maxChars,
      Runnable onOver) {
    this.inbox = inbox;
    this.holder = holder;
    this.turn = turn;
    this.text = text;
    this.chunker = chunker;
    this.jobText = jobText;
    this.group = new ChunkGroup(maxChars);
    this.onOver = onOver;
    this.begunAt = inbox.now();
  }

  void begin() {
    text.handler(delta -> accept(chunker.accept(delta.text(), inbox.now())));
    text.endHandler(ignored -> flush());
    // The text source mostly tells the owner itself, but not when it has finished, and text is lost
    // after.
    text.exceptionHandler(why -> fail(Failure.of(Stage.TEXT, why)));
    inbox
        .<Message>open(turn.owner(), new ReportOpen(turn.turn(), Stage.CHUNKER))
        .onSuccess(this::adopt)
        .onFailure(why -> drop(Failure.of(Stage.CHUNKER, why)));
  }

  private void adopt(BusWriteStream<Message> stream) {
    if (over) {
      stream.fail(untold);
      return;
    }
    report = stream;
    stream.exceptionHandler(why -> drop(Failure.of(Stage.CHUNKER, why)));
    Message waiting;
    while ((waiting = early.poll()) != null) {
      stream.write(waiting);
    }
    settle();
  }

  private void accept(List<SpeakableChunk> sentences) {
    boolean grows = turn.options().pace() == Pace.REALTIME;
    hold(group.add(sentences, grows ? pace.speechMs(inbox.now()) : 0));
    stopStall();
    if (over || paused) {
      return;
    }
    OptionalLong deadline = chunker.deadlineNanos();
    long wait =
        deadline.isPresent() ? Math.max(0, deadline.getAsLong() - inbox.now()) : Long.MAX_VALUE;
    if (!group.isEmpty()) {
      wait = Math.min(wait, Math.min(pace.spareNanos(inbox.now()), MAX_WAIT_NANOS));
    }
    if (wait < Long.MAX_VALUE) {
      stall = inbox.after(wait, this::waited);
    }
  }

  /** Nothing has come for so long that what is held, by the scanner or the group, goes out. */
  private void waited() {
    stall = null;
    List<SpeakableChunk> freed = chunker.poll(inbox.now());
    hold(group.release());
    accept(freed);
  }

  /** Each chunk knows the one after it, if that has come already. */
  private void hold(List<SpeakableChunk> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      hold(chunks.get(i), i + 1 < chunks.size() ? jobText.of(chunks.get(i + 1)) : "");
    }
  }

  private void hold(SpeakableChunk chunk, String next) {
    if (over) {
      return;
    }
    if (made == 0) {
      tell(new StageTiming("first-chunk", inbox.now() - begunAt));
    }
    String words = jobText.of(chunk);
    tell(
        new ChunkCaption(
            chunk.index(), chunk.text(), chunk.sourceStart(), chunk.sourceEnd(), words.length()));
    made++;
    aheadChars += words.length();
    if (aheadChars > MAX_AHEAD_CHARS && !paused) {
      paused = true;
      text.pause();
    }
    SpeechJob speech = new SpeechJob(turn, words, previous, next);
    previous = words;
    holder.hold(
        new Job(
            new JobId(turn.turn(), chunk.index()),
            turn.playback(),
            SpeechLength.estimateMs(words),
            speech));
  }

  private void flush() {
    stopStall();
    hold(group.add(chunker.flush(), 0));
    hold(group.release());
    textEnded = true;
    tell(new TextLength(made));
    settle();
  }

  /** Playback has wholly received a chunk. */
  void done(Job job, JobReport jobReport) {
    skippedInARow = 0;
    pace.done(job.estimatedMs(), jobReport.firstNanos(), jobReport.totalNanos(), inbox.now());
    tell(
        new ChunkSpoken(
            job.id().chunk(),
            jobReport.attempts(),
            jobReport.waitNanos(),
            jobReport.firstNanos(),
            jobReport.totalNanos()));
    settled(job);
  }

  /** A chunk cannot be spoken: the turn goes on without it, unless that is how all will end. */
  void abandoned(Job job, Failure why) {
    skipped++;
    lastSkip = why;
    skippedInARow++;
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
              skippedInARow >= MAX_SKIPPED_IN_A_ROW || (textEnded && skipped == made);
        };
    if (hopeless) {
      fail(why);
    } else {
      tell(new ChunkSkipped(job.id().chunk(), why));
      settled(job);
    }
  }

  private void settled(Job job) {
    settled++;
    aheadChars -= job.payload() instanceof SpeechJob speech ? speech.text().length() : 0;
    if (paused && aheadChars <= MAX_AHEAD_CHARS / 2) {
      paused = false;
      text.resume();
      accept(List.of());
    }
    settle();
  }

  private void settle() {
    if (textEnded && settled == made && report != null && !over) {
      if (made > 0 && skipped == made && lastSkip != null) {
        fail(lastSkip);
        return;
      }
      over = true;
      report.end();
      onOver.run();
    }
  }

  private void tell(Message item) {
    if (report != null) {
      report.write(item);
    } else if (!over) {
      early.add(item);
    }
  }

  /** The turn cannot go on here. */
  void fail(Failure why) {
    if (over) {
      return;
    }
    untold = why;
    if (report != null) {
      report.fail(why);
    }
    drop(why);
  }

  /** The turn is over elsewhere. */
  void drop(Failure why) {
    if (over) {
      return;
    }
    over = true;
    stopStall();
    early.clear();
    holder.drop(turn.turn());
    text.cancel(new Failure(why.stage(), FailureKind.CANCELLED, why.detail()));
    onOver.run();
  }

  private void stopStall() {
    if (stall != null) {
      stall.cancel();
      stall = null;
    }
  }
}
