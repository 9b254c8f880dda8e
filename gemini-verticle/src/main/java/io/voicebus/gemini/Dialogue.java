package io.voicebus.gemini;

import io.voicebus.contract.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation in the form that models expect: user and model alternate, a user's turn is last.
 */
final class Dialogue {
  /**
   * The instruction for a model that continues another one's answer; not all services continue by
   * themselves.
   */
  static final String GO_ON =
      "Your answer was interrupted. Go on exactly where it stopped, in the same words and form as if"
          + " it had not been: repeat nothing, and do not mention the interruption.";

  /** Before a text that was said before the user said anything: services let the user begin. */
  static final String OPENING = "(You speak first.)";

  private Dialogue() {}

  /**
   * One side's turn.
   *
   * @param byModel else by the user
   * @param text not blank, unless the question's own prompt is
   */
  record Said(boolean byModel, String text) {}

  /**
   * What was not heard at all was not said; prompts that follow one another are one, and so are
   * answers, of which texts without a prompt are some.
   */
  static List<Said> of(Question question) {
    return of(question, "");
  }

  /** The same with a first message of the user; empty for none. */
  static List<Said> of(Question question, String first) {
    List<Said> dialogue = new ArrayList<>();
    StringBuilder unanswered = new StringBuilder(first);
    for (Exchange before : question.history()) {
      if (!before.prompt().isBlank()) {
        unanswered.append(unanswered.isEmpty() ? "" : "\n\n").append(before.prompt());
      }
      if (before.answer().isBlank()) {
        continue;
      }
      if (!unanswered.isEmpty() || dialogue.isEmpty()) {
        String asked = unanswered.isEmpty() ? OPENING : unanswered.toString();
        dialogue.add(new Said(false, asked));
        dialogue.add(new Said(true, before.answer()));
        unanswered.setLength(0);
      } else {
        Said last = dialogue.remove(dialogue.size() - 1);
        dialogue.add(new Said(true, last.text() + "\n\n" + before.answer()));
      }
    }
    unanswered.append(unanswered.isEmpty() ? "" : "\n\n").append(question.prompt());
    dialogue.add(new Said(false, unanswered.toString()));
    if (!question.said().isBlank()) {
      dialogue.add(new Said(true, question.said()));
      dialogue.add(new Said(false, GO_ON));
    }
    return dialogue;
  }
}
