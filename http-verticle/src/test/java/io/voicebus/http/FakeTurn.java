package io.voicebus.http;

import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Asked;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Position;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextDelta;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One turn in the {@link FakePipeline}. Its methods may be called from any thread, in order. */
final class FakeTurn {
  /** A stream's items are no longer than 32 KiB. */
  private static final int PIECE_BYTES = 16 * 1024;

  private final Inbox inbox;
  private final Prompt prompt;
  private final BlockingQueue<Position> positions;
  private final BlockingQueue<Boolean> away;
  private final CompletableFuture<Throwable> promptCancelled = new CompletableFuture<>();
  private final CompletableFuture<Throwable> playoutCancelled = new CompletableFuture<>();
  private final AtomicLong flooded = new AtomicLong();
  private int attempts;
  private final @Nullable Link text;
  private final BlockingQueue<Message> written;
  private final Link chunker;
  private final Link playback;

  FakeTurn(
      Inbox inbox,
      Prompt prompt,
      BlockingQueue<Position> positions,
      BlockingQueue<Boolean> away,
      BlockingQueue<Message> written,
      @Nullable Link text,
      Link chunker,
      Link playback) {
    this.inbox = inbox;
    this.prompt = prompt;
    this.positions = positions;
    this.away = away;
    this.written = written;
    this.text = text;
    this.chunker = chunker;
    this.playback = playback;
    if (text == null) {
      promptCancelled.completeExceptionally(new IllegalStateException("its client writes"));
    } else {
      text.onFailure(why -> promptCancelled.complete(why.toException()));
    }
    chunker.onFailure(ignored -> {});
    playback.onFailure(why -> playoutCancelled.complete(why.toException()));
  }

  Prompt prompt() {
    return prompt;
  }

  /** What the chunker is told next; waits for it. */
  Message nextWritten() throws InterruptedException {
    Message next = written.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was written");
    }
    return next;
  }

  /** Whether the chunker was told more, after all that is on its way has come. */
  boolean anythingWritten() throws Exception {
    CompletableFuture<Void> turned = new CompletableFuture<>();
    inbox.after(100_000_000, () -> turned.complete(null));
    turned.get(10, TimeUnit.SECONDS);
    return !written.isEmpty();
  }

  FakeTurn text(String delta) {
    return on(Stage.TEXT, new TextDelta(delta));
  }

  FakeTurn caption(int chunk, String words) {
    return on(Stage.CHUNKER, new ChunkCaption(chunk, words, 0, words.length()));
  }

  /** A text that is a chunk, and spoken, so that the next one may come. */
  FakeTurn speaks(int chunk, String words) {
    long start = (long) chunk * words.length();
    return text(words)
        .on(Stage.CHUNKER, new ChunkCaption(chunk, words, start, start + words.length()))
        .on(Stage.PLAYBACK, new ChunkSpoken(chunk, 1, 0, 0, 0));
  }

  FakeTurn format(int sampleRateHz) {
    return on(Stage.PLAYBACK, new PlayoutFormat(sampleRateHz));
  }

  FakeTurn mark(PlayoutMark.Kind kind, int chunk, long atSample) {
    return on(Stage.PLAYBACK, new PlayoutMark(kind, chunk, atSample));
  }

  FakeTurn audio(byte[] pcm) {
    for (int from = 0; from < pcm.length; from += PIECE_BYTES) {
      byte[] piece = Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + PIECE_BYTES));
      on(Stage.PLAYBACK, new ChunkAudio(0, piece));
    }
    return this;
  }

  FakeTurn on(Stage stage, Message item) {
    inbox.execute(() -> stream(stage).write(item));
    return this;
  }

  /** Writes audio whenever there is credit, until so many bytes are written, and then ends. */
  FakeTurn flood(long bytes) {
    inbox.execute(
        () -> {
          stream(Stage.PLAYBACK).drainHandler(ignored -> pour(bytes));
          pour(bytes);
        });
    return this;
  }

  private void pour(long bytes) {
    BusWriteStream playout = stream(Stage.PLAYBACK);
    while (playout.isOpen() && !playout.writeQueueFull() && flooded.get() < bytes) {
      byte[] piece = new byte[(int) Math.min(8192, bytes - flooded.get())];
      for (int i = 0; i < piece.length; i++) {
        piece[i] = sample(flooded.get() + i);
      }
      flooded.addAndGet(piece.length);
      playout.write(new ChunkAudio(0, piece));
    }
    if (flooded.get() >= bytes && playout.isOpen()) {
      playout.end();
    }
  }

  /** The byte at this place of a flood. */
  static byte sample(long at) {
    return (byte) (at * 31 + at / 251);
  }

  /** How much of the flood has been written so far. */
  long flooded() {
    return flooded.get();
  }

  FakeTurn end(Stage... stages) {
    for (Stage stage : stages) {
      if (stage == Stage.TEXT) {
        promptCancelled.completeExceptionally(new IllegalStateException("it has ended"));
      }
      inbox.execute(() -> stream(stage).end());
    }
    return this;
  }

  /** Another attempt gives so many characters to an engine. */
  FakeTurn asked(int chunk, int chars) {
    int attempt = ++attempts;
    inbox.execute(
        () ->
            inbox.send(
                prompt.turn().owner(),
                new Asked(inbox.address(), prompt.turn().turn(), chunk, chars, chars, 0, attempt)));
    return this;
  }

  FakeTurn finish() {
    return text == null
        ? end(Stage.CHUNKER, Stage.PLAYBACK)
        : end(Stage.TEXT, Stage.CHUNKER, Stage.PLAYBACK);
  }

  FakeTurn fail(Failure failure) {
    return fail(failure.stage(), failure);
  }

  /** The same, told by a stage that is not its own. */
  FakeTurn fail(Stage stage, Failure failure) {
    inbox.execute(() -> link(stage).fail(failure));
    return this;
  }

  /** Playback fails with what another stage has told it. */
  FakeTurn failAs(Failure failure) {
    inbox.execute(() -> link(Stage.PLAYBACK).fail(failure));
    return this;
  }

  /** Waits until the turn is cancelled at the text source and at playback. */
  void awaitCancelled() throws Exception {
    if (!promptCancelled.isCompletedExceptionally()) {
      promptCancelled.get(10, TimeUnit.SECONDS);
    }
    playoutCancelled.get(10, TimeUnit.SECONDS);
  }

  Position awaitPosition() throws InterruptedException {
    Position position = positions.poll(10, TimeUnit.SECONDS);
    if (position == null) {
      throw new AssertionError("no position came");
    }
    return position;
  }

  /** Waits until playback is told that nobody hears the turn for now, or that somebody does. */
  void awaitAway(boolean away) throws InterruptedException {
    Boolean told = this.away.poll(10, TimeUnit.SECONDS);
    while (told != null && told != away) {
      told = this.away.poll(10, TimeUnit.SECONDS);
    }
    if (told == null) {
      throw new AssertionError("the turn was not " + (away ? "put on hold" : "resumed"));
    }
  }

  private BusWriteStream stream(Stage stage) {
    return link(stage).out();
  }

  private Link link(Stage stage) {
    return switch (stage) {
      case TEXT -> Objects.requireNonNull(text);
      case CHUNKER -> chunker;
      case PLAYBACK -> playback;
      case OWNER, SPEECH -> throw new AssertionError(stage + " has no link");
    };
  }
}
