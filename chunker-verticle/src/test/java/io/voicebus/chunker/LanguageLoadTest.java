package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A language is loaded beside the event loop: only the turns that speak it wait for it. */
class LanguageLoadTest {
  /** What is being loaded, until a test lets it end. */
  private final ArrayDeque<Runnable> loading = new ArrayDeque<>();

  /** Whether what is loaded cannot be loaded. */
  private boolean broken;

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node owner = bus.node("owner");
  private final VirtualBus.Node chunker = bus.node("chunker");
  private final BusTexts texts =
      new BusTexts(
          chunker.inbox(),
          ChunkerOptions.DEFAULT,
          new JobText(
              true,
              Pronunciations.NONE,
              "",
              (blocking, then) ->
                  loading.add(
                      () -> {
                        if (!broken) {
                          blocking.run();
                        }
                        chunker.execute(then);
                      })));

  /** One turn, as its owner sees it. */
  private final class Turn {
    final List<Message> said = new ArrayList<>();
    final Link link;

    Turn(String language) {
      TurnContext context =
          new TurnContext(TurnId.random(), owner.inbox().address(), options(language));
      link = open(new TextOpen(context));
      link.in().handler(said::add);
    }

    Turn writes(String text) {
      link.tell(new TextDelta(text));
      settle();
      return this;
    }

    Turn ends() {
      link.out().end();
      settle();
      return this;
    }

    List<String> words() {
      return said.stream()
          .filter(ChunkCaption.class::isInstance)
          .map(caption -> ((ChunkCaption) caption).words())
          .toList();
    }

    boolean isWhole() {
      return said.stream().anyMatch(TextLength.class::isInstance);
    }
  }

  LanguageLoadTest() {
    bus.serve(Addresses.TEXT, chunker);
  }

  private static TurnOptions options(String language) {
    return new TurnOptions(
        "", "", true, Pace.REALTIME, TurnOptions.NO_PROCESSING, List.of(), language);
  }

  private Link open(TextOpen open) {
    var link = owner.inbox().link(Addresses.TEXT, open, Duration.ofSeconds(5));
    settle();
    return link.result();
  }

  private void settle() {
    bus.run(Duration.ofMillis(20));
  }

  /** Lets all that is being loaded end, and what that begins. */
  private void loaded() {
    while (!loading.isEmpty()) {
      loading.remove().run();
      settle();
    }
  }

  @Test
  void aLanguagesFirstUseKeepsOnlyItsOwnTurnsWaiting() {
    // given: English is there
    Turn english = new Turn("en").writes("I have 3. You ");
    loaded();
    // when
    Turn dutch = new Turn("nl").writes("Ik heb 3. Jij hebt 4. Wij hebben ");
    english.writes("have 4. And ");
    // then
    assertThat(loading).as("one load of Dutch").hasSize(1);
    assertThat(dutch.words()).isEmpty();
    assertThat(english.words()).containsExactly("I have three.", "You have four.");
    // when
    loaded();
    dutch.writes("5.").ends();
    english.writes("we have 5.").ends();
    // then: in order, and nothing is left
    assertThat(String.join(" ", dutch.words()))
        .isEqualTo("Ik heb drie. Jij hebt vier. Wij hebben vijf.");
    assertThat(dutch.isWhole()).isTrue();
    assertThat(english.isWhole()).isTrue();
    assertThat(texts.active()).isZero();
  }

  @Test
  void turnsThatNeedTheSameLanguageWaitForOneLoad() {
    Turn one = new Turn("de").writes("Ich habe 3. Und ");
    Turn two = new Turn("de").writes("Du hast 4. Und ");
    assertThat(loading).as("what finds the language").hasSize(1);
    loading.remove().run();
    settle();
    assertThat(loading).as("German").hasSize(1);
    loaded();
    assertThat(one.words()).containsExactly("Ich habe drei.");
    assertThat(two.words()).containsExactly("Du hast vier.");
  }

  @Test
  void aTextThatIsSaidAsItIsWrittenWaitsForNoLanguage() {
    // given: it is known how a language is found
    Turn turn = new Turn("").writes("This is the first sentence. And ");
    loading.remove().run();
    settle();
    // then
    assertThat(loading).as("languages").isEmpty();
    assertThat(turn.words()).containsExactly("This is the first sentence.");
    // when
    turn.writes("there are 3 more of them here. ").ends();
    // then
    assertThat(loading).as("English").hasSize(1);
    loaded();
    assertThat(turn.words()).contains("And there are three more of them here.");
  }

  @Test
  void aTextThatEndsWhileItsLanguageIsLoadedIsSpokenWhole() {
    Turn turn = new Turn("fr").writes("J'ai 3. Tu as 4.").ends();
    assertThat(turn.isWhole()).isFalse();
    loaded();
    assertThat(String.join(" ", turn.words())).isEqualTo("J'ai trois. Tu as quatre.");
    assertThat(turn.isWhole()).isTrue();
    assertThat(texts.active()).isZero();
  }

  @Test
  void aTurnThatIsCancelledMeanwhileIsForgotten() {
    // given
    Turn turn = new Turn("es").writes("Tengo 3. ");
    // when
    turn.link.fail(new Failure(Stage.OWNER, FailureKind.CANCELLED, "enough"));
    settle();
    loaded();
    // then
    assertThat(turn.said).isEmpty();
    assertThat(texts.active()).isZero();
    assertThat(chunker.inbox().idle()).isTrue();
  }

  @Test
  void aLanguageThatCannotBeLoadedIsSpokenAsItIsWritten() {
    broken = true;
    Turn turn = new Turn("it").writes("Ho 3. E ");
    loaded();
    assertThat(turn.words()).containsExactly("Ho 3.");
  }
}
