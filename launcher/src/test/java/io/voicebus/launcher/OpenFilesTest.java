package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("listens to the log")
class OpenFilesTest {
  private static final String UNHANDLED =
      "An exceptionCaught() event was fired, and it reached at the tail of the pipeline.";

  private final AtomicLong now = new AtomicLong();
  private final OpenFiles filter = new OpenFiles(now::get);

  private FilterReply said(String why) {
    return filter.decide(
        new LoggingEvent(
            "test",
            new LoggerContext().getLogger("io.netty.channel.DefaultChannelPipeline"),
            Level.WARN,
            UNHANDLED,
            new IOException(why),
            null));
  }

  @Test
  void wantOfFilesIsToldOnceAMinuteWithWhatToDo() {
    // given
    Logger log = (Logger) LoggerFactory.getLogger("io.voicebus.files");
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    Level before = log.getLevel();
    log.setLevel(Level.WARN);
    log.addAppender(told);
    // when
    for (int second = 0; second < 61; second++) {
      assertThat(said("accept(..) failed with error(-24): Too many open files"))
          .isEqualTo(FilterReply.DENY);
      now.addAndGet(1_000_000_000L);
    }
    log.detachAppender(told);
    log.setLevel(before);
    // then
    assertThat(told.list)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.getFormattedMessage()).contains("ulimit -n"));
  }

  @Test
  void whatElseIsNotHandledPasses() {
    assertThat(said("Connection reset")).isEqualTo(FilterReply.NEUTRAL);
  }
}
