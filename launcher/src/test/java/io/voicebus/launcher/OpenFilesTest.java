package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.voicebus.bus.LogLines;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("listens to the log")
class OpenFilesTest {
  @RegisterExtension final LogLines log = LogLines.of("io.voicebus.files");

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
    // when
    for (int second = 0; second < 61; second++) {
      assertThat(said("accept(..) failed with error(-24): Too many open files"))
          .isEqualTo(FilterReply.DENY);
      now.addAndGet(1_000_000_000L);
    }
    // then
    assertThat(log.texts()).hasSize(2).allMatch(line -> line.contains("ulimit -n"));
  }

  @Test
  void whatElseIsNotHandledPasses() {
    assertThat(said("Connection reset")).isEqualTo(FilterReply.NEUTRAL);
  }
}
