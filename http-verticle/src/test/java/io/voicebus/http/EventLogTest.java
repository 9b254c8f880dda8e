package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final int WEIGHT = EventLog.OVERHEAD + "four".length();

  @Test
  void givesEveryEntryInOrder() {
    // given
    EventLog log = filled(3, 10 * WEIGHT);
    // then
    assertThat(ids(log, 0)).containsExactly(1L, 2L, 3L);
    assertThat(ids(log, 2)).containsExactly(3L);
    assertThat(log.after(3)).isNull();
    assertThat(log.lastId()).isEqualTo(3);
  }

  @Test
  void keepsTheNewestWithinItsBound() {
    // given
    EventLog log = filled(10, 3 * WEIGHT);
    // then
    assertThat(ids(log, 0)).containsExactly(8L, 9L, 10L);
    assertThat(log.bytes()).isEqualTo(3 * WEIGHT);
  }

  @Test
  void keepsAnEntryThatIsLargerThanTheBound() {
    EventLog log = filled(2, 1);
    assertThat(ids(log, 0)).containsExactly(2L);
  }

  private static EventLog filled(int entries, int maxBytes) {
    EventLog log = new EventLog(maxBytes, 0);
    for (int i = 0; i < entries; i++) {
      log.append(new TurnEvent.Text("four"));
    }
    return log;
  }

  private static List<Long> ids(EventLog log, long after) {
    List<Long> ids = new ArrayList<>();
    EventLog.Entry entry = log.after(after);
    while (entry != null) {
      ids.add(entry.id());
      entry = log.after(entry.id());
    }
    return ids;
  }

  @Test
  void theTextIsGatheredFromTheEvents() {
    EventLog events = new EventLog(100_000, 0);
    events.append(new TurnEvent.Text("The treasure lies "));
    events.append(new TurnEvent.Text("under the old oak."));
    assertThat(events.text()).isEqualTo("The treasure lies under the old oak.");
  }
}
