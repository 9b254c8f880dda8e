package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.EveryType;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessagesTravelTest {
  /** A node that means harm could otherwise have another one's stack run over. */
  @Test
  void messagesInMessagesAreReadAsDeepAsTheyAreSentAndNoDeeper() {
    Message item = new TextFlush();
    for (int depth = 0; depth < 3; depth++) {
      item = new SpeechPiece(0, 0, item);
    }
    assertThat(EveryType.isReadOrRefused(EveryType.bytes(item))).isTrue();
    for (int depth = 0; depth < 200; depth++) {
      item = new CopiedFacts(List.of(new CopiedFact(item)));
    }
    assertThat(EveryType.isReadOrRefused(EveryType.bytes(item))).isFalse();
  }

  @Test
  void everyMessageComesBackAsItWasBothAsAHeadAndAsAnItem() {
    assertThat(EveryType.of(Message.class)).contains(ChunkAudio.class, TextDelta.class);
    EveryType.comesBack(new Random(42));
  }

  @Test
  void aPlayoutToAFileOrTheCardIsRefusedFromElsewhere() {
    TurnContext turn = new TurnContext(new TurnId("t"), "owner", TurnOptions.DEFAULTS);
    for (Sink sink : Sink.values()) {
      Failure refused = new PlayoutRequest(turn, sink, "/tmp/x.wav").refusedFromElsewhere();
      if (sink == Sink.BUS) {
        assertThat(refused).isNull();
      } else {
        assertThat(refused).extracting(Failure::detail).asString().contains("same process");
      }
    }
  }
}
