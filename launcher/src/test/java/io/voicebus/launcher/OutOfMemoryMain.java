package io.voicebus.launcher;

import io.netty.channel.DefaultEventLoop;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that runs out of memory at the place that its argument names, and would go on. */
final class OutOfMemoryMain {
  private OutOfMemoryMain() {}

  public static void main(String[] args) throws InterruptedException {
    LogSetup.use();
    OutOfMemory.endsTheProcess();
    Vertx vertx = Vertx.vertx();
    switch (args[0]) {
      case "event-loop" -> vertx.runOnContext(go -> fill());
      case "timer" -> vertx.setTimer(1, id -> fill());
      case "netty" -> new DefaultEventLoop().execute(OutOfMemoryMain::fill);
      case "thread" -> new Thread(OutOfMemoryMain::fill).start();
      case "no-thread" ->
          vertx.runOnContext(
              go -> {
                // As the virtual machine says it.
                throw new OutOfMemoryError(
                    "unable to create native thread: possibly out of memory or process/resource"
                        + " limits reached");
              });
      default -> throw new IllegalArgumentException(args[0]);
    }
    new CountDownLatch(1).await();
  }

  private static void fill() {
    List<long[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new long[10_000]);
    }
  }
}
