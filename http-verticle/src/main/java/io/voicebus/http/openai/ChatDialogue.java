package io.voicebus.http.openai;

import io.voicebus.contract.Background;
import io.voicebus.contract.Exchange;
import io.voicebus.http.api.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A client's messages as a turn: the user's last message is the prompt.
 *
 * @param prompt the prompt, not blank
 * @param background the messages before it
 */
public record ChatDialogue(String prompt, Background background) {

  /**
   * Converts messages.
   *
   * @param heard the heard text of spoken answers, by their ids
   */
  public static ChatDialogue of(List<ChatMessage> messages, Map<String, String> heard) {
    StringBuilder system = new StringBuilder();
    List<Exchange> history = new ArrayList<>();
    String asked = "";
    for (ChatMessage message : messages) {
      String text = message.audioId().isEmpty() ? message.text() : heard.get(message.audioId());
      if (text == null || text.isBlank()) {
        continue;
      }
      switch (message.role()) {
        case SYSTEM -> system.append(system.isEmpty() ? "" : "\n\n").append(text);
        case USER -> {
          if (!asked.isEmpty()) {
            history.add(new Exchange(asked, ""));
          }
          asked = text;
        }
        case ASSISTANT -> {
          if (!asked.isEmpty()) {
            history.add(new Exchange(asked, text));
          } else if (history.isEmpty()) {
            // Models want to be asked first.
            system
                .append(system.isEmpty() ? "" : "\n\n")
                .append("You have begun the conversation with these words: ")
                .append(text);
          } else {
            Exchange last = history.remove(history.size() - 1);
            history.add(new Exchange(last.prompt(), last.answer() + "\n\n" + text));
          }
          asked = "";
        }
      }
    }
    if (asked.isEmpty()) {
      throw Invalid.field(
          "messages", "the last of 'messages' must be the user's, and not empty: it is answered");
    }
    return new ChatDialogue(asked, new Background(system.toString(), history));
  }
}
