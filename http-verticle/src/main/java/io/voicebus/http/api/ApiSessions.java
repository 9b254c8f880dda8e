package io.voicebus.http.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Characters;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.turn.Conversations;
import io.voicebus.turn.TextAnswer;
import io.voicebus.turn.TurnRequest;
import java.util.List;
import java.util.function.Function;

/** One instance of the server. NOT thread safe: bound to its event loop. */
public interface ApiSessions {
  /** Where its timers and threads are. */
  Vertx vertx();

  /** Its monotonic clock. */
  Clock clock();

  /** The longest text that may come in, in UTF-8. */
  int maxPromptBytes();

  /**
   * Reads a body that is a text; to be called before anything asynchronous. What a turn that would
   * not be accepted now would say is not read.
   *
   * @return fails with a {@link ProblemException}
   */
  Future<String> text(HttpServerRequest request);

  /**
   * Reads a body that is a text, also where no turn would be accepted now; to be called before
   * anything asynchronous.
   *
   * @return fails with a {@link ProblemException}
   */
  Future<String> message(HttpServerRequest request);

  /**
   * Starts a turn.
   *
   * @param request who asks for it
   * @throws ProblemException or {@link io.voicebus.bus.VoicebusException} if it is not accepted
   */
  ApiTurn start(TurnRequest turn, HttpServerRequest request, ApiClient client);

  /**
   * Starts a turn, or gives the audio of the one that was started with the same key before, from
   * the beginning on and without its events.
   *
   * @return fails as who {@link ApiTurn#detach comes back} to a turn may
   * @throws ProblemException or {@link io.voicebus.bus.VoicebusException} if it is not accepted
   */
  Future<ApiTurn> start(
      TurnRequest turn, HttpServerRequest request, IdempotencyKey key, ApiClient client);

  /** What engines were asked for, by all turns that have ended since the start. */
  Characters characters();

  /**
   * Has a model answer in text alone.
   *
   * @throws ProblemException or {@link io.voicebus.bus.VoicebusException} if it is not accepted
   */
  TextAnswer answer(TurnRequest turn, HttpServerRequest request, TextAnswer.Listener listener);

  /**
   * What has been written waits for its client to take it: one that takes too long is cut off.
   *
   * @param taken completes when it has
   */
  void awaitClient(HttpServerRequest request, Future<Void> taken);

  /**
   * Whether the request can become a WebSocket now.
   *
   * @throws ProblemException 426 if it asks for none, 503 if the server stops
   */
  void requireSocket(HttpServerRequest request);

  /**
   * Encodes one turn beside the event loop; to be closed.
   *
   * @throws io.voicebus.audio.UnsupportedAudioException there are too many of this coding already
   */
  AsyncEncoder encoder(AudioCoding coding, AsyncEncoder.Listener listener);

  /**
   * Opens the WebSocket that is asked for.
   *
   * @param session what is said there; called once it is open
   * @return fails when it cannot be opened
   * @throws ProblemException as {@link #requireSocket}
   */
  Future<Void> socket(HttpServerRequest request, Function<ApiSocket, SocketSession> session);

  /** The engines and voices that there are; asked for again after some seconds. */
  Future<List<EngineVoices>> voices();

  /** What conversations remember. */
  Conversations conversations();
}
