package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.EveryType;
import io.voicebus.bus.Packet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueuePacketsTravelTest {
  @Test
  void everyPacketOfTheQueueComesBackAsItWas() {
    assertThat(EveryType.of(Packet.class))
        .containsAll(List.of(JobPacket.class.getPermittedSubclasses()));
    EveryType.comesBack(new Random(42));
  }
}
