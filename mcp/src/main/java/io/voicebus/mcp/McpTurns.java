package io.voicebus.mcp;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.voicebus.contract.EngineVoices;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.util.List;

/** Who starts turns for a client's tools. Bound to its context, but for {@link #context}. */
public interface McpTurns {
  /** The event loop on which everything else is called. */
  Context context();

  /** The longest text, in UTF-8. */
  int maxTextBytes();

  /**
   * Starts a turn; the listener is not called from within this.
   *
   * @throws RuntimeException says why it is not accepted
   */
  McpTurn start(TurnRequest turn, Listener listener);

  /**
   * The client cancels a request that is not under way here; another server may have it.
   *
   * @param client what the client is known by
   * @param request the client's id of the request, as JSON
   */
  default void cancelElsewhere(String client, String request) {}

  /** The engines and voices that there are. */
  Future<List<EngineVoices>> voices();

  /** One turn. */
  interface McpTurn {
    /** Ends it, unless it has ended; the listener is told nothing more. */
    void cancel(String why);

    /**
     * The listener keeps so much of the audio, in bytes, until it has all of it.
     *
     * @return whether the process has room for so much
     */
    boolean keeps(long bytes);

    /** The listener is no longer {@link Listener#full}. */
    void drained();
  }

  /** What gets a turn's audio and events. */
  interface Listener {
    /** Whether no more audio should come for now. */
    boolean full();

    /** Comes once, before the first audio: signed 16-bit little-endian mono PCM of this rate. */
    void format(int sampleRateHz);

    /** The next piece, whole samples; not to be changed. */
    void audio(byte[] pcm);

    /** What happens. */
    void event(TurnEvent event);

    /** Nothing more comes, though the turn may go on; called last. */
    void failed(String why);

    /** The turn is over, and everything of it was given; called last. */
    void ended(TurnEvent.Ended end);
  }
}
