package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadEventsTest {
  private static String chunk(String text, int start, int end) {
    return "id: 1\nevent: chunk\ndata: {\"chunk\":0,\"text\":\""
        + text
        + "\",\"source_start\":"
        + start
        + ",\"source_end\":"
        + end
        + "}\n\n";
  }

  @Test
  void cutsAfterTheLastCharThatIsNoBlank() {
    LoadEvents events = new LoadEvents(chunk("Yes.", 0, 5) + chunk("No.", 5, 8));
    assertThat(events.cuts("Yes. No.")).containsExactly(4, 8);
  }

  @Test
  void refusesTextThatIsSpokenOtherwiseThanWritten() {
    LoadEvents events = new LoadEvents(chunk("five percent", 0, 2));
    assertThatThrownBy(() -> events.cuts("5%")).hasMessageContaining("5%");
  }

  @Test
  void refusesChunksThatDoNotCoverTheText() {
    LoadEvents events = new LoadEvents(chunk("Yes.", 0, 5));
    assertThatThrownBy(() -> events.cuts("Yes. No.")).hasMessageContaining("Yes. No.");
  }

  @Test
  void knowsNoTraceWithoutAnEnd() {
    assertThat(new LoadEvents(chunk("Yes.", 0, 4)).trace()).isEmpty();
  }
}
