package io.voicebus.http.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import io.voicebus.http.wire.SharedBytes;
import io.voicebus.http.wire.StreamedBody;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one turn's audio, encoded: as a body, or in a way that its subclass knows. What fails
 * before the first byte is told as an error; what fails later is broken off, and never looks
 * complete. A client that goes away does not come back, and its turn is cancelled; but one whose
 * request has an {@link IdempotencyKey} may.
 */
public class EncodedResponse implements ApiClient, AsyncEncoder.Listener {
  /** What may wait in this process for the client to read. */
  private static final int QUEUE_BYTES = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(EncodedResponse.class);

  /** How the audio is written. */
  protected final AudioCoding coding;

  private final ApiSessions sessions;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String voiceParam;
  private final AsyncEncoder encoder;
  private Future<Void> written = Future.succeededFuture();
  private @Nullable ApiTurn turn;
  private @Nullable Failure failure;
  private int rateHz;
  private long samples;
  private boolean repeatable;
  private boolean over;

  /**
   * One.
   *
   * @param voiceParam what errors call the voice
   */
  public EncodedResponse(
      ApiSessions sessions, HttpServerRequest request, AudioCoding coding, String voiceParam) {
    this.sessions = sessions;
    this.request = request;
    this.response = request.response();
    this.coding = coding;
    this.voiceParam = voiceParam;
    try {
      this.encoder = new AsyncEncoder(sessions.vertx(), coding, this);
    } catch (UnsupportedAudioException e) {
      throw ProblemMapping.of(FailureKind.RATE_LIMITED, String.valueOf(e.getMessage()))
          .toException();
    }
  }

  /** Starts the turn, unless the client has gone. */
  public void begin(TurnRequest wanted) {
    if (prepare()) {
      try {
        take(sessions.start(wanted, request, this));
      } catch (RuntimeException refused) {
        discard();
        throw refused;
      }
    }
  }

  /**
   * The same for a request that its client may send again, and then gets the same turn's audio from
   * the beginning on; of its events it gets none.
   *
   * @param key null for a request without one
   */
  public void begin(TurnRequest wanted, @Nullable IdempotencyKey key) {
    if (key == null) {
      begin(wanted);
    } else if (prepare()) {
      repeatable = true;
      try {
        sessions
            .start(wanted, request, key, this)
            .onSuccess(this::take)
            .onFailure(
                why -> {
                  discard();
                  ProblemResponse.send(request, ProblemMapping.of(why));
                });
      } catch (RuntimeException refused) {
        discard();
        throw refused;
      }
    }
  }

  private boolean prepare() {
    if (response.closed()) {
      encoder.close();
      return false;
    }
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.drainHandler(ignored -> drained());
    response.closeHandler(ignored -> gone());
    response.exceptionHandler(ignored -> {});
    return true;
  }

  private void discard() {
    over = true;
    encoder.close();
  }

  private void take(ApiTurn started) {
    turn = started;
    if (over) {
      leave(started);
    } else {
      response.putHeader("Voicebus-Turn", started.id().value());
      began(started);
    }
  }

  private void leave(ApiTurn left) {
    if (repeatable) {
      left.detach();
    } else {
      left.cancel("the client has gone");
    }
  }

  /** What was asked for has no effect: told in the head, unless that was sent. */
  public void ignored(String name) {
    Ignored.tell(response, name);
  }

  // What a subclass says.

  /** It has a turn: nothing was sent yet. */
  protected void began(ApiTurn started) {}

  /** The first sound is there. */
  protected void started(int turnRateHz) {
    head(coding.contentType(turnRateHz));
  }

  /** What is told of a turn that failed before anything was sent. */
  protected Problem problem(Failure why) {
    return Invalid.of(why, voiceParam);
  }

  /** The end of a turn that finished; everything was given to {@link #encoded}. */
  protected Future<Void> complete() {
    return end();
  }

  /** A turn that failed, once something was sent: what is said before it is broken off. */
  protected Future<Void> broken(Failure why) {
    return written;
  }

  /** Whether a turn that failed so is answered as one that finished. */
  protected boolean finishesWith(Failure why) {
    return false;
  }

  // What a subclass may use.

  /** Sends the head, and then what is written. */
  protected void head(String contentType) {
    response.putHeader("X-Accel-Buffering", "no");
    StreamedBody.begin(response, contentType);
  }

  /** Whether something was sent. */
  protected boolean headSent() {
    return response.headWritten();
  }

  /** Writes text. */
  protected void write(String text) {
    write(Buffer.buffer(text));
  }

  /** Writes bytes. */
  protected void write(Buffer bytes) {
    written = response.write(bytes);
  }

  /** Ends the body. */
  protected Future<Void> end() {
    return response.end();
  }

  /** The response itself. */
  protected HttpServerResponse response() {
    return response;
  }

  /** The length of the audio, in ms, rounded up. */
  protected long spokenMs() {
    return rateHz == 0 ? 0 : (samples * 1000 + rateHz - 1) / rateHz;
  }

  /** The rate of the turn's own samples; 0 while it is not known. */
  protected int turnRateHz() {
    return rateHz;
  }

  /**
   * Keeps more of an audio that is sent in one piece, or gives the turn up.
   *
   * @param tooLong what is told where it is too long for one
   */
  protected void keep(WholeAudio whole, byte[] bytes, Supplier<ProblemException> tooLong) {
    if (!whole.add(bytes)) {
      giveUp(tooLong.get());
    } else if (turn != null && !turn.keeps(whole.heldBytes())) {
      giveUp(
          ProblemMapping.of(
                  FailureKind.UNAVAILABLE,
                  "there is no memory left for an answer in one piece: ask for a stream, or try"
                      + " again in a moment")
              .toException());
    }
  }

  /** Ends the turn and answers with an error, or breaks off. */
  protected void giveUp(RuntimeException why) {
    if (turn != null) {
      turn.cancel("it cannot be answered");
    }
    over = true;
    encoder.close();
    if (response.headWritten()) {
      ConnectionWatch.abort(request.connection());
    } else {
      ProblemResponse.send(request, ProblemMapping.of(why));
    }
  }

  // The turn.

  @Override
  public boolean full() {
    return !over && (response.writeQueueFull() || encoder.full());
  }

  @Override
  public void format(int sampleRateHz) {
    if (!over) {
      rateHz = sampleRateHz;
      started(sampleRateHz);
      encoder.begin(sampleRateHz);
    }
  }

  @Override
  public void audio(byte[] pcm) {
    if (!over) {
      samples += pcm.length / 2;
      encoder.encode(pcm);
    }
  }

  @Override
  public void event(TurnEvent event) {
    if (event instanceof TurnEvent.Notice told && told.notice().kind() == SpeechNotice.Kind.SPEED) {
      ignored(SpokenSpeed.PARAM);
    }
  }

  @Override
  public void ended(TurnEvent.Ended end) {
    if (over) {
      return;
    }
    failure = end.failure();
    if (failure != null && finishesWith(failure)) {
      failure = null;
    }
    if (failure == null && rateHz == 0) {
      ignored("text"); // nothing in it can be spoken
      format(AudioCoding.EMPTY_RATE_HZ);
    }
    over = true;
    if (failure == null || (rateHz != 0 && response.headWritten())) {
      encoder.end();
    } else {
      fail(failure);
    }
  }

  private void fail(Failure why) {
    encoder.close();
    if (response.headWritten()) {
      sessions.awaitClient(
          request, broken(why).onComplete(sent -> ConnectionWatch.abort(request.connection())));
    } else {
      ProblemResponse.send(request, problem(why));
    }
  }

  @Override
  public void dismissed() {
    gone();
    ConnectionWatch.abort(request.connection());
  }

  private void gone() {
    boolean before = over;
    over = true;
    encoder.close();
    if (turn != null && !before) {
      leave(turn);
    }
  }

  // The encoder.

  @Override
  public void encoded(byte[] bytes) {
    write(SharedBytes.buffer(bytes));
  }

  @Override
  public void drained() {
    if (turn != null && !over) {
      turn.drained();
    }
  }

  @Override
  public void finished() {
    if (failure == null) {
      encoder.close();
      sessions.awaitClient(request, complete());
    } else {
      fail(failure);
    }
  }

  @Override
  public void failed(Throwable why) {
    LOG.error("a turn cannot be encoded as {}", coding.format().id(), why);
    giveUp(new IllegalStateException(why));
  }
}
