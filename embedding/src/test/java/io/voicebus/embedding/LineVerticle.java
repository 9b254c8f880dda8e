package io.voicebus.embedding;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;

/** A stage of your own, in place of the chunker: every line of the text is one chunk. */
public final class LineVerticle extends VerticleBase {
  private VertxBus bus;

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "lines")
        .compose(
            registered -> {
              bus = registered;
              bus.inbox().onLink(TextOpen.class, Lines::new);
              return bus.serve(Addresses.TEXT);
            });
  }

  @Override
  public Future<?> stop() {
    // Turns under way are told, and go on at another instance.
    return bus == null ? Future.succeededFuture() : bus.close();
  }

  /** One turn: deltas come in over the link, chunks go back. */
  private static final class Lines {
    private final Link link;

    /** Of a turn that another instance had begun, this much of the text is in chunks already. */
    private final long resumeAt;

    private final StringBuilder line = new StringBuilder();
    private int chunk;
    private long at;

    Lines(TextOpen open, Link link) {
      this.link = link;
      this.chunk = open.nextChunk();
      this.resumeAt = open.resumeAt();
      link.in().handler(this::onItem);
      link.in().endHandler(ended -> onEnd());
      link.out().drainHandler(drained -> link.in().resume());
    }

    private void onItem(Message item) {
      if (item instanceof TextDelta delta) {
        for (char c : delta.text().toCharArray()) {
          at++;
          if (at > resumeAt) {
            line.append(c);
          }
          if (c == '\n') {
            tellLine();
          }
        }
        if (link.out().writeQueueFull()) {
          link.in().pause();
        }
      }
    }

    private void tellLine() {
      if (!line.toString().isBlank()) {
        link.tell(new ChunkCaption(chunk++, line.toString().strip(), at - line.length(), at));
      }
      line.setLength(0);
    }

    private void onEnd() {
      tellLine();
      link.tell(new TextLength(chunk));
      link.out().end();
    }
  }
}
