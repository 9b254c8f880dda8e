package io.voicebus.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Ends the process at an {@link OutOfMemoryError}, as {@code -XX:+ExitOnOutOfMemoryError} does: the
 * state of such a process cannot be trusted, and its supervisor starts another. The manifest of a
 * jar cannot set that option, so those who run the jar themselves have this. It sees an error that
 * ends a thread, and one that is logged, which is what Vert.x and Netty do with what their handlers
 * throw.
 *
 * <p>It makes no object on the way: there may be no room for one. {@link LogSetup} installs it.
 */
public final class OutOfMemory extends TurboFilter {
  /** That of {@code -XX:+ExitOnOutOfMemoryError}. */
  static final int STATUS = 3;

  private static final int MOST_CAUSES = 10;

  private static final byte[] WORDS =
      "voicebus: out of memory: this process ends; give it more (-Xmx)\n"
          .getBytes(StandardCharsets.UTF_8);

  /** Java has the same error for a thread that the system does not let it start. */
  private static final String NO_THREAD = "unable to create native thread";

  private static final byte[] NO_THREAD_WORDS =
      ("voicebus: no further thread can be started: this process ends; raise the limit of its"
              + " user's processes (ulimit -u) or of its container's (pids)\n")
          .getBytes(StandardCharsets.UTF_8);

  private static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);

  /** Looks at what ends a thread from now on. */
  static void endsTheProcess() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) -> {
          look(problem);
          if (before != null) {
            before.uncaughtException(thread, problem);
          } else {
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            problem.printStackTrace();
          }
        });
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable problem) {
    if (problem != null) {
      look(problem);
    } else if (params != null
        && params.length > 0
        && params[params.length - 1] instanceof Throwable last) {
      look(last);
    }
    return FilterReply.NEUTRAL;
  }

  private static void look(Throwable problem) {
    Throwable each = problem;
    for (int i = 0; each != null && i < MOST_CAUSES; i++) {
      if (each instanceof OutOfMemoryError) {
        String why = each.getMessage();
        end(why != null && why.contains(NO_THREAD) ? NO_THREAD_WORDS : WORDS);
      }
      each = each.getCause();
    }
  }

  private static void end(byte[] words) {
    try {
      ERR.write(words);
    } catch (IOException e) {
      // Nobody reads it.
    } finally {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
