package io.voicebus.http.openai;

import io.voicebus.contract.AnswerReport;
import io.voicebus.http.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of an answer: as its service counts them, or estimated if it does not.
 *
 * @param prompt tokens of the prompt
 * @param text tokens of the answer's text
 * @param thought tokens of its thoughts
 * @param audio tokens of its sound
 */
public record ChatUsage(long prompt, long text, long thought, long audio) {
  /**
   * The usage of an answer.
   *
   * @param report the source's report; null if there is none
   * @param promptTokens estimated tokens of the prompt
   * @param answer the answer's text
   * @param spokenMs the length of its audio in milliseconds
   */
  public static ChatUsage of(
      @Nullable AnswerReport report, int promptTokens, CharSequence answer, long spokenMs) {
    long prompt = report == null ? 0 : report.promptTokens();
    long text = report == null ? 0 : report.answerTokens();
    return new ChatUsage(
        prompt == 0 ? promptTokens : prompt,
        text == 0 ? Tokens.ofText(answer) : text,
        report == null ? 0 : report.thoughtTokens(),
        Tokens.ofSpeech(spokenMs));
  }

  /** How an answer ended, in OpenAI's words. */
  static String reason(@Nullable AnswerReport report) {
    return report == null
        ? "stop"
        : switch (report.ending()) {
          case TRUNCATED -> "length";
          case BLOCKED -> "content_filter";
          case COMPLETE, BROKEN_OFF -> "stop";
        };
  }

  JsonText toJson() {
    long completion = text + thought + audio;
    return JsonText.object()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion)
        .put(
            "prompt_tokens_details",
            JsonText.object().put("cached_tokens", 0).put("audio_tokens", 0))
        .put(
            "completion_tokens_details",
            JsonText.object()
                .put("reasoning_tokens", thought)
                .put("audio_tokens", audio)
                .put("text_tokens", text));
  }
}
