package io.voicebus.audio;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The program {@code ffmpeg}, where it is found on the path. */
final class Ffmpeg {
  /** What a program needs to start; it sees no keys. */
  private static final Set<String> PASSED =
      Set.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP");

  private static final Optional<File> PROGRAM = find(System.getenv());

  private Ffmpeg() {}

  private static Optional<File> find(Map<String, String> environment) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> Stream.of(new File(folder, "ffmpeg"), new File(folder, "ffmpeg.exe")))
        .filter(file -> file.isFile() && file.canExecute())
        .findFirst();
  }

  static boolean found() {
    return PROGRAM.isPresent();
  }

  /** A process of it that reads samples from its standard input, and writes to its output. */
  static ProcessBuilder command(int rateHz, List<String> output) {
    ProcessBuilder builder = new ProcessBuilder(PROGRAM.orElseThrow().getPath());
    builder.command().addAll(List.of("-hide_banner", "-loglevel", "error", "-threads", "1"));
    builder.command().addAll(List.of("-f", "s16le", "-ar", Integer.toString(rateHz), "-ac", "1"));
    builder.command().addAll(List.of("-probesize", "32", "-i", "pipe:0"));
    builder.command().addAll(output);
    builder.command().addAll(List.of("-flush_packets", "1", "pipe:1"));
    builder
        .environment()
        .keySet()
        .removeIf(name -> !PASSED.contains(name.toUpperCase(Locale.ROOT)));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
