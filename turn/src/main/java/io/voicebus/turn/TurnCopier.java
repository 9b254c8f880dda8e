package io.voicebus.turn;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Asked;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.CopiedFact;
import io.voicebus.contract.CopiedFacts;
import io.voicebus.contract.CopyKept;
import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Position;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextTakenBack;
import io.voicebus.contract.WordMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An owner's side of a turn's copy at another node. The turn waits for it only before audio of
 * which the copy must know who speaks it, and not for long; what a link cannot take within {@link
 * #MAX_PENDING} ends the copy. A node that is lost is replaced by another, which gets the journal
 * so far. NOT thread safe.
 *
 * <p>Text is told with the chunk that it makes, as nobody could go on with the rest of it; of words
 * that come fast several are told at once.
 */
final class TurnCopier {
  /** Bytes that wait for the link. */
  static final long MAX_PENDING = Limits.STREAM_WINDOW;

  /** Of a longer prompt no copy is made, in UTF-16 units. */
  static final int MAX_PROMPT_CHARS = 64 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The same for a node whose link was lost, which most often does not answer at all. */
  private static final Duration AGAIN_PATIENCE = Duration.ofSeconds(1);

  /** A node that has no room is asked again after this. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** How long the holder is asked after this node stood still: networks heal, clusters merge. */
  private static final Duration DOUBT = Duration.ofSeconds(15);

  /** The interval of these questions. */
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);

  /** Facts that may come a moment late are gathered for so long … */
  private static final Duration TOGETHER = Duration.ofMillis(250);

  /** … and over so much audio at most. */
  private static final long TOGETHER_MS = 500;

  private final Inbox inbox;
  private final CopyHolders holders;
  private final CopyOpen head;
  private final Runnable onSuperseded;
  private final Runnable onKnown;
  private final TurnCopy copy = new TurnCopy();
  private final StringBuilder uncut = new StringBuilder();
  private final List<Message> pending = new ArrayList<>();
  private long pendingBytes;
  private long mostPending = MAX_PENDING;
  private long toldSample;
  private long flushedAt;
  private long samplesTogether;

  /** How many facts this link was given. */
  private long queued;

  /** The number of the last of them that must be known before the next audio. */
  private long needed;

  /** How many of them the node has acknowledged. */
  private long kept;

  /** Whether the node acknowledges what it gets, and did so in time. */
  private boolean answers;

  /** Runs while audio waits for the node's acknowledgement. */
  private Bus.@Nullable Timer awaited;

  private boolean opening;
  private boolean made;
  private boolean over;
  private @Nullable Link link;
  private Bus.@Nullable Timer timer;
  private Bus.@Nullable Timer again;

  /** Runs once it is known that the turn is still this owner's; null when that is not in doubt. */
  private @Nullable Runnable onOurs;

  private long doubtsUntil;

  /** Looks for a node as long as there is none. */
  private final Runnable look = this::look;

  /**
   * A copier that has not begun.
   *
   * @param onSuperseded another node owns the turn now
   * @param onKnown what {@link #await} waits for is known, or is not waited for any longer
   */
  TurnCopier(
      Inbox inbox, CopyHolders holders, CopyOpen head, Runnable onSuperseded, Runnable onKnown) {
    this.onKnown = onKnown;
    this.inbox = inbox;
    this.holders = holders;
    this.head = head;
    this.onSuperseded = onSuperseded;
    over = head.prompt().length() > MAX_PROMPT_CHARS;
    if (!over) {
      look();
    }
  }

  private void look() {
    if (over || opening || link != null) {
      return;
    }
    String holder = holders.next(look);
    if (holder != null) {
      open(holder, PATIENCE);
    }
  }

  private void open(String holder, Duration patience) {
    opening = true;
    inbox
        .linkTo(holder, head, patience)
        .onSuccess(
            opened -> {
              opening = false;
              if (over) {
                opened.fail(notNeeded());
              } else {
                adopt(holder, opened);
              }
            })
        .onFailure(
            why -> {
              opening = false;
              refused(holder, Failure.of(Stage.OWNER, why));
            });
  }

  private void refused(String holder, Failure why) {
    if (over) {
      return;
    }
    boolean silent =
        switch (why.kind()) {
          case UNAVAILABLE, TIMEOUT, LOST -> true;
          default -> false;
        };
    if (silent && onOurs != null && inbox.now() < doubtsUntil) {
      again = inbox.after(ASK_AGAIN.toNanos(), () -> ask(holder));
      return;
    }
    switch (why.kind()) {
      case CANCELLED -> superseded();
      case TOO_LARGE -> giveUp();
      case UNAVAILABLE, TIMEOUT, LOST -> {
        holders.forget(holder);
        look();
        if (!opening) {
          ours();
        }
      }
      default -> {
        again = inbox.after(AGAIN.toNanos(), look);
        ours();
      }
    }
  }

  private void adopt(String holder, Link opened) {
    (made ? CopyCounter.MOVED : CopyCounter.MADE).count();
    made = true;
    link = opened;
    pending.clear();
    pendingBytes = 0;
    queued = 0;
    needed = 0;
    kept = 0;
    answers = false;
    copy.facts().forEach(this::queue);
    mostPending = pendingBytes + MAX_PENDING;
    opened.in().handler(item -> told(opened, item));
    opened.out().drainHandler(drained -> flush());
    opened.onFailure(
        why -> {
          link = null;
          waitNoMore();
          if (why.kind() == FailureKind.LOST && !over) {
            // It may be there again, and know that the turn is another's by now.
            open(holder, AGAIN_PATIENCE);
          } else {
            refused(holder, why);
          }
        });
    flush();
    ours();
  }

  /** This node stood still: the copy's holder knows whether another one owns the turn by now. */
  void thawed(Runnable onStillOurs) {
    Link old = link;
    if (over || old == null) {
      return;
    }
    link = null;
    onOurs = onStillOurs;
    doubtsUntil = inbox.now() + DOUBT.toNanos();
    old.fail(notNeeded());
    waitNoMore();
    ask(old.peer());
  }

  private void ask(String holder) {
    if (!over && !opening && link == null) {
      open(holder, AGAIN_PATIENCE);
    }
  }

  /** Whether it is not known yet if the turn is still this owner's. */
  boolean isUnsure() {
    return onOurs != null;
  }

  private void ours() {
    Runnable task = onOurs;
    onOurs = null;
    if (task != null) {
      task.run();
    }
  }

  private void superseded() {
    if (!over) {
      close();
      onSuperseded.run();
    }
  }

  // What the node knows.

  /**
   * Whether the node knows who speaks the next piece of audio, and from which sample on; true also
   * if there is none that answers.
   */
  boolean isKnown() {
    return link == null || !answers || needed <= kept;
  }

  /**
   * Waits until that {@link #isKnown}.
   *
   * @param atMost so long
   */
  void await(Duration atMost) {
    if (awaited == null) {
      awaited =
          inbox.after(
              atMost.toNanos(),
              () -> {
                CopyCounter.LATE.count();
                // Until it answers, the turn does not wait for it again.
                answers = false;
                waitNoMore();
              });
    }
  }

  private void told(Link by, Message item) {
    if (by == link && item instanceof CopyKept told) {
      answers = true;
      kept = told.facts();
      if (needed <= kept) {
        waitNoMore();
      }
    }
  }

  private void waitNoMore() {
    Bus.Timer waiting = awaited;
    awaited = null;
    if (waiting != null) {
      waiting.cancel();
      if (!over) {
        onKnown.run();
      }
    }
  }

  // What happens.

  /** A fact of the turn. */
  void add(Message fact) {
    if (over) {
      return;
    }
    if (fact instanceof TextDelta delta) {
      uncut.append(delta.text());
      return;
    }
    if (fact instanceof TextTakenBack) {
      uncut.setLength(0);
    } else if (!isMinor(fact)) {
      TextDelta.pieces(uncut.toString()).forEach(piece -> take(new TextDelta(piece)));
      uncut.setLength(0);
    }
    if (fact instanceof PlayoutFormat format) {
      samplesTogether = TOGETHER_MS * format.sampleRateHz() / 1000;
    }
    take(fact);
    if (copy.isTooLong()) {
      giveUp();
    } else if (link == null) {
      // The next node gets all facts so far.
      return;
    } else if (!isMinor(fact)
        || sample(fact) - toldSample >= samplesTogether
        || (fact instanceof WordMark && inbox.now() - flushedAt >= TOGETHER.toNanos())) {
      flush();
    } else if (timer == null && !(fact instanceof Position)) {
      timer =
          inbox.after(
              TOGETHER.toNanos(),
              () -> {
                timer = null;
                flush();
              });
    }
  }

  private void take(Message fact) {
    copy.add(fact);
    if (link != null) {
      queue(fact);
    }
  }

  /** Whether a fact may come a moment late. */
  private static boolean isMinor(Message fact) {
    return fact instanceof WordMark
        || fact instanceof ChunkSpoken
        || fact instanceof Position
        || fact instanceof Asked
        || (fact instanceof PlayoutMark mark
            && mark.kind() != PlayoutMark.Kind.CHUNK_END
            && !TurnCopy.precedesAudio(fact));
  }

  private static long sample(Message fact) {
    return fact instanceof WordMark word ? word.atSample() : 0;
  }

  private void queue(Message fact) {
    if (fact instanceof Position && !pending.isEmpty()) {
      int last = pending.size() - 1;
      if (pending.get(last) instanceof Position) {
        pending.set(last, fact);
        return;
      }
    }
    pending.add(fact);
    pendingBytes += fact.weight();
    queued++;
    if (TurnCopy.precedesAudio(fact)) {
      needed = queued;
    }
  }

  private void flush() {
    Link to = link;
    if (to == null || over) {
      return;
    }
    flushedAt = inbox.now();
    int next = 0;
    while (next < pending.size() && !to.out().writeQueueFull()) {
      int end = next;
      long bytes = 0;
      List<CopiedFact> facts = new ArrayList<>();
      while (end < pending.size()
          && (facts.isEmpty() || bytes + pending.get(end).weight() < Limits.MAX_ITEM / 2)) {
        Message fact = pending.get(end++);
        bytes += fact.weight();
        toldSample = Math.max(toldSample, sample(fact));
        facts.add(new CopiedFact(fact));
      }
      next = end;
      pendingBytes -= bytes;
      CopyCounter.PACKETS.count();
      to.tell(new CopiedFacts(facts));
    }
    pending.subList(0, next).clear();
    if (pending.isEmpty()) {
      mostPending = MAX_PENDING;
    } else if (pendingBytes > mostPending) {
      giveUp();
    }
  }

  private void giveUp() {
    CopyCounter.VOID.count();
    ours();
    Link old = link;
    link = null;
    waitNoMore();
    close();
    if (old != null) {
      old.fail(notNeeded());
    }
  }

  // The end.

  /** The turn has finished: its client may still lack the end of it. */
  void finished() {
    if (!over && link != null) {
      flush();
      link.out().end();
      link = null;
    }
    close();
  }

  /**
   * Nobody will go on with the turn; or, if this instance stops, others may.
   *
   * @return whether another node had a copy until now
   */
  boolean end(Failure why) {
    Link old = link;
    if (old != null) {
      flush();
    }
    // What its link does not take ends the copy.
    boolean copied = link != null;
    if (old != null && copied) {
      old.fail(why);
    }
    close();
    return copied;
  }

  private void close() {
    over = true;
    onOurs = null;
    link = null;
    pending.clear();
    copy.clear();
    holders.awaitNoMore(look);
    for (Bus.Timer waiting : Arrays.asList(timer, again, awaited)) {
      if (waiting != null) {
        waiting.cancel();
      }
    }
    timer = null;
    awaited = null;
  }

  private static Failure notNeeded() {
    return new Failure(Stage.OWNER, FailureKind.CANCELLED, "the copy is not needed any more");
  }
}
