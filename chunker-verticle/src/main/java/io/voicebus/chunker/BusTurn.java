package io.voicebus.chunker;

import io.voicebus.bus.Bus;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.chunker.spoken.SaidText;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.SpeechJob;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnContext;
import io.voicebus.queue.Job;
import io.voicebus.queue.JobHolder;
import io.voicebus.queue.JobReport;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn at the chunker: deltas come in, jobs are held until playback has them, the owner is
 * told.
 */
final class BusTurn {
  /** Text that waits to be spoken, in characters, at which the model is paused. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  /** So many chunks in a row that could not be spoken end the turn. */
  private static final int MAX_SKIPPED_IN_A_ROW = 3;

  private final Inbox inbox;
  private final JobHolder holder;
  private final TurnContext turn;
  private final BusReadStream<TextDelta> text;
  private final TurnChunks chunks;
  private final JobText jobText;
  private final Runnable onOver;
  private final ArrayDeque<Message> early = new ArrayDeque<>();
  private final long begunAt;

  private @Nullable BusWriteStream<Message> report;
  private Bus.@Nullable Timer stall;
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
      TurnChunks chunks,
      JobText jobText,
      Runnable onOver) {
    this.inbox = inbox;
    this.holder = holder;
    this.turn = turn;
    this.text = text;
    this.chunks = chunks;
    this.jobText = jobText;
    this.onOver = onOver;
    this.begunAt = inbox.now();
  }

  void begin() {
    text.handler(delta -> speak(chunks.accept(delta.text(), inbox.now())));
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

  private void speak(List<SpeakableChunk> ready) {
    hold(ready);
    stopStall();
    if (!over && !paused) {
      chunks
          .waitNanos(inbox.now())
          .ifPresent(
              wait ->
                  stall =
                      inbox.after(
                          wait,
                          () -> {
                            stall = null;
                            speak(chunks.waited(inbox.now()));
                          }));
    }
  }

  /** Each chunk knows the one after it, if that has come already. */
  private void hold(List<SpeakableChunk> ready) {
    List<SaidText> words = ready.stream().map(jobText::of).toList();
    for (int i = 0; i < ready.size(); i++) {
      hold(ready.get(i), words.get(i), i + 1 < ready.size() ? words.get(i + 1).said() : "");
    }
  }

  private void hold(SpeakableChunk chunk, SaidText said, String next) {
    if (over) {
      return;
    }
    if (made == 0) {
      tell(new StageTiming("first-chunk", inbox.now() - begunAt));
    }
    String words = said.said();
    SourceMap map = new SourceMap(chunk.map());
    tell(
        new ChunkCaption(
            chunk.index(),
            chunk.text(),
            chunk.sourceStart(),
            chunk.sourceEnd(),
            words.length(),
            chunk.ended(),
            words.equals(chunk.text())
                ? chunk.map()
                : map.through(words.length(), said::writtenAt).points()));
    made++;
    aheadChars += words.length();
    if (aheadChars > MAX_AHEAD_CHARS && !paused) {
      paused = true;
      text.pause();
    }
    SpeechJob speech = new SpeechJob(turn, words, previous, next, chunk.ended());
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
    hold(chunks.flush(inbox.now()));
    chunks.unspoken().forEach(this::tell);
    textEnded = true;
    tell(new TextLength(made));
    settle();
  }

  /** Playback has wholly received a chunk. */
  void done(Job job, JobReport jobReport) {
    skippedInARow = 0;
    chunks.done(job.estimatedMs(), jobReport.firstNanos(), jobReport.totalNanos(), inbox.now());
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
    chunks.skipped(job.estimatedMs());
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
      speak(List.of());
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
