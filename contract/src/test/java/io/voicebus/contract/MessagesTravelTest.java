package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.EveryType;
import io.voicebus.bus.Message;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessagesTravelTest {
  @Test
  void everyMessageComesBackAsItWasBothAsAHeadAndAsAnItem() {
    assertThat(EveryType.of(Message.class)).contains(ChunkAudio.class, TextDelta.class);
    EveryType.comesBack(new Random(42));
  }
}
