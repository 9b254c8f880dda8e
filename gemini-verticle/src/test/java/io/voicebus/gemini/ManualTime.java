package io.voicebus.gemini;

import io.vertx.core.Future;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Packet;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so; nothing is sent. */
final class ManualTime implements Bus {
  private record Due(long at, Runnable task) {}

  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private long now;

  void advance(Duration by) {
    long until = now + by.toNanos();
    while (!due.isEmpty() && due.peek().at <= until) {
      Due next = due.remove();
      now = next.at;
      next.task.run();
    }
    now = until;
  }

  /** The process stands still for so long: what fell due meanwhile runs late. */
  void stall(Duration by) {
    now += by.toNanos();
    while (!due.isEmpty() && due.peek().at <= now) {
      due.remove().task.run();
    }
  }

  int waiting() {
    return due.size();
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Timer after(long nanos, Runnable task) {
    Due timer = new Due(now + nanos, task);
    due.add(timer);
    return () -> due.remove(timer);
  }

  @Override
  public void send(String inbox, Packet packet) {}

  @Override
  public void publish(String address, Packet packet) {}

  @Override
  public Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local) {
    return Future.failedFuture("nobody is here");
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }
}
