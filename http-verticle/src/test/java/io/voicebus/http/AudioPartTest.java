package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.LogLines;
import io.voicebus.contract.WavHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** A part of a turn's audio that goes on, and the whole behind it. */
@Isolated("it takes what the process logs")
class AudioPartTest extends ServerTest {
  @RegisterExtension final LogLines faults = LogLines.of(HttpRoutes.class);

  @Test
  void aListenerMayAskForAPartFirst() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    // when
    RawClient part = call("GET", path + "/audio", NOTHING, "Range: bytes=0-45");
    // then
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("accept-ranges")).isEqualTo("bytes");
    assertThat(part.header("content-range")).isEqualTo("bytes 0-45/*");
    assertThat(part.readAll()).hasSize(WavHeader.BYTES + 2);
    RawClient whole = call("GET", path + "/audio", NOTHING, "Range: bytes=0-");
    assertThat(whole.status()).isEqualTo(206);
    turn.audio(new byte[] {3, 4}).finish();
    assertThat(whole.readAll()).hasSize(WavHeader.BYTES + 4);
    assertThat(faults.texts()).isEmpty();
  }
}
