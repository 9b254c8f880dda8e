package io.voicebus.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.voicebus.bus.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once a minute, and what to do, that this process may open no more files, which is why nobody
 * gets a connection: the library says so each second for each event loop, with a stack trace.
 * Thread-safe.
 */
public final class OpenFiles extends Filter<ILoggingEvent> {
  /** How Netty begins its message about an exception without a handler. */
  private static final String UNHANDLED = "An exceptionCaught() event was fired";

  private static final String NO_FILES = "Too many open files";

  private static final long AGAIN_NANOS = 60_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger("io.voicebus.files");

  private final LongSupplier nanoTime;
  private final AtomicLong nextAt;

  /** For logback. */
  public OpenFiles() {
    this(Clock.system()::nanoTime);
  }

  OpenFiles(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.nextAt = new AtomicLong(nanoTime.getAsLong());
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getFormattedMessage().startsWith(UNHANDLED)
        || !isOfFiles(event.getThrowableProxy())) {
      return FilterReply.NEUTRAL;
    }
    long now = nanoTime.getAsLong();
    long due = nextAt.get();
    if (now - due >= 0 && nextAt.compareAndSet(due, now + AGAIN_NANOS)) {
      LOG.warn(
          "no connection can be taken: this process has as many files open as it may; raise the"
              + " limit (ulimit -n, LimitNOFILE), or lower max-turns");
    }
    return FilterReply.DENY;
  }

  private static boolean isOfFiles(@Nullable IThrowableProxy thrown) {
    return thrown != null && thrown.getMessage() != null && thrown.getMessage().endsWith(NO_FILES);
  }
}
