package io.voicebus.tts;

import io.vertx.core.Future;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.VoicesAnswer;
import io.voicebus.contract.VoicesAsk;
import java.util.List;
import java.util.function.Supplier;

/** Answers those who ask which engines and voices can be used. */
final class BusVoiceDesk {
  private final Inbox inbox;
  private final Supplier<Future<List<EngineOffer>>> offers;

  /**
   * Takes the questions that arrive at the inbox.
   *
   * @param offers asks the engines, on the inbox's context; bounded in time
   */
  BusVoiceDesk(Inbox inbox, Supplier<Future<List<EngineOffer>>> offers) {
    this.inbox = inbox;
    this.offers = offers;
  }

  void open() {
    inbox.onOpen(
        VoicesAsk.class,
        (VoicesAsk ask, BusReadStream<Message> asked) -> {
          asked.handler(ignored -> {});
          asked.exceptionHandler(answeredOrGone -> {});
          offers
              .get()
              .compose(
                  all ->
                      inbox
                          .<EngineVoices>open(asked.peer(), new VoicesAnswer(ask.number()))
                          .onSuccess(answer -> write(answer, all)))
              .onFailure(why -> asked.cancel(Failure.of(Stage.SPEECH, why)));
        });
  }

  /** All of it: an answer is small, and its stream holds back what there is no credit for. */
  private static void write(BusWriteStream<EngineVoices> answer, List<EngineOffer> offers) {
    answer.exceptionHandler(askerGone -> {});
    offers.forEach(offer -> OfferParts.of(offer).forEach(answer::write));
    answer.end();
  }
}
