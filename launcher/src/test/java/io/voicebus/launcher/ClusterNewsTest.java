package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator reads on a node's terminal when others come, and are killed. */
@Timeout(120)
class ClusterNewsTest {
  @Test
  void aNodeThatComesAndIsKilledIsToldOfInOneLineEachAndNothingElseIs() throws Exception {
    // given
    String port = Integer.toString(FreePorts.range(20));
    List<String> cluster = List.of("--cluster", "--cluster-port", port, "--node");
    try (ServeJvm front = start(cluster, "front", "--port", "0")) {
      front.address();
      CompletableFuture<String> joined = front.says("node back-2 has joined");
      CompletableFuture<String> gone = front.says("node back-2 has gone; its work goes on here");
      // when
      try (ServeJvm back = start(cluster, "back-2", "--roles", "tts")) {
        back.ready();
        joined.get(30, TimeUnit.SECONDS);
        back.kill();
        gone.get(60, TimeUnit.SECONDS);
      }
      // then: also while it goes on and ends; a newer JVM itself warns of the cluster's jar, and
      // Vert.x
      // where the machine is so busy that it waits
      front.stop();
      assertThat(front.ended(60)).isTrue();
      assertThat(
              front
                  .said()
                  .lines()
                  .filter(line -> !line.matches("|( |WARNING: ).*|.* BlockedThreadChecker .*")))
          .hasSize(5)
          .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    }
  }

  private static ServeJvm start(List<String> cluster, String name, String... more) {
    List<String> arguments = new ArrayList<>(cluster);
    arguments.add(name);
    arguments.addAll(List.of(more));
    return ServeJvm.start(Map.of(), arguments);
  }
}
