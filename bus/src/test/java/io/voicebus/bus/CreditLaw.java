package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

/** Watches the wire: nobody sends more than was granted, neither per stream nor per pair. */
final class CreditLaw {
  private final Map<String, Long> granted = new HashMap<>();
  private final Map<String, Long> sent = new HashMap<>();
  private final Map<String, Long> pairGranted = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private long items;

  void see(String to, Packet packet) {
    if (packet instanceof StreamPacket.Opened opened) {
      grant(to, opened.from(), opened.stream(), opened.limit());
    } else if (packet instanceof StreamPacket.Credit credit) {
      grant(to, credit.from(), credit.stream(), credit.limit());
    } else if (packet instanceof StreamPacket.PeerCredit credit) {
      pairGranted.merge(pair(to, credit.from(), credit.epoch()), credit.limit(), Math::max);
    } else if (packet instanceof StreamPacket.Heartbeat beat) {
      beat.consuming().forEach(brief -> grant(to, beat.from(), brief.stream(), brief.value()));
      pairGranted.merge(pair(to, beat.from(), beat.peerEpoch()), beat.peerLimit(), Math::max);
    } else if (packet instanceof StreamPacket.Data data) {
      data(to, data);
    }
  }

  long items() {
    return items;
  }

  /** Bytes that the producer has sent in a stream. */
  long sent(String producer, long stream, String consumer) {
    return sent.getOrDefault(producer + "/" + stream + ">" + consumer, 0L);
  }

  private void data(String to, StreamPacket.Data data) {
    items++;
    String stream = data.from() + "/" + data.stream() + ">" + to;
    long total = sent.merge(stream, (long) data.item().weight(), Long::sum);
    assertThat(total).as("bytes sent in %s", stream).isLessThanOrEqualTo(granted.get(stream));
    assertThat(data.sequence())
        .as("sequence in %s", stream)
        .isEqualTo(sequences.merge(stream, 1L, Long::sum) - 1);
    String pair = pair(data.from(), to, data.epoch());
    assertThat(data.total())
        .as("bytes sent in pair %s", pair)
        .isLessThanOrEqualTo(pairGranted.getOrDefault(pair, Limits.PEER_WINDOW));
  }

  private void grant(String producer, String consumer, long stream, long limit) {
    granted.merge(producer + "/" + stream + ">" + consumer, limit, Math::max);
  }

  private static String pair(String producer, String consumer, long epoch) {
    return producer + ">" + consumer + "#" + epoch;
  }
}
