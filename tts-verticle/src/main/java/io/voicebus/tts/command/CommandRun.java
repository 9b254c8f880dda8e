package io.voicebus.tts.command;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.OnceSink;
import io.voicebus.tts.sound.SpokenAudio;
import io.voicebus.tts.sound.WordFrames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process that speaks one utterance, from its start to its end, on a thread that may block. */
final class CommandRun implements Runnable {
  /** 85 ms at 24 kHz; a pipe holds eight times as much. */
  private static final int PIECE_BYTES = 4 * 1024;

  /** About -40 dB: programs are silent before they speak, but for a little noise. */
  private static final int SILENT = 300;

  /** What is kept of the program's complaints. */
  private static final int MAX_COMPLAINT_BYTES = 4 * 1024;

  private static final int MAX_COMPLAINT_CHARS = 160;

  /** How many characters of the text in a program's message count as a quotation. */
  private static final int QUOTED_CHARS = 12;

  /** How long a program may run after it has closed its output. */
  private static final int EXIT_SECONDS = 2;

  private final CommandPreset preset;
  private final String voice;
  private final double speed;
  private final String text;
  private final OnceSink sink;
  private final WordFrames frames;
  private final LeadIn leadIn;
  private final SpokenAudio audio;
  private @Nullable Process process;
  private boolean stopped;

  CommandRun(CommandPreset preset, String voice, String text, double speed, OnceSink sink) {
    this.preset = preset;
    this.voice = voice;
    this.speed = speed;
    this.text = preset.harmless(text);
    this.sink = sink;
    this.frames = new WordFrames(text, preset.sampleRateHz(), sink);
    this.leadIn =
        new LeadIn(SILENT, preset.sampleRateHz(), pcm -> frames.accept(pcm, Optional.empty()));
    this.audio = new SpokenAudio(preset.sampleRateHz(), this::rate, leadIn::accept);
  }

  @Override
  public void run() {
    Path file = null;
    try {
      if (preset.names(CommandPreset.FILE)) {
        file = Files.createTempFile("voicebus", ".wav");
      }
      Process started = start(file);
      if (started != null) {
        sink.working();
        sink.asked(text.length());
        speak(started, file);
      }
    } catch (IOException e) {
      sink.fail(FailureKind.UNAVAILABLE, preset.program() + " cannot be used: " + preset.advice());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sink.fail(FailureKind.UNAVAILABLE, "the command engine was closed");
    } catch (RuntimeException e) {
      sink.fail(FailureKind.INTERNAL, preset.program() + " broke: " + e.getClass().getSimpleName());
    } finally {
      stop();
      delete(file);
    }
  }

  private synchronized @Nullable Process start(@Nullable Path file) throws IOException {
    if (stopped) {
      return null;
    }
    process = CommandEnvironment.withoutKeys(new ProcessBuilder(arguments(file))).start();
    return process;
  }

  /** An option whose value is empty is left out, so that the program takes its own default. */
  private List<String> arguments(@Nullable Path file) {
    List<String> arguments = new ArrayList<>();
    for (String argument : preset.arguments(speed)) {
      if (argument.contains(CommandPreset.VOICE) && voice.isEmpty()) {
        boolean option = argument.equals(CommandPreset.VOICE) && arguments.size() > 1;
        if (option && arguments.get(arguments.size() - 1).startsWith("-")) {
          arguments.remove(arguments.size() - 1);
        }
      } else if (argument.equals(CommandPreset.TEXT)) {
        arguments.add(text.startsWith("-") ? " " + text : text); // never an option
      } else {
        arguments.add(
            argument
                .replace(CommandPreset.VOICE, voice)
                .replace(CommandPreset.FILE, file == null ? "" : file.toString())
                .replace(CommandPreset.TEXT, text));
      }
    }
    return arguments;
  }

  private void speak(Process started, @Nullable Path file)
      throws IOException, InterruptedException {
    CompletableFuture<String> complaint = complaints(started.getErrorStream());
    try (OutputStream in = started.getOutputStream()) {
      if (!preset.names(CommandPreset.TEXT)) {
        in.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // it did not read to the end, as programs may
    }
    String wrong = read(started.getInputStream(), file == null);
    boolean gone = started.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
    if (file != null && gone && started.exitValue() == 0) {
      try (InputStream made = Files.newInputStream(file)) {
        wrong = read(made, true);
      }
    }
    delete(file);
    if (!wrong.isEmpty()) {
      fail(FailureKind.INVALID_REQUEST, wrong, "");
    } else if (gone && started.exitValue() != 0) {
      fail(FailureKind.UNAVAILABLE, "ended with status " + started.exitValue(), await(complaint));
    } else if (!leadIn.audible() && text.chars().anyMatch(Character::isLetterOrDigit)) {
      fail(FailureKind.UNAVAILABLE, "made no sound", await(complaint));
    } else {
      sink.end();
    }
  }

  /**
   * Passes on the samples of a stream to its end.
   *
   * @return what is wrong with them; empty for nothing
   */
  private String read(InputStream from, boolean heard) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    boolean begun = false;
    try {
      for (int n = from.read(piece); n >= 0 && !sink.closed(); n = from.read(piece)) {
        if (n > 0 && heard) {
          begun = true;
          audio.feed(Arrays.copyOf(piece, n));
        }
      }
      boolean whole = !begun || audio.end();
      leadIn.end();
      return whole || sink.closed() ? "" : "broke off within its WAV file";
    } catch (SpokenAudio.Unplayable e) {
      return "does not write sound that can be played: " + e.getMessage();
    }
  }

  private void rate(int hz) {
    frames.rate(hz);
    leadIn.rate(hz);
    sink.format(hz);
  }

  private void fail(FailureKind kind, String what, String complaint) {
    sink.fail(
        kind, preset.program() + " " + what + (complaint.isEmpty() ? "" : " (" + complaint + ")"));
  }

  /** Reads them all, so that the program can go on, and keeps the last of them. */
  private CompletableFuture<String> complaints(InputStream from) {
    CompletableFuture<String> last = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              byte[] kept = new byte[0];
              byte[] piece = new byte[1024];
              try {
                for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
                  byte[] all = Arrays.copyOf(kept, kept.length + n);
                  System.arraycopy(piece, 0, all, kept.length, n);
                  kept =
                      Arrays.copyOfRange(
                          all, Math.max(0, all.length - MAX_COMPLAINT_BYTES), all.length);
                }
              } catch (IOException e) {
                // its end was near anyway
              }
              last.complete(lastLine(new String(kept, StandardCharsets.UTF_8)));
            },
            "command-voice-complaints");
    reader.setDaemon(true);
    reader.start();
    return last;
  }

  private static String await(CompletableFuture<String> complaint) throws InterruptedException {
    try {
      return complaint.get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "";
    }
  }

  /** Without what could be the utterance. */
  private String lastLine(String complaints) {
    String line = "";
    for (String each : complaints.split("\\R", -1)) {
      line = each.isBlank() ? line : each.strip();
    }
    String words = text.strip();
    if (line.contains(words.substring(0, Math.min(QUOTED_CHARS, words.length())))) {
      return "";
    }
    String plain = line.replaceAll("\\p{Cntrl}", " ");
    return plain.substring(0, Math.min(MAX_COMPLAINT_CHARS, plain.length()));
  }

  /**
   * Ends the process and what it has started. Looks through all processes of the machine, so it is
   * for a thread that may block. Idempotent.
   */
  synchronized void stop() {
    stopped = true;
    if (process != null) {
      List<ProcessHandle> all = process.descendants().toList();
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
