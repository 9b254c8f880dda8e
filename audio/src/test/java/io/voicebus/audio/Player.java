package io.voicebus.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ffmpeg}, which knows nothing of our encoders: it must understand what they write. */
final class Player {
  private Player() {}

  /** The samples that it hears, in this rate. */
  static byte[] pcm(byte[] file, int rateHz, String... input) throws Exception {
    return run(file, input, "-f", "s16le", "-ar", Integer.toString(rateHz), "-ac", "1");
  }

  private static byte[] run(byte[] file, String[] input, String... output)
      throws IOException, InterruptedException {
    Path in = Files.createTempFile("voicebus", ".in");
    Path out = Files.createTempFile("voicebus", ".out");
    Path err = Files.createTempFile("voicebus", ".err");
    try {
      Files.write(in, file);
      // It complains about everything that is not as it should be.
      List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "warning", "-xerror"));
      command.addAll(List.of("-err_detect", "crccheck+bitstream+buffer+explode"));
      command.addAll(List.of(input));
      command.addAll(List.of("-i", in.toString()));
      command.addAll(List.of(output));
      command.addAll(List.of("-y", out.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectError(err.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("ffmpeg cannot play it: " + Files.readString(err));
      }
      return Files.readAllBytes(out);
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }
}
