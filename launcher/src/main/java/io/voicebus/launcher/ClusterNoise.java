package io.voicebus.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suppresses the log lines of the cluster's libraries about a node that leaves or comes back, which
 * Voicebus handles and {@link Membership} reports. Their other lines pass. Thread-safe.
 */
public final class ClusterNoise extends Filter<ILoggingEvent> {
  /**
   * Warns of a split when half of the nodes have gone (which of two nodes is one), and that it
   * locks the locks then, of which Voicebus uses none. Each side of a true split goes on by itself,
   * and they merge.
   */
  private static final String LOST_HALF = "ISPN000314";

  private static final Set<String> DEGRADED = Set.of("ISPN000318", "ISPN000320");

  /** Of each part, on a machine without a network: the addresses are those of the settings. */
  private static final String NO_NETWORK = "JGRP000026";

  /** A probe for a listening node closes its connection unused. */
  private static final String PROBED = "JGRP000006";

  /** The same for connections that begin with a handshake. */
  private static final Set<String> CLOSED =
      Set.of(
          "EOFException",
          "Socket is closed",
          "Remote host terminated the handshake",
          "Connection or inbound has closed");

  /** Says no more than that a connection was lost, which the close of that connection tells. */
  private static final String CONNECTIONS = "io.vertx.core.net.impl.ConnectionBase";

  /** Netty's own transport says before it which call has failed. */
  private static final Set<String> LOST =
      Set.of("Connection reset", "Connection reset by peer", "Connection timed out", "Broken pipe");

  /** The same, with a stack trace, where the connection is closed while it is read from. */
  private static final String READ = "failed handling message";

  /**
   * Of a node that was silent for seconds, or cut off, and of its return: {@link Membership} says
   * that it has gone and that it has joined.
   */
  private static final Set<String> SILENT =
      Set.of(
          "No pong from server ",
          "dropped message from non-member ",
          "ISPN000517: Ignoring cache topology from ");

  private static final String UNREACHABLE = "Connecting to server ";

  /** By then a killed node is expelled, and no node connects to it. */
  private static final long EXPELLED_NANOS = 15_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger("io.voicebus.cluster");

  private final LongSupplier nanoTime;
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

  /** Attempts to connect that fail one after another. */
  private record Trouble(long since, long last) {}

  /** For logback. */
  public ClusterNoise() {
    this(System::nanoTime);
  }

  ClusterNoise(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String said = event.getFormattedMessage();
    if (said.contains(LOST_HALF)
        || said.contains(NO_NETWORK)
        || DEGRADED.stream().anyMatch(said::contains)
        || (event.getLoggerName().equals(CONNECTIONS) && LOST.stream().anyMatch(said::endsWith))
        || (said.contains(PROBED) && CLOSED.stream().anyMatch(said::contains))
        || (!event.getLoggerName().startsWith("io.voicebus.")
            && SILENT.stream().anyMatch(said::contains))
        || (said.equals(READ) && isLost(event.getThrowableProxy()))) {
      return FilterReply.DENY;
    }
    if (said.startsWith(UNREACHABLE) && event.getLoggerName().startsWith("io.vertx.")) {
      unreachable(said.substring(UNREACHABLE.length()));
      return FilterReply.DENY;
    }
    return FilterReply.NEUTRAL;
  }

  private static boolean isLost(@Nullable IThrowableProxy thrown) {
    return thrown instanceof ThrowableProxy proxy && proxy.getThrowable() instanceof IOException;
  }

  /** A member that cannot be reached is reported, without a stack trace. */
  private void unreachable(String node) {
    long now = nanoTime.getAsLong();
    Trouble trouble = troubles.get(node);
    if (trouble == null || now - trouble.last() > EXPELLED_NANOS) {
      troubles.put(node, new Trouble(now, now));
    } else if (now - trouble.since() <= EXPELLED_NANOS) {
      troubles.put(node, new Trouble(trouble.since(), now));
    } else {
      troubles.put(node, new Trouble(now, now));
      LOG.warn(
          "connecting to node {}: it is in the cluster, but its event bus cannot be reached; is"
              + " cluster-bus-port open between the machines?",
          node);
    }
  }
}
