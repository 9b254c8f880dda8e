package io.voicebus.embedding;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.TextOpen;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A stage of your own, between the chunker and playback: it has some words said otherwise. */
public final class WordsVerticle extends VerticleBase {
  /** Where the chunker is, for this stage alone. */
  static final String CHUNKER = "application.chunker";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Map<String, String> SAID = Map.of("kitty", "cat", "yummy", "good");

  private VertxBus bus;

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "words")
        .compose(
            registered -> {
              bus = registered;
              bus.inbox().onLink(TextOpen.class, this::open);
              return bus.serve(Addresses.TEXT);
            });
  }

  @Override
  public Future<?> stop() {
    return bus == null ? Future.succeededFuture() : bus.close();
  }

  /** One turn: the owner has opened a link to this stage, which opens one to the chunker. */
  private void open(TextOpen head, Link owner) {
    owner.in().pause();
    bus.inbox()
        .link(CHUNKER, head, PATIENCE)
        .onSuccess(
            chunker -> {
              pass(owner, chunker, item -> item);
              pass(chunker, owner, WordsVerticle::said);
            })
        // The kind of failure says whether the owner may try another instance.
        .onFailure(why -> owner.fail(Failure.of(Stage.CHUNKER, why)));
  }

  /** One direction: items, back-pressure, the end, and a failure as it came. */
  private static void pass(Link from, Link to, UnaryOperator<Message> change) {
    from.onFailure(to::fail);
    to.out().drainHandler(drained -> from.in().resume());
    from.in().endHandler(ended -> to.out().end());
    from.in()
        .handler(
            item -> {
              to.tell(change.apply(item));
              if (to.out().writeQueueFull()) {
                from.in().pause();
              }
            });
    from.in().resume();
  }

  /** Word after word, so that it is known of each where it is in the text. */
  private static Message said(Message item) {
    if (!(item instanceof ChunkCaption chunk)) {
      return item;
    }
    for (Map.Entry<String, String> word : SAID.entrySet()) {
      chunk = chunk.withWords(chunk.words().replace(word.getKey(), word.getValue()));
    }
    return chunk;
  }
}
