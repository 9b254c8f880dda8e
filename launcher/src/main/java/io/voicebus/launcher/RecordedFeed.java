package io.voicebus.launcher;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.launcher.replay.RecordedWriting;
import io.voicebus.launcher.replay.ReplaySpeed;
import io.voicebus.launcher.replay.WritingPlayer;
import io.voicebus.turn.TextFeed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes a feed as it was recorded. */
final class RecordedFeed implements TextInput {
  private final RecordedWriting writing;
  private final ReplaySpeed speed;
  private volatile @Nullable WritingPlayer player;

  RecordedFeed(RecordedWriting writing, ReplaySpeed speed) {
    this.writing = writing;
    this.speed = speed;
  }

  @Override
  public void feed(Context context, TextFeed feed) {
    Vertx vertx = context.owner();
    WritingPlayer made =
        new WritingPlayer(
            writing,
            speed,
            Clock.system(),
            (nanos, task) -> {
              long ms = Math.max(1, Duration.ofNanos(nanos + 999_999).toMillis());
              long timer = vertx.setTimer(ms, due -> task.run());
              return () -> vertx.cancelTimer(timer);
            },
            new Pen(feed));
    player = made;
    feed.drainHandler(made::resume);
    made.resume();
  }

  private void pauseIfFull(TextFeed feed) {
    WritingPlayer playing = player;
    if (playing != null && feed.isFull()) {
      playing.pause();
    }
  }

  /** Times are counted from the turn's acceptance, as in the recording. */
  @Override
  public long firstTextAfter(long nanos) {
    return 0;
  }

  @Override
  public void stop() {}

  private final class Pen implements WritingPlayer.Pen {
    private final TextFeed feed;

    Pen(TextFeed feed) {
      this.feed = feed;
    }

    @Override
    public void text(String text) {
      feed.append(text);
      pauseIfFull(feed);
    }

    @Override
    public void flush() {
      feed.flush();
    }

    @Override
    public void end() {
      feed.end();
    }

    @Override
    public void fail(Failure why) {
      feed.breakOff(why);
    }
  }
}
