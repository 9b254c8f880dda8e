package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Characters;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.TurnId;
import io.voicebus.http.api.ApiClient;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.http.api.IdempotencyKey;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.door.Caller;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.door.RequestBodies;
import io.voicebus.http.wire.MediaType;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.StrictUtf8;
import io.voicebus.turn.Conversations;
import io.voicebus.turn.TextAnswer;
import io.voicebus.turn.TurnRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this instance offers to endpoints in packages of their own. */
final class OwnApiSessions implements ApiSessions {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final RequestBodies bodies;
  private final TurnSessions sessions;
  private final TurnDirectory turns;
  private final ConnectionWatch connections;
  private final SocketSessions sockets;
  private final Supplier<Future<List<EngineVoices>>> voices;
  private final TurnJson json;

  OwnApiSessions(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      RequestBodies bodies,
      TurnSessions sessions,
      TurnDirectory turns,
      ConnectionWatch connections,
      SocketSessions sockets,
      Supplier<Future<List<EngineVoices>>> voices) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.bodies = bodies;
    this.sessions = sessions;
    this.turns = turns;
    this.connections = connections;
    this.sockets = sockets;
    this.voices = voices;
    this.json = new TurnJson(settings.maxPromptBytes());
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public int maxPromptBytes() {
    return settings.maxPromptBytes();
  }

  @Override
  public Future<String> text(HttpServerRequest request) {
    return text(request, sessions.refusal(Caller.of(request)));
  }

  @Override
  public Future<String> message(HttpServerRequest request) {
    return text(request, null);
  }

  private Future<String> text(HttpServerRequest request, @Nullable ProblemException refusal) {
    long most = json.maxBodyBytes();
    ProblemException unreadable = MediaType.of(request).unreadable();
    return bodies
        .read(
            request,
            most,
            json.tooLarge("more than " + most + " bytes"),
            unreadable == null ? refusal : unreadable)
        .map(StrictUtf8::decode);
  }

  @Override
  public ApiTurn start(TurnRequest turn, HttpServerRequest request, ApiClient client) {
    return own(sessions.start(turn, Caller.of(request)), client);
  }

  private ApiTurn own(TurnSession session, ApiClient client) {
    return OwnApiTurn.begin(session, client, this::later);
  }

  private void later(Runnable task) {
    vertx.runOnContext(ignored -> task.run());
  }

  @Override
  public Future<ApiTurn> start(
      TurnRequest turn, HttpServerRequest request, IdempotencyKey key, ApiClient client) {
    return sessions.oneByOne(
        key,
        () -> {
          Optional<TurnId> started = sessions.startedWith(key);
          if (started.isPresent()) {
            request.response().putHeader(IdempotencyKey.REPLAYED, "true");
            return ApiTurnAgain.connect(turns, started.get(), client, this::later);
          }
          return Future.succeededFuture(own(sessions.start(turn, Caller.of(request), key), client));
        });
  }

  @Override
  public Characters characters() {
    return sessions.shared().characters();
  }

  @Override
  public TextAnswer answer(
      TurnRequest turn, HttpServerRequest request, TextAnswer.Listener listener) {
    return sessions.answer(turn, Caller.of(request), listener);
  }

  @Override
  public void awaitClient(HttpServerRequest request, Future<Void> taken) {
    connections.awaitLast(
        request.connection(), settings.limits().stalled(), () -> false, () -> taken);
  }

  @Override
  public void requireSocket(HttpServerRequest request) {
    sockets.require(request);
  }

  @Override
  public Future<Void> socket(
      HttpServerRequest request, Function<ApiSocket, SocketSession> session) {
    return sockets.open(request, session);
  }

  @Override
  public AsyncEncoder encoder(AudioCoding coding, AsyncEncoder.Listener listener) {
    return new AsyncEncoder(vertx, coding, listener);
  }

  @Override
  public Future<List<EngineVoices>> voices() {
    return voices.get();
  }

  @Override
  public Conversations conversations() {
    return sessions.conversations();
  }
}
