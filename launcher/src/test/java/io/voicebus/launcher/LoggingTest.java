package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.LogLines;
import io.voicebus.turn.TurnEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.bridge.SLF4JBridgeHandler;

@Isolated
class LoggingTest {
  @RegisterExtension final LogLines log = LogLines.of("a.library");

  @Test
  void aLineForProgramsIsJsonWithItsTurn() throws Exception {
    // given
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      LoggerContext context = new LoggerContext();
      context.setMDCAdapter(new LogbackMDCAdapter());
      LogSetup.apply(context);
      Logging.forPrograms(context);
      // when
      context
          .getLogger("io.voicebus.turns")
          .atWarn()
          .addKeyValue("turn", "t1")
          .addKeyValue("kind", "quota")
          .log("turn t1 failed: \u001b[31mno credits");
      context.stop();
    } finally {
      System.setErr(err);
    }
    // then
    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).doesNotContain("\u001b");
    JsonObject line = new JsonObject(lines.get(0));
    assertThat(line.getString("level")).isEqualTo("WARN");
    assertThat(line.getString("loggerName")).isEqualTo("io.voicebus.turns");
    assertThat(line.getString("formattedMessage")).startsWith("turn t1 failed");
    assertThat(line.getJsonArray("kvpList"))
        .containsExactly(new JsonObject().put("turn", "t1"), new JsonObject().put("kind", "quota"));
    assertThat(line.getLong("timestamp")).isPositive();
  }

  @Test
  void aLineOfTheLogBeginsNoneOfTheTextThatIsShown() throws Exception {
    // given
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      Transcript transcript =
          Transcript.ofText(new PrintWriter(System.err, false, StandardCharsets.UTF_8));
      LoggerContext context = new LoggerContext();
      context.setMDCAdapter(new LogbackMDCAdapter());
      LogSetup.apply(context);
      transcript.accept(new TurnEvent.Text("Half a sen"));
      // when
      context.getLogger("io.voicebus.engines").warn("the voice is busy");
      context.getLogger("io.voicebus.engines").warn("it is asked again");
      context.stop();
      transcript.accept(new TurnEvent.Text("tence."));
      transcript.stop("stopped");
    } finally {
      System.setErr(err);
    }
    // then
    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("Half a sen");
    assertThat(lines.get(1)).endsWith("the voice is busy");
    assertThat(lines.get(2)).endsWith("it is asked again");
    assertThat(lines.subList(3, 5)).containsExactly("tence.", "voicebus: stopped");
  }

  @Test
  void whatLibrariesTellTheLogOfTheJdkIsInOurs() {
    // given
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    List<Handler> handlers = List.of(root.getHandlers());
    try {
      // when
      Logging.alsoOfTheJdk();
      java.util.logging.Logger.getLogger("a.library").warning("the collector does not answer");
      // then: there alone
      assertThat(log.events())
          .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
          .containsExactly(tuple(Level.WARN, "the collector does not answer"));
      assertThat(root.getHandlers()).hasSize(1).hasOnlyElementsOfType(SLF4JBridgeHandler.class);
    } finally {
      SLF4JBridgeHandler.uninstall();
      handlers.forEach(root::addHandler);
    }
  }

  private static LoggingEvent warning(LoggerContext context) {
    return new LoggingEvent(
        "test", context.getLogger("io.voicebus.turns"), Level.WARN, "turn t1 failed", null, null);
  }

  @Test
  void whatALineNeedsIsLoadedBeforeAnythingIsWrong() {
    // given
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogSetup.apply(context);
    AsyncAppender all =
        (AsyncAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogSetup.ALL);
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) all.getAppender(LogSetup.CONSOLE);
    PatternLayoutEncoder encoder = (PatternLayoutEncoder) console.getEncoder();
    assertThat(encoder.isStarted()).isFalse();
    // when
    Logging.ready(context);
    // then
    assertThat(encoder.isStarted()).isTrue();
    context.stop();
  }

  @Test
  void aLogWhosePatternCannotBeLoadedGoesOnWithoutIt() {
    // given
    LoggerContext context = new LoggerContext();
    LogSetup.LateEncoder encoder =
        new LogSetup.LateEncoder() {
          @Override
          public void start() {
            throw new ExceptionInInitializerError("tzdb.dat (Too many open files)");
          }
        };
    // when
    String line = new String(encoder.encode(warning(context)), StandardCharsets.UTF_8);
    // then
    assertThat(line).isEqualTo("WARN turn t1 failed" + System.lineSeparator());
  }

  /** Who does not read the log stops nothing, and is told what is missing. */
  @Test
  void whatIsLeftOutOfALogThatIsNotReadIsTold() throws Exception {
    // given: a log that is not read, with more in it than it holds
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    CountDownLatch reads = new CountDownLatch(1);
    List<String> read = new CopyOnWriteArrayList<>();
    CountedLog log = new CountedLog(context.getLogger("lost"));
    log.setContext(context);
    log.setQueueSize(10);
    log.setDiscardingThreshold(0);
    log.setNeverBlock(true);
    log.addAppender(
        new AppenderBase<>() {
          {
            start();
          }

          @Override
          protected void append(ILoggingEvent event) {
            awaitUninterruptibly(reads);
            read.add(event.getFormattedMessage());
          }
        });
    log.start();
    Logger logger = context.getLogger("some");
    logger.addAppender(log);
    for (int i = 0; i < 50; i++) {
      logger.warn("line {}", i);
    }
    // when
    reads.countDown();
    while (log.getNumberOfElementsInQueue() > 0) {
      Thread.onSpinWait();
    }
    logger.warn("the next one");
    log.stop();
    // then
    int kept = read.size() - 2;
    assertThat(read.get(kept))
        .isEqualTo(
            (50 - kept) + " lines of the log were lost here, since it was not read fast enough");
    assertThat(read.get(kept + 1)).isEqualTo("the next one");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As beside a command that was mistyped: it ends while its Vert.x is being made. */
  @Test
  void aProcessThatIsEndingMaySetItsLogUp() throws Exception {
    Process ending =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LogsAtItsEnd.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(ending.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).doesNotContain("Exception").contains("set up");
  }

  static final class LogsAtItsEnd {
    private LogsAtItsEnd() {}

    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(LogsAtItsEnd::set));
    }

    private static void set() {
      LogSetup.apply(new LoggerContext());
      System.out.println("set up");
    }
  }
}
