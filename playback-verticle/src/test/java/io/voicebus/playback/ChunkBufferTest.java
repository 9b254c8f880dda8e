package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkBufferTest {
  @Test
  void oneThatIsBegunAgainHoldsNothingOfWhatHadCome() {
    // given
    ByteCount committed = new ByteCount(bytes -> {});
    ChunkBuffer chunk = new ChunkBuffer(committed);
    chunk.reserve(1_000);
    chunk.open(false, "voice");
    chunk.append(new byte[100]);
    assertThat(committed.bytes()).isEqualTo(1_000);
    // when
    ChunkBuffer again = chunk.emptied();
    // then
    assertThat(committed.bytes()).isZero();
    assertThat(again.heldBytes()).isZero();
    assertThat(again.untouched()).isTrue();
  }
}
