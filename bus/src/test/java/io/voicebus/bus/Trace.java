package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one link carried, as its opener and its consumers saw it; and the laws that it obeys. */
final class Trace {
  /** One acceptance of the open: a lost answer makes another. */
  static final class Reader {
    final VirtualBus.Node node;
    final Link link;
    final BusReadStream stream;
    final List<Integer> received = new ArrayList<>();
    long bytes;
    int ends;
    int failures;
    boolean cancelled;
    @Nullable Failure failure;

    Reader(VirtualBus.Node node, Link link) {
      this.node = node;
      this.link = link;
      stream = link.in();
      stream.handler(
          item -> {
            received.add(((Piece) item).chunk());
            bytes += item.weight();
          });
      stream.endHandler(
          ignored -> {
            ends++;
            link.out().end();
          });
      link.onFailure(
          why -> {
            failures++;
            failure = why;
          });
    }

    boolean over() {
      return ends + failures > 0 || cancelled;
    }
  }

  final VirtualBus.Node producer;
  final List<Reader> readers = new ArrayList<>();
  @Nullable Link link;
  @Nullable BusWriteStream stream;
  @Nullable Failure unopened;
  int written;
  int sent;
  int failures;
  @Nullable Failure failedWith;
  boolean ended;
  boolean endSucceeded;
  boolean endFailed;

  Trace(VirtualBus.Node producer) {
    this.producer = producer;
  }

  static String name(int index) {
    return "stream-" + index;
  }

  void opened(Link opened) {
    Pair.listen(opened);
    link = opened;
    stream = opened.out();
    opened.onFailure(why -> failures++);
  }

  void write(int bytes) {
    if (stream != null && stream.isOpen()) {
      stream.write(new Piece(written++, new byte[bytes])).onSuccess(ignored -> sent++);
    }
  }

  void end() {
    if (stream != null && stream.isOpen()) {
      ended = true;
      stream.end().onSuccess(v -> endSucceeded = true).onFailure(thrown -> endFailed = true);
    }
  }

  void fail(Failure why) {
    if (link != null && stream != null) {
      failedWith = why;
      link.fail(why);
      stream.end().onFailure(thrown -> endFailed = true);
    }
  }

  /** What holds at any time. */
  void check(CreditLaw credit) {
    for (Reader reader : readers) {
      String from = reader.stream.peer();
      assertThat(
              credit.sent(from, reader.stream.number(), reader.node.name()) - reader.bytes
                      <= Limits.STREAM_WINDOW
                  || reader.over())
          .as("at most one window is sent and not read")
          .isTrue();
      for (int i = 0; i < reader.received.size(); i++) {
        assertThat(reader.received.get(i)).as("item %d in order, once", i).isEqualTo(i);
      }
      assertThat(reader.ends + reader.failures).as("told its end at most once").isLessThan(2);
      if (reader.ends == 1) {
        assertThat(ended).as("an end was written").isTrue();
        assertThat(reader.received).as("all came before the end").hasSize(written);
      }
    }
    assertThat(failures).as("failures that the producer was told").isLessThan(2);
  }

  /** What holds when everything has had its time. */
  void checkOver(CreditLaw credit) {
    check(credit);
    if (producer.alive()) {
      assertThat(stream != null || unopened != null).as("the open was answered").isTrue();
      if (stream != null) {
        assertThat(stream.isOpen()).as("the producer's end is over").isFalse();
      }
      if (ended) {
        assertThat(endSucceeded ^ endFailed).as("the end's future is complete, once").isTrue();
      }
    }
    for (Reader reader : readers) {
      if (reader.node.alive()) {
        assertThat(reader.over()).as("the consumer's end is over").isTrue();
      }
    }
    if (endSucceeded) {
      assertThat(readers)
          .as("an end that succeeded was received by someone")
          .anyMatch(r -> r.received.size() == written || r.cancelled || !r.node.alive());
    }
  }
}
