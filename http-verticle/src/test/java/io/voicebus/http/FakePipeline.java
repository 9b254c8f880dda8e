package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ConversationAnswer;
import io.voicebus.contract.ConversationAsk;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.Heard;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Position;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.VoicesAnswer;
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
  private final Map<TurnId, BlockingQueue<Position>> positions = new HashMap<>();

  /** What is remembered; a test may put something in. */
  final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

  /** What the engines offer, in parts; a test may put something in. */
  final List<EngineVoices> voices = new CopyOnWriteArrayList<>();

  final AtomicInteger voicesAsked = new AtomicInteger();

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  /** The next report of what was heard; waits for it. */
  Heard nextHeard() throws InterruptedException {
    Heard next = heard.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was heard");
    }
    return next;
  }

  /** The next turn whose stages have all reported; waits for it. */
  FakeTurn nextTurn() throws InterruptedException {
    FakeTurn turn = turns.poll(10, TimeUnit.SECONDS);
    if (turn == null) {
      throw new AssertionError("no turn came");
    }
    return turn;
  }

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "fake")
        .compose(
            bus -> {
              Inbox inbox = bus.inbox();
              inbox.onOpen(PlayoutRequest.class, this::onPlayout);
              inbox.onOpen(
                  Prompt.class,
                  (Prompt prompt, BusReadStream<Message> stream) ->
                      onPrompt(inbox, prompt, stream));
              inbox.onOpen(
                  Heard.class,
                  (Heard report, BusReadStream<Message> stream) -> {
                    heard.add(report);
                    answer(inbox, stream, report.number(), Conversation.NONE);
                  });
              inbox.onOpen(
                  ConversationAsk.class,
                  (ConversationAsk ask, BusReadStream<Message> stream) ->
                      answer(
                          inbox,
                          stream,
                          ask.number(),
                          ask.forget()
                              ? conversations.remove(ask.conversation())
                              : conversations.get(ask.conversation())));
              inbox.onOpen(
                  VoicesAsk.class,
                  (VoicesAsk ask, BusReadStream<Message> stream) -> {
                    voicesAsked.incrementAndGet();
                    stream.handler(ignored -> {});
                    stream.exceptionHandler(ignored -> {});
                    inbox
                        .<EngineVoices>open(stream.peer(), new VoicesAnswer(ask.number()))
                        .onSuccess(
                            answer -> {
                              voices.forEach(answer::write);
                              answer.end();
                            });
                  });
              return bus.serve(Addresses.PLAYOUT)
                  .compose(done -> bus.serve(Addresses.VOICES))
                  .compose(done -> bus.serve(Addresses.CONVERSATION))
                  .compose(done -> bus.serve(Addresses.PROMPT));
            });
  }

  private static void answer(
      Inbox inbox, BusReadStream<Message> asked, long number, @Nullable Conversation known) {
    asked.handler(ignored -> {});
    asked.exceptionHandler(ignored -> {});
    inbox
        .<Message>open(
            asked.peer(),
            new ConversationAnswer(
                number, known != null, known == null ? Conversation.NONE : known))
        .onSuccess(BusWriteStream::end);
  }

  private void onPlayout(PlayoutRequest request, BusReadStream<Message> control) {
    BlockingQueue<Position> reported = new LinkedBlockingQueue<>();
    positions.put(request.turn().turn(), reported);
    control.exceptionHandler(cancelled -> {});
    control.handler(
        item -> {
          if (item instanceof Position position) {
            reported.add(position);
          }
        });
  }

  private void onPrompt(Inbox inbox, Prompt prompt, BusReadStream<Message> stream) {
    BlockingQueue<Position> reported = positions.remove(prompt.turn().turn());
    FakeTurn turn =
        new FakeTurn(inbox, prompt, reported == null ? new LinkedBlockingQueue<>() : reported);
    stream.exceptionHandler(turn::promptCancelled);
    Future<BusWriteStream<Message>> text = report(inbox, prompt, Stage.TEXT);
    Future<BusWriteStream<Message>> chunker = report(inbox, prompt, Stage.CHUNKER);
    Future<BusWriteStream<Message>> playback = report(inbox, prompt, Stage.PLAYBACK);
    Future.all(text, chunker, playback)
        .onSuccess(
            all -> {
              turn.reports(text.result(), chunker.result(), playback.result());
              turns.add(turn);
            });
  }

  private static Future<BusWriteStream<Message>> report(Inbox inbox, Prompt prompt, Stage stage) {
    return inbox.open(prompt.turn().owner(), new ReportOpen(prompt.turn().turn(), stage));
  }
}
