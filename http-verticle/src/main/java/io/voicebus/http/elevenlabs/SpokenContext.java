package io.voicebus.http.elevenlabs;

import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.WordMark;
import io.voicebus.http.api.ApiClient;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.http.api.FeedText;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One text that is spoken while it is being written: a turn of its own, which begins with the first
 * word. What of its audio comes at once is sent in one message. NOT thread safe.
 */
final class SpokenContext implements ApiClient, AsyncEncoder.Listener {
  /** What becomes of it. */
  interface Listener {
    /** Whether the client takes no more for now. */
    boolean full();

    /** Calls back after all that has come by now. */
    void soon(Runnable action);

    /**
     * More of its speech.
     *
     * @param baseMs what the times count from
     */
    void speech(SpokenContext from, byte[] audio, Alignment times, double baseMs);

    /** How much of its text waits has changed. */
    void waitingChanged();

    /**
     * It is over; called last.
     *
     * @param why null if all of it was spoken
     */
    void over(SpokenContext context, @Nullable InputError why);
  }

  /** Starts the turn of a context. */
  interface Starter {
    ApiTurn start(SpokenContext context);
  }

  /** Makes an encoder. */
  interface Encoders {
    AsyncEncoder encoder(AudioCoding coding, AsyncEncoder.Listener listener);
  }

  /** Clients bound the length of a message. */
  private static final int MAX_PIECE_BYTES = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(SpokenContext.class);

  private final @Nullable String id;
  private final InputOptions options;
  private final Starter starter;
  private final Encoders encoders;
  private final Listener listener;
  private final FeedText text;
  private final WordTimes times = new WordTimes();

  /** Audio and times that go into the next message. */
  private final ByteArrayOutputStream audio = new ByteArrayOutputStream();

  private final List<Alignment> known = new ArrayList<>();
  private boolean sending;

  /** Where the times that were sent end. */
  private double toldMs;

  private @Nullable ApiTurn turn;
  private @Nullable AsyncEncoder encoder;
  private @Nullable InputError error;
  private long heardAtMs;

  /** UTF-16 units that came since the last flush. */
  private int unflushed;

  /** Of its first message that has one; what comes after it has begun is too late. */
  private int speed;

  private boolean begun;
  private boolean formatted;
  private boolean speaks;
  private boolean stopped;
  private boolean over;

  SpokenContext(
      @Nullable String id,
      InputOptions options,
      Starter starter,
      Encoders encoders,
      Listener listener) {
    this.id = id;
    this.options = options;
    this.starter = starter;
    this.encoders = encoders;
    this.listener = listener;
    this.text = new FeedText(listener::waitingChanged);
  }

  /** Its name; null where its client gives none. */
  @Nullable String id() {
    return id;
  }

  /** The turn that speaks it. */
  TurnRequest request(String voice) {
    return TurnRequest.feed(options.turn(voice).withSpeed(speed));
  }

  /** When its client wrote something last. */
  long heardAtMs() {
    return heardAtMs;
  }

  void heardAt(long nowMs) {
    heardAtMs = nowMs;
  }

  /** How much of its text is ahead of its turn, in UTF-16 units. */
  int ahead() {
    return text.ahead();
  }

  /** UTF-16 units that came since the last flush. */
  int unflushed() {
    return unflushed;
  }

  /** Whether some of it was sent. */
  boolean speaks() {
    return speaks;
  }

  /** Whether it could begin, and has not. */
  boolean isDue() {
    return text.hasWord() && !begun && !over;
  }

  // What its client says.

  /**
   * How fast it is spoken: of use before it begins.
   *
   * @param wanted as {@link io.voicebus.contract.TurnOptions#speed} has it; 0 for nothing
   */
  void speed(int wanted) {
    speed = wanted == 0 ? speed : wanted;
  }

  /**
   * More of its text. Blanks before the first word only open it.
   *
   * @throws ProblemException it has half a character
   */
  void append(String piece) {
    if (piece.isBlank() && !text.hasWord()) {
      return;
    }
    text.append(piece);
    unflushed += piece.isBlank() ? 0 : piece.length();
  }

  /** What there is of it is spoken now. */
  void flush() {
    if (unflushed > 0) {
      unflushed = 0;
      text.flush();
    }
  }

  /** There is no more of it: what there is, is spoken. */
  void end() {
    if (!text.hasEnded()) {
      text.end();
      if (!text.hasWord()) {
        finish(text.isCut() ? InputError.of(FeedText.CUT) : null);
      }
    }
  }

  /** There is no more of it, for a reason that is told when it has been spoken. */
  void endWith(InputError why) {
    if (error == null) {
      error = why;
    }
    end();
  }

  /** Whether it was stopped before all of it was spoken. */
  boolean isStopped() {
    return stopped;
  }

  /** Stops at once. Its end is told as usual. */
  void stop(String why) {
    stopped = true;
    cancel(why);
    listener.over(this, null);
  }

  /** Stops at once, and nobody is told. */
  void cancel(String why) {
    if (over) {
      return;
    }
    over = true;
    text.drop();
    if (turn != null) {
      turn.cancel(why);
    }
    closeEncoder();
  }

  /** Has its turn started. */
  void begin() {
    begun = true;
    try {
      encoder = encoders.encoder(options.coding(), this);
      turn = starter.start(this);
      TextFeed feed = turn.feed();
      if (feed != null) {
        text.feed(feed);
      }
    } catch (ProblemException | VoicebusException why) {
      finish(InputError.of(ProblemMapping.of(why)));
    } catch (UnsupportedAudioException why) {
      finish(
          InputError.of(
              new Failure(
                  Stage.OWNER, FailureKind.RATE_LIMITED, String.valueOf(why.getMessage()))));
    }
  }

  // Its turn.

  @Override
  public boolean full() {
    return listener.full() || (encoder != null && encoder.full());
  }

  @Override
  public void format(int sampleRateHz) {
    times.rate(sampleRateHz);
    if (encoder != null && !over) {
      formatted = true;
      encoder.begin(sampleRateHz);
    }
  }

  @Override
  public void audio(byte[] pcm) {
    if (encoder != null && !over) {
      encoder.encode(pcm);
    }
  }

  @Override
  public void event(TurnEvent event) {
    tell(times.event(event));
  }

  @Override
  public void word(WordMark word) {
    tell(times.word(word));
  }

  private void tell(Alignment part) {
    if (!part.isEmpty()) {
      known.add(part);
      sendSoon();
    }
  }

  @Override
  public void ended(TurnEvent.Ended end) {
    Failure failure = end.failure();
    if (failure != null) {
      error = InputError.of(failure);
    }
    text.drop();
    if (over) {
      return;
    }
    if (encoder != null && formatted) {
      encoder.end();
    } else {
      finished();
    }
  }

  @Override
  public void dismissed() {
    finish(
        InputError.of(
            new Failure(
                Stage.OWNER, FailureKind.CANCELLED, "its client has taken nothing for too long")));
  }

  // Its audio.

  @Override
  public void encoded(byte[] bytes) {
    if (!over) {
      audio.writeBytes(bytes);
      if (audio.size() >= MAX_PIECE_BYTES) {
        send();
      } else {
        sendSoon();
      }
    }
  }

  private void sendSoon() {
    if (!sending) {
      sending = true;
      listener.soon(this::sendWhatCame);
    }
  }

  private void sendWhatCame() {
    sending = false;
    send();
  }

  private void send() {
    if (over || (audio.size() == 0 && known.isEmpty())) {
      return;
    }
    speaks = true;
    byte[] bytes = audio.toByteArray();
    Alignment part = Alignment.join(known);
    audio.reset();
    known.clear();
    listener.speech(this, bytes, part, options.syncAlignment() ? 0 : toldMs);
    toldMs = part.isEmpty() ? toldMs : part.endMs();
  }

  @Override
  public void drained() {
    if (turn != null && !over) {
      turn.drained();
    }
  }

  @Override
  public void finished() {
    send();
    finish(error);
  }

  @Override
  public void failed(Throwable why) {
    LOG.error("a text cannot be encoded as {}", options.coding().format().id(), why);
    finish(
        InputError.of(
            new Failure(Stage.OWNER, FailureKind.INTERNAL, "its audio cannot be encoded")));
  }

  private void finish(@Nullable InputError why) {
    if (!over) {
      cancel("its context is over");
      listener.over(this, why == null ? error : why);
    }
  }

  private void closeEncoder() {
    if (encoder != null) {
      encoder.close();
    }
  }
}
