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

/** One instance of the server, as endpoints see it. NOT thread safe: bound to its event loop. */
public interface ApiSessions {
  /** The Vert.x of its timers and threads. */
  Vertx vertx();

  /** Its monotonic clock. */
  Clock clock();

  /** The longest accepted text, in bytes of UTF-8. */
  int maxPromptBytes();

  /**
   * Reads a body that is the text of a turn, unless a turn would be refused now. Call it before
   * anything asynchronous.
   *
   * @return fails with a {@link ProblemException}
   */
  Future<String> text(HttpServerRequest request);

  /**
   * Reads a body that is a text, even if a turn would be refused now. Call it before anything
   * asynchronous.
   *
   * @return fails with a {@link ProblemException}
   */
  Future<String> message(HttpServerRequest request);

  /**
   * Starts a turn.
   *
   * @param request the request that asks for it
   * @throws ProblemException or {@link io.voicebus.bus.VoicebusException} if it is not accepted
   */
  ApiTurn start(TurnRequest turn, HttpServerRequest request, ApiClient client);

  /**
   * Starts a turn, or returns the one that the same key started earlier: its audio from the
   * beginning, without its events.
   *
   * @return fails for the same reasons as {@link ApiTurn#detach coming back} to a turn
   * @throws ProblemException or {@link io.voicebus.bus.VoicebusException} if it is not accepted
   */
  Future<ApiTurn> start(
      TurnRequest turn, HttpServerRequest request, IdempotencyKey key, ApiClient client);

  /** The characters that all turns asked engines for which have ended since the start. */
  Characters characters();

  /**
   * Asks a model for an answer in text only.
   *
   * @throws ProblemException or {@link io.voicebus.bus.VoicebusException} if it is not accepted
   */
  TextAnswer answer(TurnRequest turn, HttpServerRequest request, TextAnswer.Listener listener);

  /**
   * Waits until the client has taken what was written, and cuts off a client that takes too long.
   *
   * @param taken completes when the client has taken everything
   */
  void awaitClient(HttpServerRequest request, Future<Void> taken);

  /**
   * Whether the request can become a WebSocket now.
   *
   * @throws ProblemException 426 if it asks for none, 503 if the server stops
   */
  void requireSocket(HttpServerRequest request);

  /**
   * Starts an encoder for one turn on another thread. The caller must close it.
   *
   * @throws io.voicebus.audio.UnsupportedAudioException if too many encoders of this coding run
   *     already
   */
  AsyncEncoder encoder(AudioCoding coding, AsyncEncoder.Listener listener);

  /**
   * Opens the WebSocket that a request asks for.
   *
   * @param session creates the session; called when the socket is open
   * @return fails when it cannot be opened
   * @throws ProblemException as {@link #requireSocket}
   */
  Future<Void> socket(HttpServerRequest request, Function<ApiSocket, SocketSession> session);

  /** The available engines and voices, at most a few seconds old. */
  Future<List<EngineVoices>> voices();

  /** The conversations of the cluster. */
  Conversations conversations();
}
