package io.voicebus.launcher;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.FileTrouble;
import io.voicebus.contract.MissingKeyException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** What stops a command, in words for the person at the terminal. */
final class Problems {
  private Problems() {}

  static String explain(Throwable problem) {
    Throwable cause = root(problem);
    if (cause instanceof VoicebusException voicebus) {
      return voicebus.failure().detail();
    }
    boolean inWords = cause instanceof BindException || cause instanceof IllegalArgumentException;
    if (inWords && cause.getMessage() != null) {
      return cause.getMessage();
    }
    if (cause instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + ": " + FileTrouble.inWords(Path.of(file.getFile()), file);
    }
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getMessage()
        : cause.toString();
  }

  static int exitCode(Throwable problem) {
    Throwable cause = root(problem);
    if (cause instanceof VoicebusException voicebus) {
      return ExitCodes.of(voicebus.failure().kind());
    }
    if (cause instanceof MissingKeyException) {
      return ExitCodes.of(FailureKind.UNAUTHENTICATED);
    }
    // A port that is taken is a setting that cannot be.
    return cause instanceof IllegalArgumentException || cause instanceof BindException
        ? ExitCodes.USAGE
        : 1;
  }

  private static Throwable root(Throwable problem) {
    Throwable cause = problem.getCause();
    return problem instanceof ExecutionException && cause != null ? root(cause) : problem;
  }
}
