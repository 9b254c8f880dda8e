package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.ConversationAsk;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.Heard;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Position;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextBegun;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.VoicesAsk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All stages behind the HTTP server: accepts turns, and does with them what a test says. */
final class FakePipeline extends VerticleBase {
  private final BlockingQueue<FakeTurn> turns = new LinkedBlockingQueue<>();
  private final Map<TurnId, Stages> stages = new HashMap<>();

  /** What is remembered; a test may put something in. */
  final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

  /** What the engines offer, in parts; a test may put something in. */
  final List<EngineVoices> voices = new CopyOnWriteArrayList<>();

  final AtomicInteger voicesAsked = new AtomicInteger();

  private volatile boolean endsAll;

  /** Speaks and ends every turn from now on, for tests that do not look at them. */
  void endsAll() {
    endsAll = true;
  }

  /** Those that begin from now on go on until a test ends them. */
  void endsNone() {
    endsAll = false;
  }

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  /** The next report of what was heard; waits for it. */
  Heard nextHeard() throws InterruptedException {
    Heard next = heard.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was heard");
    }
    return next;
  }

  /** The next turn whose stages are all open; waits for it. */
  FakeTurn nextTurn() throws InterruptedException {
    FakeTurn turn = turns.poll(10, TimeUnit.SECONDS);
    if (turn == null) {
      throw new AssertionError("no turn came");
    }
    return turn;
  }

  /** Whether a turn has come that nobody has taken. */
  boolean anyTurn() {
    return !turns.isEmpty();
  }

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "fake")
        .compose(
            bus -> {
              Inbox inbox = bus.inbox();
              inbox.onLink(
                  PlayoutRequest.class,
                  (request, link) -> {
                    Stages stages = stages(request.turn().turn());
                    link.in()
                        .handler(
                            item -> {
                              if (item instanceof Position position) {
                                stages.positions.add(position);
                              } else if (item instanceof ListenerAway listener) {
                                stages.away.add(listener.away());
                              }
                            });
                    link.onConfirmed(
                        () -> {
                          stages.playback = link;
                          present(inbox, stages);
                        });
                  });
              inbox.onLink(
                  TextOpen.class,
                  (open, link) -> {
                    Stages stages = stages(open.turn().turn());
                    stages.fed = open.turn().options().mode().isGiven();
                    if (stages.fed) {
                      stages.prompt = new Prompt(open.turn(), open.prompt());
                    }
                    link.in().handler(stages.written::add);
                    link.in().endHandler(ended -> stages.written.add(new TextEnded()));
                    link.onConfirmed(
                        () -> {
                          stages.chunker = link;
                          present(inbox, stages);
                        });
                  });
              inbox.onLink(
                  Prompt.class,
                  (prompt, link) -> {
                    Stages stages = stages(prompt.turn().turn());
                    stages.prompt = prompt;
                    link.in().handler(ignored -> {});
                    link.onConfirmed(
                        () -> {
                          stages.text = link;
                          present(inbox, stages);
                        });
                  });
              inbox.onAsk(TextBegun.class, text -> answer(Conversation.NONE));
              inbox.onAsk(
                  Heard.class,
                  report -> {
                    heard.add(report);
                    return answer(Conversation.NONE);
                  });
              inbox.onAsk(
                  ConversationAsk.class,
                  ask ->
                      answer(
                          ask.forget()
                              ? conversations.remove(ask.conversation())
                              : conversations.get(ask.conversation())));
              inbox.onAsk(
                  VoicesAsk.class,
                  ask -> {
                    voicesAsked.incrementAndGet();
                    return Future.succeededFuture(List.copyOf(voices));
                  });
              return bus.serve(Addresses.PLAYOUT)
                  .compose(done -> bus.serve(Addresses.TEXT))
                  .compose(done -> bus.serve(Addresses.VOICES))
                  .compose(done -> bus.serve(Addresses.CONVERSATION))
                  .compose(done -> bus.serve(Addresses.PROMPT));
            });
  }

  private static Future<List<ConversationAnswer>> answer(@Nullable Conversation known) {
    return Future.succeededFuture(
        List.of(new ConversationAnswer(known != null, known == null ? Conversation.NONE : known)));
  }

  /** What has come of one turn's stages. */
  private static final class Stages {
    final BlockingQueue<Position> positions = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> away = new LinkedBlockingQueue<>();
    final BlockingQueue<Message> written = new LinkedBlockingQueue<>();
    boolean fed;
    @Nullable Prompt prompt;
    @Nullable Link text;
    @Nullable Link chunker;
    @Nullable Link playback;
  }

  private Stages stages(TurnId turn) {
    return stages.computeIfAbsent(turn, id -> new Stages());
  }

  private void present(Inbox inbox, Stages all) {
    Prompt prompt = all.prompt;
    Link text = all.text;
    Link chunker = all.chunker;
    Link playback = all.playback;
    if (prompt != null && (text != null || all.fed) && chunker != null && playback != null) {
      stages.remove(prompt.turn().turn());
      FakeTurn turn =
          new FakeTurn(
              inbox, prompt, all.positions, all.away, all.written, text, chunker, playback);
      if (endsAll) {
        turn.format(24_000).audio(new byte[2]).finish();
      } else {
        turns.add(turn);
      }
    }
  }
}
