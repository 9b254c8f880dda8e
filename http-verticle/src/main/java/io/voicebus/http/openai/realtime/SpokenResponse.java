package io.voicebus.http.openai.realtime;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WordMark;
import io.voicebus.http.api.ApiClient;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.HeardText;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A response that is spoken: a turn, whose audio is sent as it comes. */
final class SpokenResponse implements RealtimeResponse, ApiClient, AsyncEncoder.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SpokenResponse.class);
  private static final TurnOptions ASK =
      TurnOptions.DEFAULTS.withPace(Pace.ASAP).withMode(TextMode.ASK);
  private static final long NOT_YET = Long.MIN_VALUE;

  private final ApiSessions sessions;
  private final RealtimeOutput out;
  private final RealtimeAnswer answer;
  private final HeardText heard;
  private final Runnable onOver;
  private final AsyncEncoder encoder;
  private @Nullable ApiTurn turn;
  private @Nullable Failure failure;
  private boolean sounds;
  private boolean ended;
  private long firstAudioAt = NOT_YET;

  private SpokenResponse(
      ApiSessions sessions,
      RealtimeOutput out,
      RealtimeOrder order,
      RealtimeAnswer answer,
      HeardText heard,
      Runnable onOver) {
    this.sessions = sessions;
    this.out = out;
    this.answer = answer;
    this.heard = heard;
    this.onOver = onOver;
    try {
      this.encoder = new AsyncEncoder(sessions.vertx(), order.config().format().coding(), this);
    } catch (UnsupportedAudioException e) {
      throw ProblemMapping.of(FailureKind.RATE_LIMITED, String.valueOf(e.getMessage()))
          .toException();
    }
  }

  /**
   * Starts one, and tells that it has begun.
   *
   * @param voice of the turn
   * @param onOver told when its end has been
   * @throws RuntimeException if it is not accepted
   */
  static SpokenResponse begin(
      ApiSessions sessions,
      HttpServerRequest request,
      RealtimeOutput out,
      RealtimeOrder order,
      String voice,
      RealtimeAnswer answer,
      HeardText heard,
      Runnable onOver) {
    SpokenResponse response = new SpokenResponse(sessions, out, order, answer, heard, onOver);
    try {
      response.turn =
          sessions.start(
              TurnRequest.toCaller(
                      order.dialogue().prompt(),
                      ASK.withVoice(voice).withSpeed(order.config().speed()))
                  .withBackground(order.background()),
              request,
              response);
    } catch (RuntimeException refused) {
      response.encoder.close();
      throw refused;
    }
    answer.begin();
    return response;
  }

  @Override
  public RealtimeAnswer answer() {
    return answer;
  }

  // The turn.

  @Override
  public boolean full() {
    return out.full() || encoder.full();
  }

  @Override
  public void format(int sampleRateHz) {
    sounds = true;
    heard.rate(sampleRateHz);
    encoder.begin(sampleRateHz);
  }

  @Override
  public void audio(byte[] pcm) {
    encoder.encode(pcm);
  }

  @Override
  public void word(WordMark word) {
    heard.event(new TurnEvent.Word(word));
  }

  @Override
  public void event(TurnEvent event) {
    heard.event(event);
    if (event instanceof TurnEvent.Text text) {
      answer.text(answer.transcript().next(text.text()));
    } else if (event instanceof TurnEvent.TextCut cut) {
      answer.transcript().cut(cut.at());
    } else if (event instanceof TurnEvent.Answered told) {
      answer.answered(told.answer());
    } else if (event instanceof TurnEvent.Skipped skipped) {
      out.error(problem(skipped.chunk().failure()).withMember("code", "part_not_spoken"), "");
    }
  }

  @Override
  public void ended(TurnEvent.Ended end) {
    ended = true;
    failure = end.failure();
    if (sounds) {
      encoder.end();
    } else {
      finished();
    }
  }

  @Override
  public void dismissed() {
    ended = true;
    failure =
        new Failure(
            Stage.OWNER, FailureKind.TIMEOUT, "the client has taken no audio for stalled-ms");
    finished();
  }

  // The encoder.

  @Override
  public void encoded(byte[] bytes) {
    if (firstAudioAt == NOT_YET) {
      firstAudioAt = sessions.clock().nanoTime();
    }
    answer.audio(bytes);
  }

  @Override
  public void drained() {
    if (turn != null && !ended) {
      turn.drained();
    }
  }

  @Override
  public void finished() {
    encoder.close();
    Failure why = failure;
    if (why == null) {
      answer.complete();
    } else if (why.kind() == FailureKind.BLOCKED && answer.transcript().text().length() > 0) {
      answer.blocked();
    } else {
      answer.fail(problem(why));
    }
    onOver.run();
  }

  private static Problem problem(Failure why) {
    return Invalid.of(why, RealtimeConfig.VOICE);
  }

  @Override
  public void failed(Throwable why) {
    LOG.error("a response cannot be encoded", why);
    end("it cannot be encoded");
    answer.fail(ProblemMapping.of(why));
    onOver.run();
  }

  // The client.

  @Override
  public void cancel(String why) {
    end(why);
    long playedMs =
        firstAudioAt == NOT_YET
            ? 0
            : TimeUnit.NANOSECONDS.toMillis(sessions.clock().nanoTime() - firstAudioAt);
    answer.cancel(Math.min(playedMs, answer.audioMs()));
    onOver.run();
  }

  @Override
  public void abandon(String why) {
    end(why);
  }

  private void end(String why) {
    encoder.close();
    if (turn != null && !ended) {
      ended = true;
      turn.cancel(why);
    }
  }
}
