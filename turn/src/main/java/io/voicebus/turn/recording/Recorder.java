package io.voicebus.turn.recording;

import io.voicebus.bus.Message;
import io.voicebus.contract.TurnId;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnTape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes turns to a folder, each as a file, on a thread of its own: no turn ever waits for the
 * disk. A turn that the disk does not keep up with, or has no room for, goes on and is recorded no
 * further; its file is good up to there. Thread-safe.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  /** What may wait to be written, of all turns: 17 seconds of forty turns at 24 kHz. */
  static final long MAX_WAITING_BYTES = 32L * 1024 * 1024;

  private static final long LAST_WRITES_SECONDS = 10;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final RecordingFolder folder;
  private final Secrets secrets;
  private final InstantSource time;
  private final String software;
  private final long mostWaiting;
  private final AtomicLong waiting = new AtomicLong();
  private final ThreadPoolExecutor thread;

  /** Bound to the thread. */
  private boolean told;

  /**
   * A recorder.
   *
   * @param folder is made if it is not there, for its owner alone
   * @param mostBytes of all recordings there: the oldest go
   * @param software the version of it that runs, for who reads the recording
   * @param secrets texts that are never written
   * @throws IllegalArgumentException if the folder cannot be used
   */
  public Recorder(
      Path folder,
      long mostBytes,
      String software,
      Collection<String> secrets,
      InstantSource time) {
    this(folder, mostBytes, software, secrets, time, MAX_WAITING_BYTES);
  }

  Recorder(
      Path folder,
      long mostBytes,
      String software,
      Collection<String> secrets,
      InstantSource time,
      long mostWaiting) {
    this.mostWaiting = mostWaiting;
    this.folder = new RecordingFolder(folder, mostBytes);
    this.software = software;
    this.secrets = new Secrets(secrets);
    this.time = time;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "voicebus-recorder");
              made.setDaemon(true);
              return made;
            },
            // What comes after the last one.
            (task, closed) -> {});
  }

  /** Takes down a turn that begins now. */
  public TurnTape tape(TurnId turn, int generation, TurnRequest request) {
    Tape tape = new Tape(turn);
    String name =
        TIME.format(time.instant()) + "-" + turn.value() + (generation > 0 ? "-" + generation : "");
    Recording.Head head =
        Recording.Head.of(turn, generation, request, software, time.instant().toString());
    tape.submit(request.prompt().length(), () -> tape.open(name, head));
    return tape;
  }

  /** Writes what is left; waits some seconds for that. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("not all that was recorded is written: the disk is too slow");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something to do on the thread. */
  private interface Write {
    void run() throws IOException;
  }

  private final class Tape implements TurnTape {
    private final TurnId turn;

    /** Set by either thread: nothing more is written. */
    private volatile boolean over;

    /** Bound to the thread; not open before the head is written. */
    private RecordingFile file = RecordingFile.NONE;

    Tape(TurnId turn) {
      this.turn = turn;
    }

    @Override
    public void item(long nanos, Message item) {
      if (!over && ItemJson.isWritten(item)) {
        Recording.Line line = new Recording.Line(nanos, item);
        submit(item.weight(), () -> write(line.json().encode()));
      }
    }

    @Override
    public void event(long nanos, TurnEvent event) {
      if (!over && event instanceof TurnEvent.Ended ended) {
        Recording.End end =
            new Recording.End(nanos, ended.outcome(), ended.failure(), ended.timings());
        submit(0, () -> end(end.json().encode()));
      }
    }

    /** In order; what there is no room for ends the recording, not the turn. */
    void submit(int bytes, Write write) {
      if (over) {
        return;
      }
      if (waiting.addAndGet(bytes) > mostWaiting) {
        waiting.addAndGet(-bytes);
        over = true;
        thread.execute(() -> stop("the disk did not keep up"));
        return;
      }
      thread.execute(
          () -> {
            waiting.addAndGet(-bytes);
            try {
              write.run();
            } catch (IOException | RuntimeException e) {
              over = true;
              file.close();
              tell(
                  "the disk does not take it: "
                      + (e instanceof IOException of ? file.trouble(of) : e.toString()));
            }
          });
    }

    // On the thread.

    private void open(String name, Recording.Head head) throws IOException {
      file = RecordingFile.create(folder, name);
      try {
        write(head.json().encode());
      } catch (IOException e) {
        // Of each turn on a disk that is full there would be a file with nothing in it.
        file.remove();
        throw e;
      }
    }

    private void write(String json) throws IOException {
      if (file.isOpen() && !file.write(secrets.without(json))) {
        stop("the recordings would take more than record-bytes allows");
      }
    }

    private void end(String json) throws IOException {
      write(json);
      file.close();
    }

    private void stop(String why) {
      over = true;
      file.stop(why);
      tell(why);
    }

    private void tell(String why) {
      if (told) {
        LOG.debug("turn {} is recorded no further: {}", turn, why);
      } else {
        told = true;
        LOG.warn(
            "turn {} goes on, but is recorded no further: {}; of other turns that is not said again",
            turn,
            why);
      }
    }
  }
}
