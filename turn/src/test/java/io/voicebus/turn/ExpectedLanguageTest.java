package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnOptions;
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
