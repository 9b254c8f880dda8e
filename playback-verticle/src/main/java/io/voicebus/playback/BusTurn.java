package io.voicebus.playback;

import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Frame;
import io.voicebus.contract.FramesOpen;
import io.voicebus.contract.PlayoutLength;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Position;
import io.voicebus.contract.ReportOpen;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.SkipChunk;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn's streams: from and to its owner, and from the workers that speak its chunks. It ends
 * once, by the end of its playout or by {@link #drop}. NOT thread safe.
 */
final class BusTurn {
  /** What a turn tells of itself. */
  interface Listener {
    /** The chunk is over: wholly received, or left out. */
    void over(TurnId turn, int chunk);

    /** Nothing is going on any more. */
    void over(TurnId turn);
  }

  private final Inbox inbox;
  private final TurnContext turn;
  private final Listener listener;
  private final BusReport report;
  private final Map<Integer, BusReadStream<Frame>> attempts = new HashMap<>();
  private final PlayoutSink sink;
  private final Playout playout;
  private @Nullable BusReadStream<Message> control;
  private boolean over;

  BusTurn(
      Inbox inbox,
      PlayoutRequest request,
      PlayoutLimits limits,
      LengthRatio ratio,
      Listener listener) {
    this.inbox = inbox;
    this.turn = request.turn();
    this.listener = listener;
    report = new BusReport(!turn.options().conversation().isEmpty(), this::finished);
    sink = sink(request);
    playout = new Playout(limits, turn.options().pace(), ratio, sink);
  }

  private PlayoutSink sink(PlayoutRequest request) {
    return switch (request.sink()) {
      case BUS -> report;
      case CARD -> deviceSink("voicebus-card", new CardDevice());
      case FILE -> deviceSink("voicebus-file", new FileDevice(request.path()));
    };
  }

  private DeviceSink deviceSink(String thread, AudioDevice device) {
    return new DeviceSink(report, thread, device, inbox::execute, this::pump, this::drop);
  }

  private void pump() {
    playout.pump(inbox.now());
  }

  // The owner.

  /** The owner's stream; a repeated request for the same turn, whose answer was lost, brings it. */
  void control(BusReadStream<Message> stream) {
    control = stream;
    stream
        .handler(this::onControl)
        .endHandler(end -> controlOver(stream, "the turn's owner ended it"))
        .exceptionHandler(e -> controlOver(stream, "the turn's owner is gone"));
  }

  private void controlOver(BusReadStream<Message> stream, String why) {
    if (stream == control) {
      drop(new Failure(Stage.PLAYBACK, FailureKind.CANCELLED, why));
    }
  }

  private void onControl(Message item) {
    if (over) {
      return;
    }
    long now = inbox.now();
    if (item instanceof PlayoutLength length) {
      playout.length(length.chunks(), now);
    } else if (item instanceof SkipChunk skip) {
      stop(skip.chunk(), "the chunk is left out");
      playout.skip(skip.chunk(), now);
      listener.over(turn.turn(), skip.chunk());
    } else if (item instanceof Position position) {
      playout.heard(position.playedMs());
    }
  }

  /** Opens the report to the owner. */
  void report() {
    inbox
        .<Message>open(turn.owner(), new ReportOpen(turn.turn(), Stage.PLAYBACK))
        .onComplete(this::reported, e -> drop(Failure.of(Stage.PLAYBACK, e)));
  }

  private void reported(BusWriteStream<Message> stream) {
    stream
        .drainHandler(drained -> pump())
        .exceptionHandler(e -> drop(Failure.of(Stage.PLAYBACK, e)));
    report.opened(stream);
    pump();
  }

  // The work queue.

  boolean over(int chunk) {
    return over || playout.over(chunk);
  }

  ResumePoint cut(int chunk) {
    stop(chunk, "another attempt was granted");
    return playout.cut(chunk);
  }

  boolean reserve(int chunk, long estimatedMs) {
    return playout.reserve(chunk, estimatedMs, inbox.now());
  }

  long neededInMs(int chunk) {
    return playout.neededInMs(chunk, inbox.now());
  }

  // The workers.

  /** An attempt that was granted begins. */
  void attempt(FramesOpen head, BusReadStream<Frame> stream) {
    int chunk = head.job().chunk();
    stop(chunk, "the attempt was opened again");
    attempts.put(chunk, stream);
    playout.open(chunk, head.sampleRateHz(), head.byText(), head.engine(), inbox.now());
    stream
        .handler(frame -> onFrame(chunk, stream, frame))
        .endHandler(
            end -> {
              if (attempts.remove(chunk, stream)) {
                playout.received(chunk, inbox.now());
                listener.over(turn.turn(), chunk);
              }
            })
        .exceptionHandler(
            e -> {
              if (attempts.remove(chunk, stream)) {
                playout.lost(chunk);
              }
            });
  }

  private void onFrame(int chunk, BusReadStream<Frame> stream, Frame frame) {
    if (attempts.get(chunk) != stream) {
      return;
    }
    switch (playout.frame(chunk, frame.pcm(), frame.words(), inbox.now())) {
      case OVERRUN -> stop(chunk, "no room for the rest now; it is taken up again later");
      case GIVEN_UP -> {
        stop(chunk, "no room for the rest");
        listener.over(turn.turn(), chunk);
      }
      case YES -> {}
    }
  }

  private void stop(int chunk, String why) {
    BusReadStream<Frame> stream = attempts.remove(chunk);
    if (stream != null) {
      stream.cancel(new Failure(Stage.PLAYBACK, FailureKind.CANCELLED, why));
    }
  }

  // The end.

  /** Ends everything at once; the owner, if it is there to hear it, is told why. */
  void drop(Failure why) {
    if (over) {
      return;
    }
    over = true;
    playout.close();
    sink.cancel();
    for (int chunk : List.copyOf(attempts.keySet())) {
      stop(chunk, why.detail());
    }
    report.fail(why);
    if (control != null) {
      control.cancel(why);
    }
    listener.over(turn.turn());
  }

  /** Everything was played, and the owner has all of it. */
  private void finished() {
    if (!over) {
      over = true;
      listener.over(turn.turn());
    }
  }
}
