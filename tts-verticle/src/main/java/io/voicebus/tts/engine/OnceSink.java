package io.voicebus.tts.engine;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards a caller's sink: passes calls on, one at a time, until the first end, failure or cancel,
 * and none after it. Every engine uses it. Thread-safe.
 */
public final class OnceSink implements SpeechSink, Speech {
  private static final Logger LOG = LoggerFactory.getLogger(OnceSink.class);

  private final SpeechSink sink;
  private final List<Runnable> onClosed = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Guards a sink.
   *
   * @param onClosed runs once, on the thread that closes this sink, before the sink is told
   */
  public OnceSink(SpeechSink sink, Runnable onClosed) {
    this.sink = sink;
    this.onClosed.add(onClosed);
  }

  /** Whether calls are no longer passed on: the engine should stop. */
  public boolean closed() {
    return closed;
  }

  /** Adds a task that runs when this sink is closed, or at once if it is closed already. */
  public synchronized void onClosed(Runnable task) {
    if (closed) {
      task.run();
    } else {
      onClosed.add(task);
    }
  }

  @Override
  public void asked(int chars) {
    sink.asked(chars);
  }

  @Override
  public synchronized void format(int sampleRateHz) {
    if (!closed) {
      sink.format(sampleRateHz);
    }
  }

  @Override
  public synchronized void working() {
    if (!closed) {
      sink.working();
    }
  }

  @Override
  public synchronized void waits(long atLeastMs, String why) {
    if (!closed) {
      sink.waits(atLeastMs, why);
    }
  }

  @Override
  public synchronized void notice(SpeechNotice.Kind kind, String detail) {
    if (!closed) {
      sink.notice(kind, detail);
    }
  }

  @Override
  public synchronized void saved() {
    if (!closed) {
      sink.saved();
    }
  }

  @Override
  public synchronized void frame(byte[] pcm, int spokenChars, int wordSamples) {
    if (!closed) {
      try {
        sink.frame(pcm, spokenChars, wordSamples);
      } catch (RuntimeException e) {
        LOG.warn("a speech was dropped: its sink threw {}", e.getClass().getName());
        cancel();
      }
    }
  }

  @Override
  public synchronized void unconfirmed() {
    if (!closed) {
      sink.unconfirmed();
    }
  }

  @Override
  public void end() {
    close(sink::end);
  }

  @Override
  public void fail(FailureKind kind, String detail) {
    close(() -> sink.fail(kind, detail));
  }

  @Override
  public void cancel() {
    close(() -> {});
  }

  private synchronized void close(Runnable lastWord) {
    if (closed) {
      return;
    }
    closed = true;
    onClosed.forEach(Runnable::run);
    onClosed.clear();
    try {
      lastWord.run();
    } catch (RuntimeException e) {
      LOG.warn("a speech's end was lost: its sink threw {}", e.getClass().getName());
    }
  }
}
