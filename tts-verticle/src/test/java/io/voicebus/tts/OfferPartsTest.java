package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.VoicesAsk;
import io.voicebus.tts.engine.Voice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OfferPartsTest {
  private static List<Voice> voices(int count, String name) {
    return IntStream.range(0, count).mapToObj(i -> new Voice("id" + i, name, "en")).toList();
  }

  @Test
  void manyVoicesWithLongNamesTravelInPartsThatFitAndInTheirOrder() {
    // given
    EngineOffer offer = EngineOffer.of("x", voices(5000, "\u4f60".repeat(1000)), "v1");
    // when
    List<EngineVoices> parts = OfferParts.of(offer);
    // then
    assertThat(parts)
        .hasSizeBetween(2, VoicesAsk.MAX_PARTS / 5)
        .allSatisfy(part -> assertThat(part.weight()).isLessThan(32 * 1024));
    assertThat(parts.stream().flatMap(part -> part.voices().stream()).map(EngineVoice::id))
        .containsExactlyElementsOf(
            IntStream.range(0, OfferParts.MAX_VOICES).mapToObj(i -> "id" + i).toList());
  }

  @Test
  void whatCannotBeUsedIsOnePartWithItsReasonCutToFit() {
    assertThat(OfferParts.of(EngineOffer.not("x", "r".repeat(50_000))))
        .singleElement()
        .satisfies(part -> assertThat(part.usable()).isFalse())
        .satisfies(part -> assertThat(part.reason()).hasSize(1000));
  }

  @Test
  void aVoiceThatNoTurnCouldNameIsLeftOut() {
    EngineOffer offer =
        EngineOffer.of(
            "x", List.of(new Voice("i".repeat(201), "a", ""), new Voice("b", "b", "")), "b");
    assertThat(OfferParts.of(offer).get(0).voices())
        .extracting(EngineVoice::id)
        .containsExactly("b");
  }
}
