package io.voicebus.embedding;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioEncoder;
import io.voicebus.audio.AudioFormat;
import io.voicebus.bus.VertxBus;
import io.voicebus.bus.VoicebusException;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** One turn, from the event loop that it is bound to, to a thread that writes it to a stream. */
final class SpokenStream implements AudioListener {
  /** So much waits to be written; then the voice waits, too. */
  private static final int ENOUGH_BYTES = 256 * 1024;

  /** Follows the last piece. */
  private static final byte[] END = {};

  private final VertxBus bus;
  private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AudioEncoder wav = AudioCoding.of(AudioFormat.WAV).encoder();

  /** Why it broke off; empty if it did not. */
  private volatile String failure = "";

  /** Touched on the turn's context only. */
  private Turn turn;

  SpokenStream(VertxBus bus) {
    this.bus = bus;
  }

  /** Starts the turn; on the context of its owner. */
  void begin(TurnOwner owner, TurnRequest request) {
    try {
      turn = owner.start(request, this::onEvent);
      turn.listen(this);
    } catch (VoicebusException e) {
      // There are too many turns, for instance.
      end(e.getMessage());
    }
  }

  private void onEvent(TurnEvent event) {
    if (event instanceof TurnEvent.Ended ended) {
      end(ended.failure() == null ? "" : ended.failure().detail());
    }
  }

  private void end(String why) {
    failure = why;
    pieces.add(END);
  }

  @Override
  public void format(int sampleRateHz) {
    add(wav.begin(sampleRateHz));
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    add(wav.encode(pcm));
  }

  private void add(byte[] bytes) {
    pieces.add(bytes);
    if (waiting.addAndGet(bytes.length) > ENOUGH_BYTES) {
      turn.pauseAudio();
    }
  }

  /** Writes what comes, until the turn's end; on a thread that may block. */
  void writeTo(OutputStream out) throws IOException {
    try {
      for (byte[] piece = pieces.take(); piece != END; piece = pieces.take()) {
        out.write(piece);
        out.flush();
        if (waiting.addAndGet(-piece.length) <= ENOUGH_BYTES) {
          bus.execute(() -> turn.resumeAudio());
        }
      }
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
    } catch (IOException e) {
      // For a turn that has ended this means nothing.
      bus.execute(() -> cancel("its listener has gone"));
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      bus.execute(() -> cancel("its application stops"));
      throw new InterruptedIOException();
    }
  }

  private void cancel(String why) {
    if (turn != null) {
      turn.cancel(why);
    }
  }
}
