package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  /** Below those that systems give to clients. */
  private static final int CLIENTS = 32_768;

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void atAFreePortAServerCanListenAndListenOnceMore() throws IOException {
    int port = FreePorts.one();
    assertThat(port).isLessThan(CLIENTS);
    for (int i = 0; i < 2; i++) {
      try (ServerSocket socket = listen(port)) {
        assertThat(socket.isBound()).isTrue();
      }
    }
  }

  @Test
  void severalAreDifferentOnes() {
    assertThat(FreePorts.several(50)).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void ofARangeEachIsFreeAndTheOneThatIsAHundredHigherToo() throws IOException {
    int from = FreePorts.range(5);
    assertThat(from + 104).isLessThan(CLIENTS);
    for (int port = from; port < from + 5; port++) {
      try (ServerSocket socket = listen(port);
          ServerSocket watch = listen(port + 100)) {
        assertThat(socket.isBound() && watch.isBound()).isTrue();
      }
    }
  }

  /** Also while nobody listens there yet: clusters that start at the same time are two. */
  @Test
  void noPortIsInTwoRanges() {
    int[] ranges = IntStream.range(0, 20).map(i -> FreePorts.range(20)).sorted().toArray();
    for (int i = 1; i < ranges.length; i++) {
      assertThat(ranges[i]).isGreaterThanOrEqualTo(ranges[i - 1] + 20);
    }
  }
}
