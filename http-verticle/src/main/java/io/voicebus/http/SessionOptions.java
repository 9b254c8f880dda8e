package io.voicebus.http;

import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.turn.TurnRequest;
import java.util.Map;

/**
 * What a session's next turns are to be like.
 *
 * @param turn what holds for each of them; its conversation is the session's, its mode that of
 *     texts
 * @param base64 whether audio comes within JSON, for a client that cannot take binary frames
 */
record SessionOptions(TurnOptions turn, boolean base64) {

  /** The defaults, in this conversation. */
  static SessionOptions of(String conversation) {
    return new SessionOptions(
        TurnOptions.DEFAULTS.withConversation(conversation).withMode(TextMode.SAY), false);
  }

  /**
   * With what a message says in place of what was.
   *
   * @throws ProblemException says which field is wrong
   */
  SessionOptions with(JsonFields fields) {
    Map<String, String> words = fields.strings(SessionMessage.PRONUNCIATIONS);
    TurnOptions changed =
        new TurnOptions(
            TurnJson.name("voice", fields.text("voice", turn.voice())),
            conversation(fields.text("conversation", turn.conversation())),
            fields.flag("clauses", turn.clauses()),
            TurnJson.pace(fields.text("pace", TurnJson.word(turn.pace()))),
            turn.processing(),
            fields.has(SessionMessage.PRONUNCIATIONS)
                ? TurnJson.pronunciations(words)
                : turn.pronunciations(),
            TurnJson.language(fields.text("language", turn.language())),
            mode(fields.text("mode", textMode())),
            TurnJson.speed(fields, turn.speed()),
            fields.flag("words", turn.words()),
            turn.expected());
    // TurnRequest checks the pronunciations.
    return new SessionOptions(
        TurnRequest.feed(changed).options(), base64(fields.text("audio", audio())));
  }

  private static String conversation(String name) {
    if (name.isEmpty()) {
      throw JsonFields.invalid("'conversation' must be a name");
    }
    return TurnJson.name("conversation", name);
  }

  private static TextMode mode(String word) {
    return switch (word) {
      case "say" -> TextMode.SAY;
      case "verbatim" -> TextMode.VERBATIM;
      default ->
          throw JsonFields.invalid(
              "'mode' must be say or verbatim, not "
                  + JsonFields.show(word)
                  + ": it is of texts, and a prompt is always answered");
    };
  }

  private static String word(TextMode mode) {
    return mode == TextMode.VERBATIM ? "verbatim" : "say";
  }

  private static boolean base64(String word) {
    return switch (word) {
      case "binary" -> false;
      case "base64" -> true;
      default ->
          throw JsonFields.invalid(
              "'audio' must be binary or base64, not " + JsonFields.show(word));
    };
  }

  private String audio() {
    return base64 ? "base64" : "binary";
  }

  /** For a prompt: a model answers it, and the conversation remembers both. */
  TurnOptions ofPrompt() {
    return turn.withMode(TextMode.ASK);
  }

  /** For a text: it is heard after the turn before it, and the conversation remembers it, too. */
  TurnOptions ofText() {
    return turn;
  }

  /** What becomes of texts, as messages name it. */
  String textMode() {
    return word(turn.mode());
  }

  /** What the client is told of them. */
  JsonText json() {
    return JsonText.object()
        .put("conversation", turn.conversation())
        .put("voice", turn.voice())
        .put("language", turn.language())
        .put("mode", textMode())
        .put("pace", TurnJson.word(turn.pace()))
        .put("clauses", turn.clauses())
        .putJson("speed", TurnJson.speed(turn.speed()))
        .put("words", turn.words())
        .put("audio", audio());
  }
}
