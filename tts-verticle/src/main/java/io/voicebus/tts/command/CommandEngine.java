package io.voicebus.tts.command;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.EngineSpeeches;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with a program on this machine (piper, flite, espeak-ng and others), one process for each
 * utterance, without a shell. Thread-safe.
 */
public final class CommandEngine implements SpeechEngine {
  public static final String NAME = "command";

  /** Bound of one utterance, in chars: it must fit a pipe, since the program may not read yet. */
  private static final int MAX_CHARS = 4_096;

  /** Bound of the utterances that wait for a process. */
  private static final int MAX_WAITING = 256;

  /** No path, no URL, no option: some programs take those for a voice, too. */
  private static final Pattern VOICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+-]{0,63}");

  private final CommandPreset preset;
  private final EngineTraits traits;
  private final ThreadPoolExecutor pool;

  /** Ends processes on a thread of its own, since a cancel may come from an event loop. */
  private final ThreadPoolExecutor enders;

  /** What the program lists, once it was asked; empty if it lists nothing. */
  private volatile @Nullable List<Voice> listed;

  private final EngineSpeeches speeches;

  CommandEngine(CommandSettings settings) {
    preset = settings.preset();
    speeches = new EngineSpeeches("the command engine", preset.program(), MAX_CHARS);
    traits =
        new EngineTraits(
            false, preset.sampleRateHz(), Set.of(), settings.processes(), preset.speeds());
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            settings.processes(),
            settings.processes(),
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "command-voice-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    enders =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "command-voice-end");
              thread.setDaemon(true);
              return thread;
            });
    enders.allowCoreThreadTimeOut(true);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EngineTraits traits() {
    return traits;
  }

  @Override
  public String setup() {
    return preset.toString();
  }

  @Override
  public List<Voice> voices() {
    return List.of(
        new Voice(
            preset.voice().isEmpty() ? preset.name() : preset.voice(),
            "the default voice of " + preset.program(),
            ""));
  }

  /** Reports to the sink when the program is started, and the characters that it is given. */
  @Override
  public Speech ask(Utterance utterance, SpeechSink sink) {
    return speak(utterance, sink);
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    OnceSink once = speeches.begin(utterance, sink);
    String voice = voice(utterance.voice());
    if (once.closed()) {
      return once;
    }
    if (!known(utterance.voice())) {
      noSuchVoice(once);
    } else {
      CommandRun run = new CommandRun(preset, voice, utterance.text(), utterance.speed(), once);
      Runnable task =
          () -> {
            if (listed(utterance.voice())) {
              run.run();
            } else {
              noSuchVoice(once);
            }
          };
      once.onClosed(
          () -> {
            pool.remove(task);
            enders.execute(run::stop);
          });
      try {
        pool.execute(task);
      } catch (RejectedExecutionException e) {
        once.fail(
            FailureKind.RATE_LIMITED,
            MAX_WAITING + " utterances wait for " + preset.program() + "; try again later");
      }
    }
    return once;
  }

  /** Asks the program, if it can list its voices. */
  @Override
  public CompletionStage<List<Voice>> offered() {
    if (preset.listing().isEmpty()) {
      return CompletableFuture.completedFuture(voices());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          List<Voice> found = listing();
          return found.isEmpty() ? voices() : found;
        },
        pool);
  }

  private void noSuchVoice(OnceSink sink) {
    sink.fail(
        FailureKind.NOT_FOUND,
        preset.program()
            + " has no such voice: choose another (command-voice); voicebus voices lists them");
  }

  /** What the program lists; it is asked once, which blocks. */
  private List<Voice> listing() {
    List<Voice> known = listed;
    if (known == null) {
      known = preset.listing().isEmpty() ? List.of() : CommandVoices.list(preset.listing());
      listed = known;
    }
    return known;
  }

  /** Whether the program has a voice, as far as it tells; blocks the first time. */
  private boolean listed(String voice) {
    if (voice.isEmpty() || voice.equals(voices().get(0).id())) {
      return true;
    }
    List<Voice> known = listing();
    return known.isEmpty() || CommandVoices.have(known, voice);
  }

  private boolean known(String voice) {
    return voice.isEmpty()
        || voice.equals(voices().get(0).id())
        || (preset.voicesByName() && VOICE.matcher(voice).matches());
  }

  private String voice(String asked) {
    return asked.isEmpty() || asked.equals(voices().get(0).id()) ? preset.voice() : asked;
  }

  @Override
  public void close() {
    pool.shutdown();
    speeches.close();
    enders.shutdown(); // what has been given to it is done
  }
}
