package io.voicebus.tts.scripted;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import io.voicebus.tts.time.Delays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A voice for tests and demos. Every char becomes the same number of samples, so that {@link
 * #textOf} reads the text back from the sound. It works and fails as its script says. One that is
 * not deterministic reports its progress, and speaks the same text each time with other samples of
 * another length.
 */
public final class ScriptedVoice implements SpeechEngine {
  public static final String NAME = "scripted";

  /** A char's samples begin with: the char, its place, the take, how many samples it has. */
  static final int HEADER_SAMPLES = 4;

  private static final Voice NARRATOR = new Voice("narrator", "Narrator", "");

  private final String name;
  private final EngineTraits traits;
  private final Function<Utterance, Script> scripts;
  private final Delays delays;
  private final Set<Take> active = ConcurrentHashMap.newKeySet();
  private final List<Utterance> asked = new ArrayList<>();
  private final List<Utterance> cancelled = new ArrayList<>();
  private int peak;
  private volatile boolean closed;

  public ScriptedVoice(EngineTraits traits, Function<Utterance, Script> scripts, Delays delays) {
    this(NAME, traits, scripts, delays);
  }

  /** A voice under another name, so that there can be several. */
  public ScriptedVoice(
      String name, EngineTraits traits, Function<Utterance, Script> scripts, Delays delays) {
    this.name = name;
    this.traits = traits;
    this.scripts = scripts;
    this.delays = delays;
  }

  /** A deterministic voice at 24 kHz without a limit, which always has the same script. */
  public static ScriptedVoice of(Script script, Delays delays) {
    return new ScriptedVoice(
        new EngineTraits(true, 24_000, Set.of(), 0), utterance -> script, delays);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public EngineTraits traits() {
    return traits;
  }

  @Override
  public List<Voice> voices() {
    return List.of(NARRATOR);
  }

  /** Reports to the sink when the wait for room is over. */
  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    return speak(utterance, sink);
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    Script script = scripts.apply(utterance);
    if (script.refuses()) {
      throw new IllegalStateException("the script says so");
    }
    Take take;
    synchronized (this) {
      asked.add(utterance);
      take = new Take(utterance, script, traits.deterministic() ? 0 : asked.size(), sink);
      active.add(take);
      peak = Math.max(peak, active.size());
    }
    if (closed) {
      take.sink.fail(FailureKind.UNAVAILABLE, "the scripted voice was closed");
    } else {
      take.begin();
    }
    return take;
  }

  @Override
  public void close() {
    closed = true;
    active.forEach(
        take -> take.sink.fail(FailureKind.UNAVAILABLE, "the scripted voice was closed"));
  }

  /** The utterances that it was given and did not refuse, in order. */
  public synchronized List<Utterance> asked() {
    return List.copyOf(asked);
  }

  /** The utterances that were cancelled before their end, in the order of cancelling. */
  public synchronized List<Utterance> cancelled() {
    return List.copyOf(cancelled);
  }

  /** Number of utterances that have neither ended nor failed nor been cancelled. */
  public int speaking() {
    return active.size();
  }

  /** The largest number of utterances at once so far. */
  public synchronized int peakSpeaking() {
    return peak;
  }

  /** The samples of a deterministic voice with the plain script. */
  public static byte[] samplesOf(String text) {
    return ReadableSound.write(text, Script.plain().samplesPerChar(), 0);
  }

  /**
   * Reads the text back from the samples of any number of whole utterances in a row.
   *
   * @throws IllegalArgumentException if samples are missing, repeated or changed within a char
   */
  public static String textOf(byte[] pcm) {
    return ReadableSound.read(pcm);
  }

  /** One utterance being said. */
  private final class Take implements Runnable, Speech {
    private final Utterance utterance;
    private final Script script;
    private final int charBytes;
    private final byte[] pcm;
    private final OnceSink sink;
    private int frames;
    private int sent;

    Take(Utterance utterance, Script script, int number, SpeechSink sink) {
      this.utterance = utterance;
      this.script = script;
      int samples = script.samplesPerChar() + number % 7;
      this.charBytes = 2 * samples;
      this.pcm = ReadableSound.write(utterance.text(), samples, number);
      this.sink = new OnceSink(sink, () -> active.remove(this));
    }

    void begin() {
      if (script.room().isZero()) {
        roomFound();
      } else {
        sink.waits(0, "");
        delays.after(script.room(), this::roomFound);
      }
    }

    private void roomFound() {
      if (!sink.closed()) {
        sink.working();
        sink.asked(utterance.text().length());
        delays.after(script.firstDelay(), this);
      }
    }

    @Override
    public void cancel() {
      synchronized (ScriptedVoice.this) {
        if (!sink.closed()) {
          cancelled.add(utterance);
        }
      }
      sink.cancel();
    }

    /** Sends what is due: one frame, or all frames if there is no delay between them. */
    @Override
    public void run() {
      while (!sink.closed()) {
        boolean stops = frames >= script.framesBefore();
        if (stops && script.hangs()) {
          return;
        } else if (stops && script.failure().isPresent()) {
          sink.fail(script.failure().get(), "the script says so");
        } else if (sent == pcm.length) {
          sink.end();
        } else {
          sendFrame();
          if (!script.frameDelay().isZero()) {
            delays.after(script.frameDelay(), this);
            return;
          }
        }
      }
    }

    private void sendFrame() {
      int bytes = 2 * script.frameSamples();
      if (!traits.deterministic()) {
        // A voice that tells its progress ends a frame where a char ends.
        bytes = Math.max(charBytes, bytes - bytes % charBytes);
      }
      int end = Math.min(pcm.length, sent + bytes);
      byte[] frame = Arrays.copyOfRange(pcm, sent, end);
      sent = end;
      frames++;
      sink.frame(frame, traits.deterministic() ? SpeechSink.UNKNOWN : sent / charBytes);
    }
  }
}
