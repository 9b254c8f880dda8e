package io.voicebus.tts.embedded;

import com.sun.speech.freetts.OutputQueue;
import com.sun.speech.freetts.ProcessException;
import com.sun.speech.freetts.Utterance;
import com.sun.speech.freetts.UtteranceProcessor;
import com.sun.speech.freetts.Voice;
import io.voicebus.tts.engine.OnceSink;
import java.util.List;
import java.util.ListIterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One FreeTTS voice object, 16 kHz, which synthesises on the calling thread. All of them share
 * about 6 MB. NOT thread-safe, and {@link #load()} must not run twice at once.
 */
final class Kevin {
  static final int SAMPLE_RATE_HZ = 16_000;

  /** FreeTTS's loggers; held, since java.util.logging forgets the level of one nobody holds. */
  private static final Logger FREETTS = Logger.getLogger("com.sun.speech.freetts");

  static {
    FREETTS.setLevel(Level.OFF); // what goes wrong is reported by failures
  }

  private static final AtomicReference<@Nullable Kevin> EARLY = new AtomicReference<>();

  private final Voice voice;

  private Kevin(Voice voice) {
    this.voice = voice;
  }

  /** Loads one for the next call of {@link #load}. */
  static void loadEarly() {
    EARLY.compareAndSet(null, load());
  }

  static Kevin load() {
    Kevin early = EARLY.getAndSet(null);
    if (early != null) {
      return early;
    }
    return of(new KevinVoice());
  }

  /** Loads a voice of FreeTTS and creates an object for it. */
  static Kevin of(Voice voice) {
    // allocate() starts an output thread unless there is a queue, and only without a queue are
    // samples written on the calling thread
    voice.setOutputQueue(new OutputQueue());
    voice.allocate();
    voice.setOutputQueue(null);
    for (ListIterator<UtteranceProcessor> it = processors(voice).listIterator(); it.hasNext(); ) {
      it.set(new Guarded(it.next()));
    }
    processors(voice).add(new Guarded(new Timed()));
    return new Kevin(voice);
  }

  /**
   * Speaks English text into the framer until done or the sink is closed.
   *
   * @param speed 1 as it is; twice as fast for 2
   * @throws RuntimeException if FreeTTS cannot; this object should not be used again
   */
  void say(EnglishSpeakable text, double speed, PcmFramer out, OnceSink sink) {
    KevinPlayback playback = new KevinPlayback(text, out, sink);
    voice.setDurationStretch((float) (1 / speed));
    voice.setAudioPlayer(playback.player());
    voice.speak(playback);
    playback.rethrowFault();
  }

  // Named classes, and no references to methods: those would keep FreeTTS's old interfaces, and all
  // that implement them, out of an archive of classes.

  /** Stops at an exception of a processor, which FreeTTS would print and ignore. */
  private static final class Guarded implements UtteranceProcessor {
    private final UtteranceProcessor processor;
    private final boolean selectsUnits;

    Guarded(UtteranceProcessor processor) {
      this.processor = processor;
      this.selectsUnits = processor instanceof KevinUnits;
    }

    @Override
    public void processUtterance(Utterance utterance) {
      try {
        if (selectsUnits) {
          MissingDiphones.replace(utterance);
        }
        processor.processUtterance(utterance);
      } catch (ProcessException | RuntimeException e) {
        ((KevinPlayback) utterance.getSpeakable()).fault(e);
      }
    }
  }

  private static final class Timed implements UtteranceProcessor {
    @Override
    public void processUtterance(Utterance utterance) {
      KevinPlayback.timed(utterance);
    }
  }

  /** For tests: one more step of synthesis, before the samples are made. */
  void alsoRun(UtteranceProcessor processor) {
    processors(voice).add(new Guarded(processor));
  }

  @SuppressWarnings("unchecked")
  private static List<UtteranceProcessor> processors(Voice voice) {
    return voice.getUtteranceProcessors();
  }
}
