package io.voicebus.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What of the log a command needs. */
final class Logging {
  /**
   * Of those that warn at the start of a service that is not ready: for a server that is news, but
   * the one turn of a command goes on to say the same.
   */
  private static final List<String> READINESS =
      List.of(
          "io.voicebus.gemini.ModelService",
          "io.voicebus.tts.elevenlabs.ElevenLabsEngine",
          "io.voicebus.tts.elevenlabs.ElevenSocketPool",
          "io.voicebus.tts.failover.FailoverEngine",
          "io.voicebus.engines",
          "io.voicebus.models");

  private Logging() {}

  /**
   * From now on the log stays when the process ends, until what comes back is run: what is stopped
   * in order takes its time, and has something to say meanwhile.
   */
  static Runnable stoppedByHand() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getObject(CoreConstants.SHUTDOWN_HOOK_THREAD) instanceof Thread hook) {
      Waiting.forget(hook);
      return context::stop;
    }
    return () -> {};
  }

  /**
   * From now on the log also has what libraries tell the JDK's logging, as OpenTelemetry does of a
   * collector that does not answer: in one form, through one filter.
   */
  static void alsoOfTheJdk() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /**
   * Loads now what a line needs, its time and a stack trace: when something is wrong, there may be
   * no files to be had, or no threads.
   */
  static void ready() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      ready(context);
    }
  }

  /** The same, of a log that is set up as ours is. */
  static void ready(LoggerContext context) {
    console(context)
        .ifPresent(
            console ->
                console
                    .getEncoder()
                    .encode(
                        new LoggingEvent(
                            Logging.class.getName(),
                            context.getLogger(Logger.ROOT_LOGGER_NAME),
                            Level.WARN,
                            "ready",
                            new Throwable(),
                            null)));
  }

  private static Optional<ConsoleAppender<ILoggingEvent>> console(LoggerContext context) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    return root.getAppender(LogSetup.ALL) instanceof AsyncAppender all
            && all.getAppender(LogSetup.CONSOLE) instanceof ConsoleAppender<ILoggingEvent> console
        ? Optional.of(console)
        : Optional.empty();
  }

  /** Makes each line a JSON object, with its key-value pairs, such as the turn. */
  static void forPrograms() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      forPrograms(context);
    }
  }

  /** The same, of a log that is set up as ours is. */
  static void forPrograms(LoggerContext context) {
    Optional<ConsoleAppender<ILoggingEvent>> console = console(context);
    if (console.isPresent()) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.setWithSequenceNumber(false);
      encoder.setWithNanoseconds(false);
      encoder.setWithContext(false);
      encoder.setWithMDC(false);
      encoder.setWithArguments(false);
      encoder.setWithMessage(false);
      encoder.setWithFormattedMessage(true);
      encoder.start();
      console.get().setEncoder(encoder);
    }
  }

  /** Unless more than warnings is wanted, the turn's own message says it. */
  static void leaveReadinessToTheMessage() {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root
        && Level.WARN.equals(root.getLevel())) {
      for (String name : READINESS) {
        ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.ERROR);
      }
    }
  }
}
