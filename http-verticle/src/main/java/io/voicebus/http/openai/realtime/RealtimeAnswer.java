package io.voicebus.http.openai.realtime;

import io.voicebus.contract.AnswerReport;
import io.voicebus.http.openai.ChatText;
import io.voicebus.http.openai.ChatUsage;
import io.voicebus.http.openai.Tokens;
import io.voicebus.http.openai.Transcript;
import io.voicebus.http.openai.realtime.RealtimeItem.Status;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.OpenAiErrors;
import io.voicebus.http.wire.Problem;
import io.voicebus.turn.HeardText;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One response, as its client is told of it: from {@link #begin} to one of the ends, in the order
 * that clients rely on. NOT thread safe.
 */
final class RealtimeAnswer {
  private final String id = "resp_" + ChatText.random();
  private final RealtimeOutput out;
  private final RealtimeItems items;
  private final RealtimeOrder order;
  private final String conversation;

  /** What was heard of it, if it is spoken. */
  private final @Nullable HeardText heard;

  private final Transcript transcript = new Transcript();
  private @Nullable RealtimeItem item;
  private @Nullable AnswerReport report;
  private long audioBytes;
  private boolean over;

  /**
   * One of which nothing is told yet.
   *
   * @param items the conversation, that remembers it unless it is not to be kept
   */
  RealtimeAnswer(
      RealtimeOutput out, RealtimeItems items, RealtimeOrder order, String conversation) {
    this.out = out;
    this.items = items;
    this.order = order;
    this.conversation = conversation;
    this.heard = order.config().spoken() ? new HeardText() : null;
  }

  String id() {
    return id;
  }

  boolean isOver() {
    return over;
  }

  /** What was heard of it; null of one that is written alone. */
  @Nullable HeardText heard() {
    return heard;
  }

  Transcript transcript() {
    return transcript;
  }

  void answered(AnswerReport told) {
    report = told;
  }

  /** Its audio that was sent, in ms. */
  long audioMs() {
    return order.config().format().ms(audioBytes);
  }

  void begin() {
    out.send(out.event("response.created").put("response", json("in_progress", "null", false)));
  }

  /** New text; nothing for none. */
  void text(String piece) {
    if (over || piece.isEmpty()) {
      return;
    }
    open();
    out.send(
        content(isSpoken() ? "output_audio_transcript.delta" : "output_text.delta")
            .put("delta", piece));
  }

  /** New audio, in the format that was asked for. */
  void audio(byte[] bytes) {
    if (over) {
      return;
    }
    audioBytes += bytes.length;
    open().sent(audioMs());
    out.send(content("output_audio.delta").put("delta", Base64.getEncoder().encodeToString(bytes)));
  }

  private boolean isSpoken() {
    return order.config().spoken();
  }

  /** The item, which begins with the first that there is of it. */
  private RealtimeItem open() {
    RealtimeItem known = item;
    if (known != null) {
      return known;
    }
    RealtimeItem begun = RealtimeItem.answer(heard);
    item = begun;
    out.send(output("output_item.added").put("item", begun.json(out.dialect())));
    if (order.kept()) {
      items.add(begun, "");
      out.send(out.added(begun, items.before(begun)));
    }
    out.send(content("content_part.added").put("part", part("")));
    return begun;
  }

  // The ends.

  /** All of it was sent. */
  void complete() {
    HeardText known = heard;
    String text = transcript.text().toString();
    AnswerReport.Ending ending = report == null ? AnswerReport.Ending.COMPLETE : report.ending();
    String kept = known != null && known.skips() ? known.all() : text;
    switch (ending) {
      case TRUNCATED -> incomplete("max_output_tokens", kept);
      case BLOCKED -> incomplete("content_filter", kept);
      case COMPLETE, BROKEN_OFF -> end("completed", "null", Status.COMPLETED, kept);
    }
  }

  /** A service has refused to go on. */
  void blocked() {
    incomplete("content_filter", transcript.text().toString());
  }

  private void incomplete(String reason, String kept) {
    end(
        "incomplete",
        details("incomplete").put("reason", reason).toString(),
        Status.INCOMPLETE,
        kept);
  }

  /**
   * Its client wants no more.
   *
   * @param playedMs as much as can have been heard
   */
  void cancel(long playedMs) {
    HeardText known = heard;
    end(
        "cancelled",
        details("cancelled").put("reason", "client_cancelled").toString(),
        Status.INCOMPLETE,
        known == null ? transcript.text().toString() : known.upTo(playedMs));
  }

  /** It cannot go on, which is told in words, too: not all clients look into the response. */
  void fail(Problem problem) {
    HeardText known = heard;
    out.error(problem, "");
    end(
        "failed",
        details("failed").put("error", OpenAiErrors.json(problem)).toString(),
        Status.INCOMPLETE,
        known == null ? transcript.text().toString() : known.upTo(audioMs()));
  }

  private static JsonText details(String type) {
    return JsonText.object().put("type", type);
  }

  private void end(String status, String details, Status how, String kept) {
    if (over) {
      return;
    }
    over = true;
    RealtimeItem known = item;
    if (known != null) {
      known.end(how, isSpoken(), kept);
      String sent = transcript.text().toString();
      if (isSpoken()) {
        out.send(content("output_audio.done"));
        out.send(content("output_audio_transcript.done").put("transcript", sent));
      } else {
        out.send(content("output_text.done").put("text", sent));
      }
      out.send(content("content_part.done").put("part", part(sent)));
      out.send(output("output_item.done").put("item", known.json(out.dialect())));
      if (out.dialect().tellsWholeItems() && order.kept() && items.has(known)) {
        out.send(out.whole(known, items.before(known)));
      }
    }
    out.send(out.event("response.done").put("response", json(status, details, true)));
    items.trim().forEach(forgotten -> out.send(out.deleted(forgotten.id())));
  }

  // How it is written.

  private JsonText output(String type) {
    return out.event("response." + type).put("response_id", id).put("output_index", 0);
  }

  private JsonText content(String type) {
    return output(type).put("item_id", open().id()).put("content_index", 0);
  }

  private JsonText part(String text) {
    return isSpoken()
        ? JsonText.object().put("type", "audio").put("transcript", text)
        : JsonText.object().put("type", "text").put("text", text);
  }

  private JsonText json(String status, String details, boolean done) {
    String output =
        Optional.ofNullable(item).map(one -> "[" + one.json(out.dialect()) + "]").orElse("[]");
    JsonText json =
        JsonText.object()
            .put("object", "realtime.response")
            .put("id", id)
            .put("status", status)
            .putJson("status_details", details)
            .putJson("output", output)
            .putJson("conversation_id", order.kept() ? JsonText.quoted(conversation) : "null")
            .putJson("max_output_tokens", order.config().maxTokensJson())
            .putJson("metadata", order.metadata());
    out.dialect().chosen(json, order.config());
    return done ? json.put("usage", usage()) : json.putJson("usage", "null");
  }

  private JsonText usage() {
    int promptTokens =
        Tokens.ofText(order.dialogue().prompt())
            + order.dialogue().background().chars() / Tokens.CHARS;
    ChatUsage usage = ChatUsage.of(report, promptTokens, transcript.text(), audioMs());
    long output = usage.text() + usage.thought() + usage.audio();
    return JsonText.object()
        .put("total_tokens", usage.prompt() + output)
        .put("input_tokens", usage.prompt())
        .put("output_tokens", output)
        .put(
            "input_token_details",
            JsonText.object()
                .put("cached_tokens", 0)
                .put("text_tokens", usage.prompt())
                .put("audio_tokens", 0))
        .put(
            "output_token_details",
            JsonText.object()
                .put("text_tokens", usage.text() + usage.thought())
                .put("audio_tokens", usage.audio()));
  }
}
