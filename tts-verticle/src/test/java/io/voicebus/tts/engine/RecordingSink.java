package io.voicebus.tts.engine;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps what it is told, and complains about what no engine may do. */
public final class RecordingSink implements SpeechSink {
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CountDownLatch sounded = new CountDownLatch(1);
  private final List<byte[]> frames = new ArrayList<>();
  private final List<Integer> progress = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final List<String> speakers = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private int asked;
  private int rateHz;
  private boolean saved;
  private boolean unconfirmed;
  private boolean cancelled;

  @Override
  public synchronized void spokenBy(SpeechEngine engine, String voice) {
    speakers.add(engine.name() + "@" + engine.traits().sampleRateHz());
  }

  @Override
  public void working() {
    state("works");
  }

  @Override
  public void waits(long atLeastMs, String why) {
    synchronized (this) {
      reasons.add(why);
    }
    state("waits");
  }

  private synchronized void state(String state) {
    states.add(state);
    notifyAll();
  }

  /** Why it had to wait, each time; empty where nobody said. */
  public synchronized List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** When it was told so often whether anybody is at it: {@code works} and {@code waits}. */
  public synchronized List<String> awaitStates(int count) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      for (long left = 1; states.size() < count && left > 0; ) {
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        wait(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return List.copyOf(states);
  }

  @Override
  public synchronized void asked(int chars) {
    asked += chars;
  }

  @Override
  public synchronized void format(int sampleRateHz) {
    rateHz = sampleRateHz;
  }

  /** What was told; 0 if nothing was. */
  public synchronized int rateHz() {
    return rateHz;
  }

  /** Characters that engines were given. */
  public synchronized int asked() {
    return asked;
  }

  @Override
  public synchronized void saved() {
    saved = true;
  }

  /** Whether it came from a cache. */
  public synchronized boolean wasSaved() {
    return saved;
  }

  /** Who has spoken, where that was told. */
  public synchronized List<String> speakers() {
    return List.copyOf(speakers);
  }

  @Override
  public synchronized void frame(byte[] pcm, int spokenChars, int wordSamples) {
    if (cancelled || ended.isDone() || pcm.length == 0 || pcm.length % 2 != 0) {
      faults.add("frame of " + pcm.length + " bytes, cancelled " + cancelled + ", " + ended);
    }
    frames.add(pcm);
    progress.add(spokenChars);
    lengths.add(wordSamples);
    sounded.countDown();
  }

  @Override
  public synchronized void notice(SpeechNotice.Kind kind, String detail) {
    notices.add(kind + ": " + detail);
  }

  /** What it was told is said otherwise. */
  public synchronized List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public synchronized void unconfirmed() {
    unconfirmed = true;
  }

  /** Whether it is not known whether that was all. */
  public synchronized boolean wasUnconfirmed() {
    return unconfirmed;
  }

  @Override
  public void end() {
    finish("end");
  }

  @Override
  public void fail(FailureKind kind, String detail) {
    finish(kind + ": " + detail);
  }

  private synchronized void finish(String how) {
    if (cancelled || !ended.complete(how)) {
      faults.add(how + " after the end");
    }
  }

  /** Says that nothing may come any more. */
  public synchronized void cancelled() {
    cancelled = true;
  }

  /** "end", or the failure. */
  public String outcome() {
    try {
      return ended.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no end", e);
    }
  }

  public void awaitSound() {
    try {
      if (!sounded.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("no frame");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("no frame", e);
    }
  }

  public synchronized boolean open() {
    return !ended.isDone();
  }

  public synchronized List<byte[]> frames() {
    return List.copyOf(frames);
  }

  public synchronized List<Integer> progress() {
    return List.copyOf(progress);
  }

  /** For each frame, how many samples before its end the word began that ends there; or 0. */
  public synchronized List<Integer> wordSamples() {
    return List.copyOf(lengths);
  }

  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  public synchronized byte[] pcm() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    frames.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
