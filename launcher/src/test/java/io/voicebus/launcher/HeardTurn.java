package io.voicebus.launcher;

import io.voicebus.bus.VoicebusException;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a test's listener got of one turn. */
final class HeardTurn implements Consumer<TurnEvent>, AudioListener {
  private final Consumer<Runnable> context;
  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final List<TurnEvent> events = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<TurnEvent.Ended> ended = new CompletableFuture<>();
  private final CompletableFuture<Integer> firstAudio = new CompletableFuture<>();
  private final CompletableFuture<TurnEvent.Spoken> firstSpoken = new CompletableFuture<>();
  private final CompletableFuture<TurnEvent.Mark> firstMark = new CompletableFuture<>();
  private final CompletableFuture<Integer> enough = new CompletableFuture<>();
  private int textAtFirstAudio = -1;
  private int wantedBytes = Integer.MAX_VALUE;
  private @Nullable Turn turn;

  HeardTurn(Consumer<Runnable> context) {
    this.context = context;
  }

  void of(Turn newTurn) {
    turn = newTurn;
  }

  private Turn turn() {
    if (turn == null) {
      throw new IllegalStateException("not started");
    }
    return turn;
  }

  void listen() {
    context.accept(() -> turn().listen(this));
  }

  /** Listens, and never takes more than the first piece. */
  void listenWithoutReading() {
    context.accept(
        () -> {
          turn().listen(this);
          turn().pauseAudio();
        });
  }

  void resume() {
    context.accept(() -> turn().resumeAudio());
  }

  /** What the turn waits for, as soon as it says so in these words. */
  String waitsFor(String words) {
    CompletableFuture<String> told = new CompletableFuture<>();
    askUntil(words, told);
    return get(told);
  }

  private void askUntil(String words, CompletableFuture<String> told) {
    context.accept(
        () -> {
          String what = turn().waitsFor().what();
          if (what.contains(words)) {
            told.complete(what);
          } else if (!turn().hasEnded()) {
            askUntil(words, told);
          }
        });
  }

  void position(long playedMs, boolean paused) {
    context.accept(() -> turn().position(playedMs, paused));
  }

  void cancel() {
    context.accept(() -> turn().cancel("the test says so"));
  }

  /** Puts it on hold; how much audio had come by then. */
  int hold() {
    CompletableFuture<Integer> held = new CompletableFuture<>();
    context.accept(
        () -> {
          turn().hold(-1);
          held.complete(pcm().length);
        });
    return get(held);
  }

  /** Goes on after that. */
  void release() {
    context.accept(() -> turn().release(-1));
  }

  /** Waits until so much audio has come. */
  void audio(int bytes) {
    synchronized (this) {
      wantedBytes = bytes;
      tellIfEnough();
    }
    get(enough);
  }

  private void tellIfEnough() {
    if (pcm.size() >= wantedBytes) {
      enough.complete(pcm.size());
    }
  }

  /** Waits until playback has begun to say where it stands, whether anybody listens or not. */
  void begun() {
    get(firstMark);
  }

  /** Waits until playback has wholly received a chunk. */
  void spoken() {
    get(firstSpoken);
  }

  TurnEvent.Ended ended() {
    return get(ended);
  }

  /** Waits for the first audio; how much text had arrived by then. */
  int firstAudio() {
    return get(firstAudio);
  }

  /** The text that was heard, by its samples. */
  String heard() {
    return ScriptedVoice.textOf(pcm());
  }

  synchronized byte[] pcm() {
    return pcm.toByteArray();
  }

  /** The text as it was streamed. */
  synchronized String text() {
    return text.toString();
  }

  /** What the chunker made of it, in order. */
  List<String> captions() {
    return events(TurnEvent.Caption.class).stream().map(event -> event.chunk().text()).toList();
  }

  synchronized <E extends TurnEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void accept(TurnEvent event) {
    if (event instanceof TurnEvent.Text delta) {
      synchronized (this) {
        text.append(delta.text());
      }
    } else {
      synchronized (this) {
        events.add(event);
      }
    }
    if (event instanceof TurnEvent.Mark mark) {
      firstMark.complete(mark);
    } else if (event instanceof TurnEvent.Spoken spoken) {
      firstSpoken.complete(spoken);
    } else if (event instanceof TurnEvent.Ended end) {
      ended.complete(end);
    }
  }

  @Override
  public void format(int sampleRateHz) {}

  @Override
  public synchronized void audio(int chunk, byte[] piece) {
    if (textAtFirstAudio < 0) {
      textAtFirstAudio = text.length();
      firstAudio.complete(textAtFirstAudio);
    }
    pcm.writeBytes(piece);
    tellIfEnough();
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(110, TimeUnit.SECONDS); // a megabyte on a busy machine
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VoicebusException voicebus) {
        throw voicebus;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
