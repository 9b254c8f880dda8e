package io.voicebus.chunker;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.chunker.spoken.SaidText;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.SpokenForm;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextLength;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One turn at the chunker: deltas come in over a link, chunks go back. NOT thread safe. */
final class BusTurn {
  private final Inbox inbox;
  private final Link link;
  private final TurnChunks chunks;
  private final JobText jobText;
  private final Runnable onOver;
  private final long begunAt;

  /** Of the chunks that are not spoken yet. */
  private final Map<Integer, Long> estimates = new HashMap<>();

  private Bus.@Nullable Timer stall;
  private int next;
  private boolean first = true;
  private boolean paused;

  /** Chunks that wait for the language of the one before them, which is being loaded. */
  private final ArrayDeque<SpeakableChunk> waiting = new ArrayDeque<>();

  private boolean loading;

  /** Whether the whole text has been cut into chunks. */
  private boolean complete;

  private boolean over;

  /**
   * A turn.
   *
   * @param nextChunk the index of its first chunk here
   */
  BusTurn(
      Inbox inbox, Link link, TurnChunks chunks, JobText jobText, int nextChunk, Runnable onOver) {
    this.inbox = inbox;
    this.link = link;
    this.chunks = chunks;
    this.jobText = jobText;
    this.next = nextChunk;
    this.onOver = onOver;
    this.begunAt = inbox.now();
  }

  void begin() {
    link.in().handler(this::onItem);
    link.in().endHandler(ended -> flush());
    link.onFailure(why -> over());
    link.out().drainHandler(drained -> resume());
  }

  private void onItem(Message item) {
    if (over) {
      return;
    }
    if (item instanceof TextDelta delta) {
      speak(chunks.accept(delta.text(), inbox.now()));
    } else if (item instanceof TextFlush) {
      speak(chunks.cut(inbox.now()));
    } else if (item instanceof ChunkSpoken spoken) {
      Long estimate = estimates.remove(spoken.chunk());
      if (estimate != null) {
        chunks.done(estimate, spoken.firstFrameNanos(), spoken.speechNanos(), inbox.now());
      }
    } else if (item instanceof ChunkSkipped skipped) {
      Long estimate = estimates.remove(skipped.chunk());
      if (estimate != null) {
        chunks.skipped(estimate);
      }
    }
  }

  private void speak(List<SpeakableChunk> ready) {
    waiting.addAll(ready);
    sayWaiting();
    stopStall();
    if (!over && !paused && !loading) {
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

  /** In order: while a language is loaded nothing more is read, and other turns go on. */
  private void sayWaiting() {
    while (!over && !loading && !waiting.isEmpty()) {
      SpeakableChunk chunk = waiting.remove();
      loading = true;
      boolean[] atOnce = {true};
      jobText.prepare(
          chunk,
          () -> {
            loading = false;
            if (atOnce[0]) {
              tell(chunk);
            } else {
              loaded(chunk);
            }
          });
      atOnce[0] = false;
    }
    if (complete && !over && !loading) {
      finish();
    } else if (loading) {
      link.in().pause();
    }
  }

  /** A failure here fails this turn, and not the others that waited for the same words. */
  private void loaded(SpeakableChunk chunk) {
    if (over) {
      return;
    }
    try {
      tell(chunk);
      sayWaiting();
    } catch (RuntimeException e) {
      fail(Failure.of(Stage.CHUNKER, e));
      return;
    }
    if (!over && !loading && !paused) {
      link.in().resume();
      speak(List.of());
    }
  }

  private void tell(SpeakableChunk chunk) {
    SaidText said = jobText.say(chunk);
    if (first) {
      first = false;
      link.tell(new StageTiming("first-chunk", inbox.now() - begunAt));
    }
    String words = said.said();
    long estimatedMs = SpeechLength.estimateMs(words);
    SourceMap map = new SourceMap(chunk.map());
    link.tell(
        new ChunkCaption(
            chunk.index(),
            chunk.text(),
            chunk.sourceStart(),
            chunk.sourceEnd(),
            words,
            estimatedMs,
            chunk.ended(),
            words.equals(chunk.text())
                ? chunk.map()
                : map.through(words.length(), said::writtenAt).points(),
            jobText.lastLanguage(),
            said.edits().stream()
                .map(
                    edit ->
                        new SpokenForm(edit.start(), edit.end(), edit.saidStart(), edit.saidEnd()))
                .toList()));
    estimates.put(chunk.index(), estimatedMs);
    next = chunk.index() + 1;
    if (link.out().writeQueueFull() && !paused) {
      paused = true;
      link.in().pause();
    }
  }

  private void resume() {
    if (paused && !over) {
      paused = false;
      if (!loading) {
        link.in().resume();
        speak(List.of());
      }
    }
  }

  /** The text has ended: cuts the rest of it, and tells it. */
  private void flush() {
    if (over) {
      return;
    }
    stopStall();
    complete = true;
    waiting.addAll(chunks.flush(inbox.now()));
    sayWaiting();
  }

  private void finish() {
    chunks.unspoken().forEach(link::tell);
    link.tell(new TextLength(next));
    link.out().end();
    over();
  }

  /** The turn cannot go on here. */
  void fail(Failure why) {
    link.fail(why);
    over();
  }

  private void over() {
    if (!over) {
      over = true;
      stopStall();
      estimates.clear();
      waiting.clear();
      onOver.run();
    }
  }

  private void stopStall() {
    if (stall != null) {
      stall.cancel();
      stall = null;
    }
  }
}
