package io.voicebus.gemini;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.voicebus.bus.Bus;
import io.voicebus.bus.LateTimers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer that is being streamed, from its first byte to its end. It handles all ways in which
 * services mark the end, and lost connections. Bound to the context of its bus.
 */
final class ModelResponse {
  /** For so long a connection may take to become free after the mark behind an answer. */
  static final Duration LINGER = Duration.ofSeconds(1);

  /** How often a process that is late waits again for what may follow the end of an answer. */
  private static final int MOST_LATE = 3;

  private enum State {
    /** Whatever comes is of the answer. */
    READING,
    /** The answer has probably ended; text that still comes is passed on. */
    OVERHEARING,
    /** Nothing is passed on any more. */
    OVER
  }

  private final Bus bus;
  private final ServiceWords words;
  private final ModelLimits limits;
  private final FinishHabit habit;
  private final ModelAttempt.Listener listener;
  private final HttpClientResponse response;
  private final ModelBody body;

  /** Only while there is something to reset: a connection goes back to its pool once. */
  private @Nullable HttpClientRequest request;

  private Bus.@Nullable Timer timer;
  private Bus.@Nullable Timer afterword;
  private State state = State.READING;

  /** What is wrong with an answer that had most likely ended. */
  private @Nullable ModelFault overheard;

  /** Nobody wants to know any more what is overheard. */
  private boolean forgotten;

  private long quietSince;
  private long progress;
  private long progressSince;
  private boolean paused;
  private boolean held;

  /** Whether an event was in the latest bytes: comments only say that the connection is there. */
  private boolean spoke;

  private boolean parsing;

  /**
   * A response with status 200.
   *
   * @param json whether it is said to be JSON, and no stream
   */
  ModelResponse(
      Bus bus,
      ModelProtocol protocol,
      ModelLimits limits,
      FinishHabit habit,
      ModelAttempt.Listener listener,
      HttpClientRequest request,
      HttpClientResponse response,
      boolean json) {
    this.bus = bus;
    this.words = protocol.words();
    this.limits = limits;
    this.habit = habit;
    this.listener = listener;
    this.request = request;
    this.response = response;
    this.body = new ModelBody(protocol, json, this::chunk);
  }

  /**
   * Reads what has come, and what comes.
   *
   * @param later not before {@link #resume}
   */
  void begin(boolean later) {
    paused = later;
    response.exceptionHandler(ignored -> broken());
    response.handler(this::piece);
    response.endHandler(ignored -> bodyEnded());
    awaitMore();
    flow();
  }

  private void chunk(ModelChunk chunk) {
    spoke = true;
    if (state == State.READING) {
      listener.chunk(chunk);
    } else if (state == State.OVERHEARING && overheard == null) {
      overheard =
          chunk.text().isBlank() ? chunk.fault().orElse(null) : words.wentOn(chunk.text().strip());
    }
  }

  private void piece(Buffer bytes) {
    if (state == State.OVER) {
      return;
    }
    quietSince = bus.nanoTime();
    parsing = true;
    spoke = false;
    body.feed(bytes.getBytes());
    parsing = false;
    if (state == State.OVERHEARING) {
      overheard(body.done());
      return;
    }
    if (body.progress() > progress) {
      progress = body.progress();
      progressSince = quietSince;
    }
    if (isReading() && !failIfFaulty(body.done() ? body.findFault() : body.fault())) {
      if (body.done()) {
        answered();
      } else if (spoke && body.reasons().any()) {
        awaitAfterword();
      }
    }
    flow();
  }

  /** Whatever a listener does may have ended it. */
  private boolean isReading() {
    return state == State.READING;
  }

  /** The service has said that this was all, whatever becomes of the connection. */
  private void answered() {
    HttpClientRequest lingering = request;
    endAnswer();
    if (lingering != null && request != null) {
      // The next answer may use the connection, if the body ends soon.
      timer = bus.after(LINGER.toNanos(), lingering::reset);
    }
  }

  private void awaitAfterword() {
    stopAfterword();
    if (!held) {
      awaitAfterword(body.reasons().patience(habit.goesOn()).toNanos(), MOST_LATE);
    }
  }

  /** Where this process was late itself, what has come may still be unread: it waits again. */
  private void awaitAfterword(long patience, int again) {
    long due = bus.nanoTime() + patience;
    afterword =
        bus.after(
            patience,
            () -> {
              boolean late = bus.nanoTime() - due > patience / 10;
              if (late && again > 0) {
                awaitAfterword(patience, again - 1);
              } else {
                endIdle();
              }
            });
  }

  /** Nothing has come for a while after a reason to finish. */
  private void endIdle() {
    if (body.reasons().areFinal()) {
      HttpClientRequest idle = request;
      endAnswer();
      reset(idle);
    } else if (!failIfFaulty(body.endAnswer()) && isReading()) {
      state = State.OVERHEARING;
      stopTimer();
      afterword = bus.after(FinishReasons.LONG_AFTERWORD.toNanos(), () -> overheard(true));
      listener.perhapsEnded();
    }
  }

  /** Tells what came after the end, if anything did; else, once no more can come, the end. */
  private void overheard(boolean all) {
    ModelFault fault = overheard;
    if (state != State.OVERHEARING || (!all && fault == null)) {
      return;
    }
    HttpClientRequest idle = request;
    over();
    if (!forgotten) {
      if (fault == null) {
        listener.ended();
      } else {
        listener.failed(fault);
      }
    }
    reset(idle);
  }

  private static void reset(@Nullable HttpClientRequest idle) {
    if (idle != null) {
      idle.reset();
    }
  }

  /** Passes on the rest of the answer and ends it, or reports a fault instead. */
  private void endAnswer() {
    if (isReading() && !failIfFaulty(body.endAnswer()) && isReading()) {
      over();
      listener.ended();
    }
  }

  private boolean failIfFaulty(Optional<ModelFault> fault) {
    fault.ifPresent(this::fail);
    return fault.isPresent();
  }

  /** Whether the model has thought. */
  boolean thought() {
    return body.thought();
  }

  /** Whether all has been said, though the way to the service is lost. */
  boolean isWhole() {
    return body.reasons().makeWhole(habit.goesOn());
  }

  /** What the service says that this has cost. */
  ModelUsage usage() {
    return body.usage();
  }

  private void bodyEnded() {
    request = null;
    if (state == State.OVER) {
      stopTimer();
    } else {
      body.end();
      overheard(true);
      endAnswer();
    }
  }

  private void broken() {
    request = null;
    if (state == State.OVER) {
      stopTimer();
    } else if (state == State.OVERHEARING) {
      overheard(true);
    } else if (!failIfFaulty(body.findFault())) {
      fail(words.broken());
    }
  }

  private void fail(ModelFault fault) {
    if (isReading()) {
      cancel();
      listener.failed(fault);
    }
  }

  /** Reads no more for now; only the gap's limit stands still. */
  void pause() {
    paused = true;
    flow();
  }

  void resume() {
    paused = false;
    flow();
  }

  /** Holds the response or lets it go; never lets bytes in while others are being parsed. */
  private void flow() {
    if (state != State.READING || held == paused || parsing) {
      return;
    }
    held = paused;
    if (held) {
      stopTimer();
      stopAfterword();
      response.pause();
    } else {
      awaitMore();
      if (body.reasons().any()) {
        awaitAfterword();
      }
      response.resume();
    }
  }

  /**
   * Closes the connection, or the stream of it that this is. The listener hears no more. Only an
   * answer that has most likely ended is still overheard, to know the service better.
   */
  void cancel() {
    if (state == State.READING) {
      over();
      reset(request);
    }
    forgotten = true;
  }

  private void over() {
    state = State.OVER;
    habit.learn(body.reasons(), words.service());
    stopTimer();
    stopAfterword();
  }

  private void stopAfterword() {
    if (afterword != null) {
      afterword.cancel();
      afterword = null;
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void awaitMore() {
    stopTimer();
    quietSince = bus.nanoTime();
    progressSince = quietSince;
    awaitMore(patience());
  }

  /** What is left of the wait for a sign of life, and for the answer to get on. */
  private long patience() {
    long now = bus.nanoTime();
    // Before its first word a model may be loaded, or wait for others: comments say that it lives.
    Duration silence = progress > 0 ? limits.gap() : longer(limits.gap(), limits.headers());
    long life = limits.gap().toNanos() - (now - quietSince);
    return Math.min(life, silence.toNanos() - (now - progressSince));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** Where this process stood still, what has come may still be unread: it waits from then on. */
  private void awaitMore(long nanos) {
    long due = bus.nanoTime() + nanos;
    timer =
        bus.after(
            nanos,
            () -> {
              long left = patience();
              if (left > 0) {
                awaitMore(left);
              } else if (LateTimers.late(bus, due)) {
                awaitMore();
              } else if (!failIfFaulty(body.findFault())) {
                fail(progress > 0 ? words.silent() : words.notBegun());
              }
            });
  }
}
