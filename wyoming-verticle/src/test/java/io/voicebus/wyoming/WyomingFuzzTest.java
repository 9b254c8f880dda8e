package io.voicebus.wyoming;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What clients of the Wyoming protocol send. */
class WyomingFuzzTest {
  /** The first byte says where the others are cut. */
  @FuzzTest
  void eventsAreTheSameWhereverTheirBytesAreCut(byte[] bytes) {
    int stride = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x0F);
    byte[] sent = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    List<WyomingEvent> events = new ArrayList<>();
    String whole = read(sent, Math.max(1, sent.length), events);
    assertThat(read(sent, stride, new ArrayList<>())).isEqualTo(whole);

    // What was read can be sent on.
    Buffer again = Buffer.buffer();
    events.forEach(event -> again.appendBuffer(WyomingFrames.encode(event)));
    List<WyomingEvent> back = new ArrayList<>();
    read(again.getBytes(), Math.max(1, again.length()), back);
    assertThat(told(back)).isEqualTo(told(events));
  }

  private static String read(byte[] bytes, int stride, List<WyomingEvent> events) {
    WyomingFrames frames = new WyomingFrames();
    try {
      for (int at = 0; at < bytes.length; at += stride) {
        byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + stride));
        frames.accept(Buffer.buffer(piece), events::add);
      }
      return told(events);
    } catch (WyomingFrames.Malformed refused) {
      return told(events) + refused.getMessage();
    }
  }

  private static String told(List<WyomingEvent> events) {
    StringBuilder all = new StringBuilder();
    for (WyomingEvent event : events) {
      all.append(event.type())
          .append(event.data().encode())
          .append(Arrays.toString(event.payload()));
    }
    // Halves of characters are sent as a mark.
    return new String(all.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
