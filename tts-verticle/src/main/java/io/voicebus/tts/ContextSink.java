package io.voicebus.tts;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Moves an engine's calls from any thread to one context, in their order. Frames that come before
 * the context runs are handed over together. Calls after an end or a failure have no effect.
 */
final class ContextSink implements SpeechSink {
  /** The most audio of one chunk, in bytes: five minutes at 48 kHz. */
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  /** A frame of an engine, see {@link SpeechSink#frame}. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Piece(byte[] pcm, int spokenChars, int wordSamples) {}

  /** What is called on the context; the methods are those of {@link SpeechSink}. */
  interface Receiver {
    void spokenBy(SpeechEngine engine, String voice);

    void notice(SpeechNotice.Kind kind, String detail);

    void format(int hz);

    void working();

    void waits(String why);

    void asked(int chars);

    void saved();

    /** At least one frame. */
    void frames(List<Piece> pieces);

    void end();

    void fail(FailureKind kind, String detail);
  }

  private final String engine;
  private final Executor context;
  private final Receiver receiver;
  private final List<Piece> waiting = new ArrayList<>();

  /** Whether an end or a failure has come. */
  private volatile boolean closed;

  private long bytes;

  /**
   * A sink without calls.
   *
   * @param engine the name of the engine that calls it, for failures
   * @param context runs tasks one at a time, in their order
   */
  ContextSink(String engine, Executor context, Receiver receiver) {
    this.engine = engine;
    this.context = context;
    this.receiver = receiver;
  }

  @Override
  public void spokenBy(SpeechEngine who, String itsVoice) {
    context.execute(() -> receiver.spokenBy(who, itsVoice));
  }

  @Override
  public void notice(SpeechNotice.Kind kind, String detail) {
    context.execute(() -> receiver.notice(kind, detail));
  }

  @Override
  public void format(int hz) {
    context.execute(() -> receiver.format(hz));
  }

  @Override
  public void working() {
    context.execute(receiver::working);
  }

  @Override
  public void waits(long atLeastMs, String why) {
    context.execute(() -> receiver.waits(why));
  }

  @Override
  public void asked(int chars) {
    context.execute(() -> receiver.asked(chars));
  }

  @Override
  public void saved() {
    context.execute(receiver::saved);
  }

  @Override
  public void frame(byte[] pcm, int spokenChars, int wordSamples) {
    if (closed) {
      return;
    }
    bytes += pcm.length;
    if (bytes > MOST_BYTES) {
      fail(
          FailureKind.TOO_LARGE,
          engine + " gave more than five minutes of sound for one chunk, and did not end");
      return;
    }
    synchronized (waiting) {
      waiting.add(new Piece(pcm, spokenChars, wordSamples));
      if (waiting.size() > 1) {
        return; // it is handed over with the frame before it
      }
    }
    context.execute(this::handOver);
  }

  private void handOver() {
    List<Piece> pieces;
    synchronized (waiting) {
      pieces = List.copyOf(waiting);
      waiting.clear();
    }
    receiver.frames(pieces);
  }

  @Override
  public void end() {
    if (!closed) {
      closed = true;
      context.execute(receiver::end);
    }
  }

  @Override
  public void fail(FailureKind kind, String detail) {
    if (!closed) {
      closed = true;
      context.execute(() -> receiver.fail(kind, detail));
    }
  }
}
