package io.voicebus.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.hook.DefaultShutdownHook;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How this process logs: warnings, and what operators want to read, to standard error. In code,
 * since to read the same from XML takes a tenth of a second of every start. A file that {@code
 * -Dlogback.configurationFile} names is taken in its place.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  static final String ALL = "LOG";
  static final String CONSOLE = "STDERR";

  /** Who tells how much of the log was lost. */
  private static final String LOST = "io.voicebus.log";

  private static final String LEVEL = "VOICEBUS_LOG_LEVEL";

  /** What a service or a model says goes to the terminal without its control characters. */
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{20}"
          + " %replace(%msg){'[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F]', ''}%n";

  private static final int QUEUE = 4096;

  private static final Map<String, Level> LEVELS =
      Map.of(
          // Says in a warning that what was sent to a role that is stopping was not taken.
          "io.vertx.core.eventbus.impl.MessageConsumerImpl", Level.ERROR,
          // Says in a warning that a service has closed a connection: we tell what that means.
          "io.vertx.core.http.impl.HttpClientConnectionInternal", Level.ERROR,
          // Says in a warning that caches live as long as their nodes, which is what they are for.
          "org.infinispan.CONFIG", Level.ERROR,
          // Says in a warning that a node's name is an attribute of ours, which it is to be.
          "io.opentelemetry.sdk.resources", Level.ERROR,
          // Warns of a client that asks for another revision: it is told, and goes on with ours.
          "io.modelcontextprotocol", Level.ERROR);

  /** What operators want to read, whatever else is too much. */
  private static final String[] NEWS = {
    "io.voicebus.cluster", "io.voicebus.turns", "io.voicebus.engines", "io.voicebus.models"
  };

  private static volatile boolean wanted;

  /** To be said by a {@code main} before anything is logged; else logback goes by its own rules. */
  static void use() {
    wanted = true;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (!wanted || System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    apply(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Sets up a context that has nothing yet. */
  static void apply(LoggerContext context) {
    // Else logback makes ready to print what went wrong here, for which it reads time zones and how
    // a country writes them.
    context.getStatusManager().add(new NopStatusListener());
    OutOfMemory outOfMemory = new OutOfMemory();
    outOfMemory.setContext(context);
    outOfMemory.start();
    context.addTurboFilter(outOfMemory);
    @Nullable String level = System.getProperty(LEVEL, System.getenv(LEVEL));
    LEVELS.forEach((name, of) -> context.getLogger(name).setLevel(of));
    for (String name : NEWS) {
      context.getLogger(name).setLevel(Level.toLevel(level, Level.INFO));
    }
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(level, Level.WARN));
    root.addAppender(all(context, console(context)));
    DefaultShutdownHook hook = new DefaultShutdownHook();
    hook.setContext(context);
    Thread last = new Thread(hook, "logback-stop");
    context.putObject(CoreConstants.SHUTDOWN_HOOK_THREAD, last);
    try {
      Runtime.getRuntime().addShutdownHook(last);
    } catch (IllegalStateException e) {
      // The process is ending already: of a command that was mistyped, beside whose Vert.x this is.
    }
  }

  /**
   * A log that is not read (a full pipe, a held terminal) stops no turn: what is too much is left
   * out, and how much that was is told once there is room.
   */
  private static AsyncAppender all(LoggerContext context, ConsoleAppender<ILoggingEvent> console) {
    AsyncAppender all = new CountedLog(context.getLogger(LOST));
    all.setContext(context);
    all.setName(ALL);
    all.setQueueSize(QUEUE);
    all.setDiscardingThreshold(0);
    all.setNeverBlock(true);
    all.addAppender(console);
    all.start();
    return all;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    ClusterNoise noise = new ClusterNoise();
    noise.setContext(context);
    noise.start();
    LateEncoder encoder = new LateEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    ConsoleAppender<ILoggingEvent> console =
        new ConsoleAppender<>() {
          @Override
          protected void subAppend(ILoggingEvent event) {
            Transcript.aside(() -> super.subAppend(event));
          }
        };
    console.setContext(context);
    console.setName(CONSOLE);
    console.setTarget("System.err");
    console.addFilter(noise);
    OpenFiles files = new OpenFiles();
    files.setContext(context);
    files.start();
    console.addFilter(files);
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  /** Most commands log nothing: the pattern is read with the first line. Thread-safe. */
  static class LateEncoder extends PatternLayoutEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
      try {
        begin();
        return super.encode(event);
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Error e) {
        // What it needs cannot be loaded, for want of files perhaps: the log goes on without.
        return (event.getLevel() + " " + event.getFormattedMessage() + System.lineSeparator())
            .getBytes(StandardCharsets.UTF_8);
      }
    }

    private synchronized void begin() {
      if (!isStarted()) {
        start();
      }
    }
  }
}
