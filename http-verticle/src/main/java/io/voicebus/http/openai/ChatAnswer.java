package io.voicebus.http.openai;

import io.voicebus.contract.AnswerReport;
import io.voicebus.http.wire.JsonText;
import io.voicebus.turn.TurnEvent;
import org.jspecify.annotations.Nullable;

/** What is known of an answer under way, and how it is written. NOT thread safe. */
final class ChatAnswer {
  /** OpenAI's too: a spoken answer may be meant by its id for so long, in seconds. */
  static final long EXPIRES_S = 3600;

  final ChatText text;
  final String audioId;
  private final int promptTokens;
  private final Transcript transcript = new Transcript();
  private @Nullable AnswerReport report;

  /**
   * One.
   *
   * @param audioId of its audio; empty if it has none
   */
  ChatAnswer(ChatText text, String audioId, ChatDialogue dialogue) {
    this.text = text;
    this.audioId = audioId;
    this.promptTokens =
        Tokens.ofText(dialogue.prompt()) + dialogue.background().chars() / Tokens.CHARS;
  }

  /** What of a turn's event is new text; mostly empty. */
  String next(TurnEvent event) {
    if (event instanceof TurnEvent.Text piece) {
      return transcript.next(piece.text());
    } else if (event instanceof TurnEvent.TextCut cut) {
      transcript.cut(cut.at());
    } else if (event instanceof TurnEvent.Answered answered) {
      report = answered.answer();
    }
    return "";
  }

  /** More of it. */
  void append(String piece) {
    transcript.next(piece);
  }

  void answered(AnswerReport told) {
    report = told;
  }

  CharSequence transcript() {
    return transcript.text();
  }

  String reason() {
    return ChatUsage.reason(report);
  }

  ChatUsage usage(long spokenMs) {
    return ChatUsage.of(report, promptTokens, transcript.text(), spokenMs);
  }

  long expiresAt() {
    return text.created() + EXPIRES_S;
  }

  /** A delta of its audio. */
  String audio(JsonText audio) {
    return text.delta(JsonText.object().put("audio", audio));
  }

  /** What ends a stream. */
  String end(boolean withUsage, long spokenMs) {
    return text.finish(reason()) + (withUsage ? text.usage(usage(spokenMs)) : "") + EventText.DONE;
  }
}
