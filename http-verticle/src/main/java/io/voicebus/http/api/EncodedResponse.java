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
 * Sends one turn's encoded audio as the body of a response; subclasses may send it in another form.
 * A failure before the first byte is answered as an error; after a later one the response is broken
 * off, so that it never looks complete. If the client disconnects, its turn is cancelled, unless
 * its request has an {@link IdempotencyKey}, with which it may come back.
 */
public class EncodedResponse implements ApiClient, AsyncEncoder.Listener {
  /** What may wait in this process for the client to read. */
  private static final int QUEUE_BYTES = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(EncodedResponse.class);

  /** The coding of the audio. */
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
   * Creates a response.
   *
   * @param voiceParam name of the voice's field, for errors
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

  /** Starts the turn, unless the client has disconnected. */
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
   * Starts the turn of a request that its client may repeat. A repeated request gets the same
   * turn's audio from the beginning, without its events.
   *
   * @param key null for a request without a key
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

  /** Lists a field without effect in a header, unless the head was sent. */
  public void ignored(String name) {
    Ignored.tell(response, name);
  }

  // What a subclass says.

  /** Called when the turn has started and nothing was sent. */
  protected void began(ApiTurn started) {}

  /**
   * Called with the first sound.
   *
   * @param turnRateHz sample rate of the turn in Hz
   */
  protected void started(int turnRateHz) {
    head(coding.contentType(turnRateHz));
  }

  /** The error for a turn that failed before anything was sent. */
  protected Problem problem(Failure why) {
    return Invalid.of(why, voiceParam);
  }

  /** Writes the end of a turn that finished, after all audio has gone to {@link #encoded}. */
  protected Future<Void> complete() {
    return end();
  }

  /**
   * Writes what comes before a response is broken off, for a turn that failed after something was
   * sent.
   */
  protected Future<Void> broken(Failure why) {
    return written;
  }

  /** Whether a turn with this failure is answered like one that finished. */
  protected boolean finishesWith(Failure why) {
    return false;
  }

  // What a subclass may use.

  /** Sends the head. What is written follows it. */
  protected void head(String contentType) {
    response.putHeader("X-Accel-Buffering", "no");
    StreamedBody.begin(response, contentType);
  }

  /** Whether the head was sent. */
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

  /** The HTTP response. */
  protected HttpServerResponse response() {
    return response;
  }

  /** The length of the audio in milliseconds, rounded up. */
  protected long spokenMs() {
    return rateHz == 0 ? 0 : (samples * 1000 + rateHz - 1) / rateHz;
  }

  /** The sample rate of the turn in Hz; 0 while it is not known. */
  protected int turnRateHz() {
    return rateHz;
  }

  /**
   * Adds bytes to audio that is sent in one piece, or gives the turn up.
   *
   * @param tooLong the error for audio that is too long for that
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

  /**
   * Cancels the turn and answers with an error, or breaks the response off if its head was sent.
   */
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
