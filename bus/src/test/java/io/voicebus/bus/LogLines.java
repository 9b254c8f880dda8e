package io.voicebus.bus;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * What one logger says during each test, at a level of its own: a quiet command of another test may
 * have silenced the whole log of the process. Afterwards the logger has its former level. Tests
 * that run beside others may see their lines, too. Thread-safe.
 */
public final class LogLines implements BeforeEachCallback, AfterEachCallback {
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final String name;
  private final Level level;
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };

  private @Nullable Level before;

  private LogLines(String name, Level level) {
    this.name = name;
    this.level = level;
  }

  /** Listens to a logger, from {@code INFO} on. */
  public static LogLines of(String logger) {
    return new LogLines(logger, Level.INFO);
  }

  /** Listens to the logger of a class, from {@code INFO} on. */
  public static LogLines of(Class<?> of) {
    return of(of.getName());
  }

  /** The same for another least level. */
  public LogLines from(Level least) {
    return new LogLines(name, least);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    events.clear();
    Logger logger = logger();
    before = logger.getLevel();
    logger.setLevel(level);
    appender.start();
    logger.addAppender(appender);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Logger logger = logger();
    logger.detachAppender(appender);
    logger.setLevel(before);
  }

  private Logger logger() {
    // While another thread sets SLF4J up, its loggers are substitutes.
    while (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
      Thread.onSpinWait();
    }
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** The lines until now, in their order. */
  public List<ILoggingEvent> events() {
    return List.copyOf(events);
  }

  /** Their texts. */
  public List<String> texts() {
    return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
