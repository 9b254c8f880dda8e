package io.voicebus.wyoming;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.voicebus.bus.Failure;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnLog;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnTexts;
import io.voicebus.turn.Voices;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of the server: what is said goes to them as fast as they take it. */
final class WyomingSockets {
  /** What may wait for a client to read it, in bytes: 0.7 s of speech at 24 kHz. */
  private static final int QUEUE_BYTES = 32 * 1024;

  /** Of one event, in bytes: small pieces are heard sooner. */
  private static final int PIECE_BYTES = 4096;

  /** A connection on which nothing is going on is closed after so long. */
  private static final long IDLE_MS = 300_000;

  /** A connection that is to be closed is looked at so often, for two seconds at most. */
  private static final long LOOK_MS = 50;

  private static final int MOST_LOOKS = 40;

  private static final Logger LOG = LoggerFactory.getLogger(WyomingSockets.class);

  private final Vertx vertx;
  private final TurnOwner turns;
  private final Voices voices;
  private final TurnLog log;
  private final int most;
  private int open;

  WyomingSockets(Vertx vertx, TurnOwner turns, Voices voices, TurnLog log, int most) {
    this.log = log;
    this.vertx = vertx;
    this.turns = turns;
    this.voices = voices;
    this.most = most;
  }

  void open(NetSocket socket) {
    if (open == most) {
      LOG.warn("a connection was refused: there are {} already", most);
      JsonObject why =
          new JsonObject()
              .put("text", "there are as many connections as wyoming-connections allows: " + most)
              .put("code", "rate-limited");
      boolean[] reads = {false};
      socket.handler(bytes -> reads[0] = true);
      socket.write(WyomingFrames.encode(new WyomingEvent("error", why)));
      endWhenQuiet(
          socket,
          () -> {
            boolean had = reads[0];
            reads[0] = false;
            return had;
          },
          MOST_LOOKS);
      return;
    }
    open++;
    new Client(socket);
  }

  /**
   * Closes a connection once nothing more comes over it: closing one of which something is unread
   * resets it, and what was written last may never be seen.
   *
   * @param reads whether something has come since the call before
   * @param looks as often it is waited for that at most
   */
  private void endWhenQuiet(NetSocket socket, BooleanSupplier reads, int looks) {
    vertx.setTimer(
        LOOK_MS,
        timer -> {
          if (reads.getAsBoolean() && looks > 0) {
            endWhenQuiet(socket, reads, looks - 1);
          } else {
            socket.end();
          }
        });
  }

  /** One of them. */
  private final class Client implements WyomingConnection.Wire, WyomingConnection.Speaker {
    private final NetSocket socket;
    private final WyomingConnection connection = new WyomingConnection(this, this);
    private final long watch;
    private boolean active = true;

    Client(NetSocket socket) {
      this.socket = socket;
      socket.setWriteQueueMaxSize(QUEUE_BYTES);
      socket.handler(
          bytes -> {
            active = true;
            connection.accept(bytes);
          });
      socket.exceptionHandler(why -> LOG.debug("a connection broke: {}", why.toString()));
      socket.closeHandler(closed -> closed());
      socket.drainHandler(drained -> connection.drained());
      watch = vertx.setPeriodic(IDLE_MS, timer -> look());
    }

    private void look() {
      if (!active && connection.idle()) {
        socket.close();
      }
      active = false;
    }

    private void closed() {
      open--;
      vertx.cancelTimer(watch);
      connection.closed("its client has gone");
    }

    @Override
    public void send(WyomingEvent event) {
      socket.write(WyomingFrames.encode(event));
    }

    @Override
    public boolean full() {
      return socket.writeQueueFull();
    }

    @Override
    public void close() {
      active = false;
      socket.resume();
      endWhenQuiet(
          socket,
          () -> {
            boolean had = active;
            active = false;
            return had;
          },
          MOST_LOOKS);
    }

    @Override
    public void reading(boolean on) {
      if (on) {
        socket.resume();
      } else {
        socket.pause();
      }
    }

    @Override
    public void describe(WyomingConnection asker) {
      voices
          .recent()
          .recover(
              why -> {
                LOG.warn("the voices are not known: {}", why.getMessage());
                return Future.succeededFuture(List.of());
              })
          .onSuccess(known -> asker.answer(WyomingInfo.of(known)));
    }

    @Override
    public WyomingConnection.Spoken start(TurnRequest request, WyomingConnection listener) {
      Heard heard = new Heard(socket, listener, request.prompt(), log);
      Turn turn = turns.start(request, heard::on);
      heard.turn = turn;
      turn.listen(heard);
      return heard;
    }
  }

  /** One text's audio on its way to a client. */
  private static final class Heard implements AudioListener, WyomingConnection.Spoken {
    private final NetSocket socket;
    private final WyomingConnection connection;
    private final String prompt;
    private final TurnLog log;

    /** The end of what is spoken, as long as a failure may quote it. */
    private final StringBuilder spoken = new StringBuilder();

    private @Nullable Turn turn;
    private boolean heard;
    private int chunksLeftOut;
    private @Nullable Failure leftOut;

    Heard(NetSocket socket, WyomingConnection connection, String prompt, TurnLog log) {
      this.socket = socket;
      this.connection = connection;
      this.prompt = prompt;
      this.log = log;
    }

    void on(TurnEvent event) {
      if (event instanceof TurnEvent.Text text) {
        spoken.append(text.text());
        if (spoken.length() > 2 * TurnTexts.LOOKED_AT) {
          spoken.delete(0, spoken.length() - TurnTexts.LOOKED_AT);
        }
      } else if (event instanceof TurnEvent.Skipped skipped) {
        leftOut = chunksLeftOut++ == 0 ? skipped.chunk().failure() : leftOut;
      } else if (event instanceof TurnEvent.Ended end) {
        if (turn != null) {
          Supplier<TurnTexts> texts = () -> new TurnTexts(prompt, spoken.toString());
          log.ended(turn.id(), end, texts);
          // The protocol has no event for it.
          log.leftOut(turn.id(), end, chunksLeftOut, leftOut, texts);
          if (!heard && chunksLeftOut == 0) {
            log.unspoken(turn.id(), end);
          }
        }
        connection.ended(end.failure());
      }
    }

    @Override
    public void format(int sampleRateHz) {
      connection.format(sampleRateHz);
    }

    @Override
    public void audio(int chunk, byte[] pcm) {
      heard = true;
      for (int from = 0; from < pcm.length; from += PIECE_BYTES) {
        connection.audio(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + PIECE_BYTES)));
      }
      Turn playing = turn;
      if (socket.writeQueueFull() && playing != null) {
        playing.pauseAudio();
      }
    }

    @Override
    public void drained() {
      turn().resumeAudio();
    }

    @Override
    public TextFeed feed() {
      return turn().feed();
    }

    @Override
    public void cancel(String why) {
      turn().cancel(why);
    }

    private Turn turn() {
      Turn playing = turn;
      if (playing == null) {
        throw new IllegalStateException("it has not begun");
      }
      return playing;
    }
  }
}
