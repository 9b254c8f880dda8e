package io.voicebus.tts;

import io.vertx.core.Future;
import io.voicebus.bus.Inbox;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.VoicesAsk;
import java.util.List;
import java.util.function.Supplier;

/** Answers questions for the engines and voices that can be used. */
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
    inbox.onAsk(VoicesAsk.class, ask -> offers.get().map(BusVoiceDesk::parts));
  }

  private static List<EngineVoices> parts(List<EngineOffer> offers) {
    return offers.stream().flatMap(offer -> OfferParts.of(offer).stream()).toList();
  }
}
