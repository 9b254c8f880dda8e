package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.voicebus.bus.LogLines;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it takes what the process logs")
class ClusterNoiseTest {
  @RegisterExtension final LogLines log = LogLines.of("io.voicebus.cluster");

  private final LoggerContext context = new LoggerContext();
  private long now = 1_000;
  private final ClusterNoise noise = new ClusterNoise(() -> now);

  private FilterReply said(String logger, Level level, String message) {
    return said(logger, level, message, null);
  }

  private FilterReply said(String logger, Level level, String message, @Nullable Throwable thrown) {
    return noise.decide(
        new LoggingEvent("", context.getLogger(logger), level, message, thrown, new Object[0]));
  }

  @Test
  void keepsBackThatThereIsNoNetworkButTheLoopbackInterface() {
    assertThat(
            said(
                "org.jgroups.stack.Configurator",
                Level.WARN,
                "JGRP000026: unable to find an address other than loopback for IP version IPv4"))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void keepsBackWhatTheLibrarySaysOfANodeThatGoes() {
    assertThat(
            said(
                "org.infinispan.CLUSTER",
                Level.ERROR,
                "[Context=org.infinispan.LOCKS] ISPN000318: Lost at least half of the stable"
                    + " members, assuming a network split and entering degraded mode."))
        .isEqualTo(FilterReply.DENY);
    assertThat(
            said(
                "org.infinispan.CLUSTER",
                Level.WARN,
                "[Context=__vertx.subs] ISPN000314: Lost at least half of the stable members"))
        .isEqualTo(FilterReply.DENY);
    assertThat(
            said(
                "org.infinispan.CLUSTER",
                Level.WARN,
                "[Context=org.infinispan.LOCKS] ISPN000320: After merge (or coordinator change),"
                    + " cache still hasn't recovered a majority of members and must stay in"
                    + " degraded mode."))
        .isEqualTo(FilterReply.DENY);
    for (String lost :
        List.of(
            "Connection reset",
            "recvAddress(..) failed with error(-104): Connection reset by peer",
            "sendAddress(..) failed with error(-32): Broken pipe")) {
      assertThat(said("io.vertx.core.net.impl.ConnectionBase", Level.ERROR, lost))
          .as(lost)
          .isEqualTo(FilterReply.DENY);
    }
  }

  /** Two that connect to each other at once keep one of the two connections. */
  @Test
  void keepsBackThatAConnectionWasClosedBeforeItWasUsed() {
    String failed =
        "JGRP000006: 127.0.0.1:7801: failed accepting connection from peer SSLSocket[]: ";
    String tcp = "org.jgroups.protocols.TCP";
    String closed = failed + "java.net.SocketException: Connection or inbound has closed";
    assertThat(said(tcp, Level.WARN, closed)).isEqualTo(FilterReply.DENY);
    String refused = failed + "javax.net.ssl.SSLHandshakeException: Empty client certificate chain";
    assertThat(said(tcp, Level.WARN, refused)).isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void keepsBackThatAConnectionWasClosedWhileItWasReadFromAndNothingElseOfIt() {
    String tcp = "org.jgroups.protocols.TCP";
    String failed = "failed handling message";
    assertThat(said(tcp, Level.WARN, failed, new IOException("Stream closed")))
        .isEqualTo(FilterReply.DENY);
    assertThat(said(tcp, Level.WARN, failed, new IllegalStateException("no view")))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(said(tcp, Level.WARN, "JGRP000012: discarded message from different cluster"))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  /** As they came when a node was frozen for 12 s, and when another was cut off for 20 s. */
  @Test
  void keepsBackWhatIsSaidOfANodeThatWasSilentAndIsBack() {
    assertThat(
            said(
                "io.vertx.core.eventbus.impl.clustered.OutboundConnection",
                Level.WARN,
                "No pong from server process-12216-26abefa2 - will consider it dead"))
        .isEqualTo(FilterReply.DENY);
    assertThat(
            said(
                "org.jgroups.protocols.pbcast.NAKACK2",
                Level.WARN,
                "JGRP000011: process-12057-324df8eb: dropped message from non-member"
                    + " process-12058-ba1435a9 (view=[process-12132-7a1c8daf|6] (9) [])"))
        .isEqualTo(FilterReply.DENY);
    assertThat(
            said(
                "org.infinispan.partitionhandling.impl.PreferAvailabilityStrategy",
                Level.WARN,
                "ISPN000517: Ignoring cache topology from [process-23667-42967c95] during merge:"
                    + " CacheTopology{id=27, phase=NO_REBALANCE}"))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void tellsWhereTheWorkOfANodeThatHasGoneGoesOn() {
    assertThat(Membership.gone("back", true))
        .isEqualTo("node back has gone; its work goes on here");
    assertThat(Membership.gone("back", false))
        .isEqualTo(
            "node back has gone; its work goes on where other nodes have its roles: see"
                + " ./voicebus nodes");
  }

  @Test
  void letsOtherErrorsPass() {
    assertThat(said("org.infinispan.CLUSTER", Level.ERROR, "ISPN000196: Failed to recover"))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(said("io.vertx.core.net.impl.ConnectionBase", Level.ERROR, "Unhandled exception"))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(said("io.voicebus.bus.Inbox", Level.ERROR, "a handler failed"))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void tellsOfANodeThatStaysUnreachableOnceItMustHaveBeenExpelled() {
    // when: it is tried every second
    for (int second = 0; second < 14; second++) {
      assertThat(connecting()).isEqualTo(FilterReply.DENY);
      now += 1_000_000_000L;
    }
    assertThat(log.texts()).isEmpty();
    for (int second = 14; second < 18; second++) {
      connecting();
      now += 1_000_000_000L;
    }
    // then
    assertThat(log.texts()).singleElement().asString().contains("back-1f");
  }

  private FilterReply connecting() {
    return said(
        "io.vertx.core.eventbus.impl.clustered.ClusteredEventBus",
        Level.WARN,
        "Connecting to server back-1f failed");
  }
}
