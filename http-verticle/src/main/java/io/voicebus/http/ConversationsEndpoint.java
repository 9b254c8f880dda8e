package io.voicebus.http;

import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.PastTurn;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.Conversations;
import java.time.InstantSource;
import java.util.stream.Collectors;

/** {@code /v1/conversations/{id}}: what a conversation remembers. Its name is enough to ask. */
final class ConversationsEndpoint {
  static final String PATH = "/v1/conversations";

  private final Conversations conversations;
  private final InstantSource wallClock;

  ConversationsEndpoint(Conversations conversations, InstantSource wallClock) {
    this.conversations = conversations;
    this.wallClock = wallClock;
  }

  /** {@code GET /v1/conversations/{id}}. */
  void get(RoutingContext context) {
    String id = id(context);
    conversations
        .find(id)
        .map(found -> found.orElseThrow(ConversationsEndpoint::unknown))
        .compose(found -> Body.json(context.response(), json(id, found)))
        .onFailure(context::fail);
  }

  /** {@code DELETE /v1/conversations/{id}}: succeeds also when there is no such conversation. */
  void delete(RoutingContext context) {
    conversations
        .forget(id(context))
        .compose(found -> context.response().setStatusCode(204).end())
        .onFailure(context::fail);
  }

  private static String id(RoutingContext context) {
    return TurnJson.name("conversation", context.pathParam("id"));
  }

  private JsonText json(String id, Conversation conversation) {
    String exchanges =
        conversation.turns().stream()
            .map(turn -> json(turn).toString())
            .collect(Collectors.joining(",", "[", "]"));
    return JsonText.object().put("id", id).putJson("exchanges", exchanges);
  }

  private JsonText json(PastTurn turn) {
    return JsonText.object()
        .put("turn", turn.turn().value())
        .put("prompt", turn.prompt())
        .put("answer", turn.answer())
        .put("interrupted", turn.state() == PastTurn.State.CUT)
        .put("under_way", turn.state() == PastTurn.State.UNDER_WAY)
        .put("age_ms", Math.max(0, wallClock.millis() - turn.beganAtMs()));
  }

  private static ProblemException unknown() {
    return ProblemMapping.of(
            FailureKind.NOT_FOUND,
            "there is no such conversation: they are forgotten a while after their last turn")
        .toException();
  }
}
