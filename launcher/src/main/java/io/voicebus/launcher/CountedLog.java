package io.voicebus.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/**
 * A log that never blocks: lines for which there is no room are lost and counted, and a line with
 * their number precedes the first one for which there is room again.
 */
final class CountedLog extends AsyncAppender {
  private final Logger teller;
  private final LongAdder lost = new LongAdder();

  /**
   * An empty one.
   *
   * @param teller whose line it is that tells of those that were lost
   */
  CountedLog(Logger teller) {
    this.teller = teller;
  }

  @Override
  protected void append(ILoggingEvent event) {
    // Another thread may take the last place: then a line is lost uncounted, beside many that are.
    if (getRemainingCapacity() == 0) {
      lost.increment();
      return;
    }
    long lines = lost.sumThenReset();
    if (lines > 0) {
      super.append(
          new LoggingEvent(
              CountedLog.class.getName(),
              teller,
              Level.WARN,
              lines + " lines of the log were lost here, since it was not read fast enough",
              null,
              null));
    }
    super.append(event);
  }
}
