package io.voicebus.http.openai.realtime;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.openai.ChatText;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session: a conversation that it writes, and one response at a time. What it asks for
 * and cannot have is told in an {@code error} event, and changes nothing. NOT thread safe.
 */
final class RealtimeSession implements SocketSession {
  /** How a response is started. */
  interface Starter {
    /**
     * Starts one, and tells that it has begun.
     *
     * @param voice of its turn; of no interest for text
     * @param onOver told when its end has been
     * @throws RuntimeException if it is not accepted
     */
    RealtimeResponse start(
        RealtimeOrder order, String voice, RealtimeAnswer answer, Runnable onOver);
  }

  /** A response that is asked for. */
  private static final class Asked {
    private final RealtimeOrder order;
    private final RealtimeAnswer answer;
    private final String eventId;

    Asked(RealtimeOrder order, RealtimeAnswer answer, String eventId) {
      this.order = order;
      this.answer = answer;
      this.eventId = eventId;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

  private final String id = "sess_" + ChatText.random();
  private final String conversation = "conv_" + ChatText.random();
  private final RealtimeItems items = new RealtimeItems();
  private final ApiSocket socket;
  private final RealtimeOutput out;
  private final VoiceDirectory voices;
  private final Starter starter;
  private final int maxTextBytes;
  private final @Nullable Problem unserved;
  private RealtimeConfig config;

  /** Asked for, and not begun since the voices are not known yet. */
  private @Nullable Asked asked;

  private @Nullable RealtimeResponse response;

  /** Of the client's event that is being done; empty for none. */
  private String eventId = "";

  private boolean toldOfHearing;
  private boolean draining;

  /**
   * For one client.
   *
   * @param unserved what it wants with its connection and cannot have; null for nothing
   */
  RealtimeSession(
      ApiSocket socket,
      RealtimeOutput out,
      VoiceDirectory voices,
      Starter starter,
      int maxTextBytes,
      String model,
      @Nullable Problem unserved) {
    this.socket = socket;
    this.out = out;
    this.voices = voices;
    this.starter = starter;
    this.maxTextBytes = maxTextBytes;
    this.config = RealtimeConfig.of(model);
    this.unserved = unserved;
  }

  @Override
  public void begin() {
    voices.get(known -> {});
    tellConfig("session.created");
    if (unserved != null) {
      out.error(unserved, "");
    }
  }

  private void tellConfig(String type) {
    out.answer(out.event(type).put("session", out.dialect().session(id, config)));
  }

  // What the client says.

  @Override
  public void message(String text) {
    eventId = "";
    RequestJson json = RequestJson.parse(text);
    eventId = json.text("event_id");
    String type = json.text("type");
    switch (type) {
      case "session.update" -> update(json);
      case "conversation.item.create" -> create(json);
      case "conversation.item.retrieve" -> retrieve(json.text("item_id"));
      case "conversation.item.truncate" -> truncate(json);
      case "conversation.item.delete" -> delete(json.text("item_id"));
      case "response.create" -> respond(json);
      case "response.cancel" -> cancel(json.text("response_id"));
      case "input_audio_buffer.append", "input_audio_buffer.commit", "input_audio_buffer.clear" ->
          audio();
      // Nothing is kept here that could be cleared.
      case "output_audio_buffer.clear" -> {}
      default ->
          throw Invalid.field("type", "there is no event of the type " + JsonFields.show(type));
    }
    eventId = "";
  }

  @Override
  public void tellError(Problem problem) {
    out.error(problem, eventId);
    eventId = "";
  }

  private static RequestJson object(RequestJson json, String name) {
    return json.object(name).orElseGet(() -> RequestJson.item(new JsonObject(), json.path(name)));
  }

  private void update(RequestJson json) {
    RequestJson session = object(json, "session");
    if (session.text("type").equals("transcription")) {
      throw cannotHear(session.path("type")).toException();
    }
    config = config.with(session);
    tellConfig("session.updated");
  }

  private void create(RequestJson json) {
    RealtimeItem item = RealtimeItem.parse(object(json, "item")).within(maxTextBytes);
    items.add(item, json.text("previous_item_id"));
    out.answer(out.added(item, items.before(item)));
    if (out.dialect().tellsWholeItems()) {
      out.answer(out.whole(item, items.before(item)));
    }
    items.trim().forEach(forgotten -> out.answer(out.deleted(forgotten.id())));
  }

  private void retrieve(String itemId) {
    RealtimeItem item = items.get(itemId);
    out.answer(out.event("conversation.item.retrieved").put("item", item.json(out.dialect())));
  }

  private void truncate(RequestJson json) {
    RealtimeItem item = items.get(json.text("item_id"));
    long index = number(json, "content_index");
    if (index != 0) {
      throw Invalid.field("content_index", "'content_index' must be 0: an answer has one part");
    }
    long ms = number(json, "audio_end_ms");
    item.truncate(ms);
    out.answer(
        out.event("conversation.item.truncated")
            .put("item_id", item.id())
            .put("content_index", 0)
            .put("audio_end_ms", ms));
  }

  private static long number(RequestJson json, String name) {
    Object value = json.value(name).orElse(null);
    if (value instanceof Number number && number.doubleValue() >= 0) {
      return number.longValue();
    }
    throw Invalid.field(name, "invalid_type", "'" + name + "' must be a number, 0 or more");
  }

  private void delete(String itemId) {
    items.remove(itemId);
    out.answer(out.deleted(itemId));
  }

  private void audio() {
    if (!toldOfHearing) {
      toldOfHearing = true;
      throw cannotHear("audio").toException();
    }
  }

  /** What is told of sound that comes in. */
  static Problem cannotHear(String param) {
    return Invalid.field(
            param,
            "unsupported",
            "Voicebus does not hear: recognise speech elsewhere, and send its text with"
                + " conversation.item.create and response.create")
        .problem();
  }

  // Responses.

  private void respond(RequestJson json) {
    RealtimeResponse active = response;
    if (active != null || asked != null) {
      String other = active == null ? "" : " " + active.answer().id();
      throw Invalid.field(
          "response",
          "conversation_already_has_active_response",
          "the response" + other + " is under way: wait for its response.done, or cancel it");
    }
    RealtimeOrder order =
        RealtimeOrder.parse(object(json, "response"), config, items, maxTextBytes);
    Asked now = new Asked(order, new RealtimeAnswer(out, items, order, conversation), eventId);
    asked = now;
    voices.get(known -> begin(now, known));
  }

  /** Unless it was cancelled meanwhile. */
  private void begin(Asked now, KnownVoices known) {
    if (asked != now) {
      return;
    }
    asked = null;
    RealtimeConfig chosen = now.order.config();
    try {
      String voice = known.voice(chosen.model(), chosen.voice(), RealtimeConfig.VOICE);
      response = starter.start(now.order, voice, now.answer, this::over);
    } catch (RuntimeException refused) {
      Problem problem = ProblemMapping.of(refused);
      if (problem.status() == 500) {
        LOG.error("a response cannot be started", refused);
      }
      out.error(problem, now.eventId);
      over();
    }
  }

  private void cancel(String responseId) {
    RealtimeResponse active = response;
    Asked waiting = asked;
    String under =
        active != null ? active.answer().id() : waiting != null ? waiting.answer.id() : "";
    if (under.isEmpty() || !(responseId.isEmpty() || responseId.equals(under))) {
      throw Invalid.field(
          "response_id", "response_cancel_not_active", "there is no such response under way");
    }
    if (active != null) {
      active.cancel("the client cancelled the response");
    } else if (waiting != null) {
      asked = null;
      waiting.answer.begin();
      waiting.answer.cancel(0);
      over();
    }
  }

  private void over() {
    response = null;
    if (draining) {
      socket.finished();
    }
  }

  // The connection.

  @Override
  public boolean isAhead() {
    return false;
  }

  @Override
  public void drained() {
    if (response != null) {
      response.drained();
    }
  }

  @Override
  public void stopping() {
    draining = true;
    if (response == null && asked == null) {
      socket.finished();
    }
  }

  @Override
  public void gone(@Nullable String why) {
    asked = null;
    if (response != null) {
      response.abandon(why == null ? "the client's connection was lost" : why);
      response = null;
    }
  }

  /** What cannot be had of the connection; null for what can. */
  static @Nullable Problem unserved(String intent, String callId) {
    if (intent.equals("transcription")) {
      return cannotHear("intent");
    }
    return callId.isEmpty()
        ? null
        : ProblemMapping.of(
                FailureKind.INVALID_REQUEST,
                "there are no calls here: this connection has a conversation of its own")
            .withMember("param", "call_id")
            .withMember("code", "unsupported");
  }
}
