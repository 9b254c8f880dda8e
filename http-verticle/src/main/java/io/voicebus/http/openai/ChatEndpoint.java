package io.voicebus.http.openai;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.api.Ignored;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.turn.TurnRequest;
import java.time.InstantSource;

/**
 * {@code POST /v1/chat/completions}: the model that is set up answers, in text alone or spoken. The
 * client tells what was said before.
 */
final class ChatEndpoint {
  private static final TurnOptions ASK =
      TurnOptions.DEFAULTS.withPace(Pace.ASAP).withMode(TextMode.ASK);

  private final ApiSessions sessions;
  private final VoiceDirectory voices;
  private final SpokenAnswerSessions spoken;
  private final InstantSource wallClock;

  ChatEndpoint(ApiSessions sessions, VoiceDirectory voices, InstantSource wallClock) {
    this.sessions = sessions;
    this.voices = voices;
    this.spoken = new SpokenAnswerSessions(sessions);
    this.wallClock = wallClock;
  }

  void post(RoutingContext context) {
    Ignored.key(context.request());
    sessions
        .text(context.request())
        .compose(
            body -> {
              ChatOrder order = ChatOrder.parse(RequestJson.parse(body), sessions.maxPromptBytes());
              return spoken
                  .heard(order.messages())
                  .map(heard -> ChatDialogue.of(order.messages(), heard))
                  .compose(
                      dialogue ->
                          voices.get().onSuccess(known -> answer(context, order, dialogue, known)));
            })
        .onFailure(context::fail);
  }

  private void answer(
      RoutingContext context, ChatOrder order, ChatDialogue dialogue, KnownVoices known) {
    try {
      answer(context.request(), order, dialogue, known);
    } catch (RuntimeException refused) {
      context.fail(refused);
    }
  }

  private void answer(
      HttpServerRequest request, ChatOrder order, ChatDialogue dialogue, KnownVoices known) {
    order.ignored().forEach(name -> Ignored.tell(request.response(), name));
    ChatText text = ChatText.begin(order.model(), wallClock.instant());
    ChatOrder.Audio audio = order.audio();
    if (audio == null) {
      new ChatTextResponse(sessions, request, order, new ChatAnswer(text, "", dialogue))
          .begin(turn(order, dialogue, ASK));
      return;
    }
    String id = SpokenAnswerSessions.newId();
    ChatAnswer answer = new ChatAnswer(text, id, dialogue);
    String voice = known.voice(order.model(), audio.voice(), ChatStreamResponse.VOICE);
    if (KnownVoices.standsForDefault(audio.voice(), voice)) {
      Ignored.tell(request.response(), ChatStreamResponse.VOICE);
    }
    EncodedResponse response =
        order.stream()
            ? new ChatStreamResponse(sessions, request, audio, answer, order.usage())
            : new ChatWholeResponse(sessions, request, audio, answer);
    response.begin(turn(order, dialogue, ASK.withVoice(voice).withConversation(id)));
  }

  private static TurnRequest turn(ChatOrder order, ChatDialogue dialogue, TurnOptions options) {
    return TurnRequest.toCaller(dialogue.prompt(), options)
        .withBackground(dialogue.background().withLimits(order.limits()));
  }
}
