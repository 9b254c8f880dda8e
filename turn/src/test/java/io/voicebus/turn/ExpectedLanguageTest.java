package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.VoicesAsk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the chunker is told about the language of a text that shows none. */
class ExpectedLanguageTest {
  private final VirtualBus bus = new VirtualBus(1);
  private final StageStub text = stage("gemini", Stage.TEXT, Addresses.PROMPT);
  private final StageStub chunker = stage("chunker", Stage.CHUNKER, Addresses.TEXT);
  private final TurnOwner turns = new TurnOwner(bus.node("owner").inbox(), OwnerLimits.DEFAULTS);

  private StageStub stage(String name, Stage stage, String address) {
    StageStub stub = new StageStub(bus, name, stage);
    bus.serve(address, stub.node);
    return stub;
  }

  private Turn start(String conversation, String listener) {
    TurnOptions options =
        TurnOptions.DEFAULTS.withConversation(conversation).withExpected(listener);
    Turn turn = turns.start(TurnRequest.toCaller("hello", options), event -> {});
    bus.run(Duration.ofMillis(50));
    return turn;
  }

  private String expected() {
    return chunker.head(TextOpen.class).turn().options().expected();
  }

  private void speak(String language) {
    text.says(new TextDelta("Ciao. "));
    bus.run(Duration.ofMillis(50));
    chunker.says(new ChunkCaption(0, "Ciao.", 0, 6, "", 1, ChunkEnd.SENTENCE, List.of(), language));
    bus.run(Duration.ofMillis(50));
  }

  @Test
  void isThatOfTheListenersSettings() {
    start("", "de");
    assertThat(expected()).isEqualTo("de");
  }

  @Test
  void isThatOfTheConversationsLastTurn() {
    // given
    Turn first = start("c", "de");
    speak("it");
    // when: the first turn is still spoken, and when it is over
    start("c", "de");
    String during = expected();
    first.cancel("test");
    bus.run(Duration.ofSeconds(90));
    start("c", "de");
    // then
    assertThat(during).isEqualTo("it");
    assertThat(expected()).isEqualTo("it");
  }

  @Test
  void isThatOfTheOnlyVoiceUnlessAVoiceIsNamed() {
    turns.speakingOnly("en");
    start("c", "de");
    assertThat(expected()).isEqualTo("en");
    TurnOptions named = TurnOptions.DEFAULTS.withVoice("espeak/de").withExpected("de");
    turns.start(TurnRequest.toCaller("hello", named), event -> {});
    bus.run(Duration.ofMillis(50));
    assertThat(expected()).isEqualTo("de");
  }

  @Test
  void isThatOfTheVoiceOnceTheVoicesAreKnown() {
    // given
    VirtualBus.Node asking = bus.node("asking");
    VirtualBus.Node speech = bus.node("speech");
    EngineVoices espeak =
        new EngineVoices(
            "espeak",
            true,
            "",
            List.of(new EngineVoice("de", "German", "de"), new EngineVoice("it", "Italian", "it")),
            1,
            "it");
    EngineVoices service =
        new EngineVoices("openai", true, "", List.of(new EngineVoice("alloy", "Alloy", "")));
    speech.inbox().onAsk(VoicesAsk.class, ask -> Future.succeededFuture(List.of(espeak, service)));
    bus.serve(Addresses.VOICES, speech);
    turns.knowing(new Voices(asking.inbox()));
    // when
    String first = expected("espeak/de");
    // then: it was asked for, and is known from now on
    assertThat(first).isEqualTo("fr");
    assertThat(expected("espeak/de")).isEqualTo("de");
    assertThat(expected("DE+f3")).isEqualTo("de");
    assertThat(expected("openai/alloy")).isEqualTo("fr");
    assertThat(expected("nobody")).isEqualTo("fr");
    assertThat(expected("")).isEqualTo("it");
  }

  private String expected(String voice) {
    TurnOptions options = TurnOptions.DEFAULTS.withVoice(voice).withExpected("fr");
    turns.start(TurnRequest.toCaller("hello", options), event -> {});
    bus.run(Duration.ofMillis(50));
    return expected();
  }

  @Test
  void isNotThatOfAnotherConversationNorAGuess() {
    start("c", "de");
    speak("it");
    start("d", "de");
    assertThat(expected()).isEqualTo("de");
    speak("");
    start("d", "de");
    assertThat(expected()).isEqualTo("de");
  }
}
