package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Exchange;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueTest {
  private static List<Dialogue.Said> dialogue(String prompt, Exchange... history) {
    TurnContext turn = new TurnContext(TurnId.random(), "owner", TurnOptions.DEFAULTS);
    return Dialogue.of(new Question(turn, List.of(history), prompt));
  }

  private static Dialogue.Said user(String text) {
    return new Dialogue.Said(false, text);
  }

  private static Dialogue.Said model(String text) {
    return new Dialogue.Said(true, text);
  }

  @Test
  void userAndModelAlternateAndTheUserIsLast() {
    assertThat(dialogue("c", new Exchange("a", "1"), new Exchange("b", "2")))
        .containsExactly(user("a"), model("1"), user("b"), model("2"), user("c"));
  }

  @Test
  void whatWasNotHeardIsLeftOutAndPromptsInARowAreOne() {
    assertThat(dialogue("d", new Exchange("a", " "), new Exchange("b", "2"), new Exchange("c", "")))
        .containsExactly(user("a\n\nb"), model("2"), user("c\n\nd"));
  }

  @Test
  void anEmptyTurnIsLeftOut() {
    assertThat(dialogue("b", new Exchange(" ", " "), new Exchange("a", "2")))
        .containsExactly(user("a"), model("2"), user("b"));
  }

  @Test
  void aTextThatWasSaidWithoutAPromptIsTheModels() {
    assertThat(
            dialogue(
                "b", new Exchange("a", "1"), new Exchange("", "said"), new Exchange("", "more")))
        .containsExactly(user("a"), model("1\n\nsaid\n\nmore"), user("b"));
    assertThat(dialogue("b", new Exchange("", "Welcome."), new Exchange("a", "")))
        .containsExactly(user(Dialogue.OPENING), model("Welcome."), user("a\n\nb"));
  }

  @Test
  void thePromptIsNotTouched() {
    assertThat(dialogue(" \tx\n")).containsExactly(user(" \tx\n"));
  }
}
