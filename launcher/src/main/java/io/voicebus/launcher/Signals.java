package io.voicebus.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Ctrl-C, and what {@code kill} sends: the first one ends the process in order, the second at once.
 * The JVM by itself ignores the second until the first has been dealt with.
 */
final class Signals {
  /** By name, since the compiler warns of {@code sun.misc}; the module is in every JDK. */
  private static final String SIGNAL = "sun.misc.Signal";

  private static final String HANDLER = "sun.misc.SignalHandler";

  /** What a shell reports of a process that a signal has ended, beyond the signal's number. */
  private static final int BY_SIGNAL = 128;

  private Signals() {}

  /** Takes the signals over; where that cannot be done, they stay as the JVM has them. */
  static void endAtOnceAtTheSecond() {
    AtomicInteger seen = new AtomicInteger();
    takeOver(List.of("INT", "TERM"), status -> end(seen.incrementAndGet(), status));
  }

  /**
   * Has Ctrl-C stop what can be stopped, and end the process where there is nothing.
   *
   * @param stopped stops it, and says whether there was anything; on a thread of its own
   */
  static void interruptsOr(BooleanSupplier stopped) {
    takeOver(
        List.of("INT"),
        status -> {
          if (!stopped.getAsBoolean()) {
            end(1, status);
          }
        });
  }

  private static void takeOver(List<String> names, IntConsumer action) {
    for (String name : names) {
      try {
        handle(name, action);
      } catch (ClassNotFoundException
          | NoSuchMethodException
          | InstantiationException
          | IllegalAccessException
          | InvocationTargetException e) {
        // Another JVM, or one that leaves signals alone (-Xrs).
      }
    }
  }

  private static void handle(String name, IntConsumer action)
      throws ClassNotFoundException,
          NoSuchMethodException,
          InstantiationException,
          IllegalAccessException,
          InvocationTargetException {
    Class<?> type = Class.forName(SIGNAL);
    Class<?> handlerType = Class.forName(HANDLER);
    Object signal = type.getConstructor(String.class).newInstance(name);
    int status = BY_SIGNAL + (int) type.getMethod("getNumber").invoke(signal);
    Object handler =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              if (method.getName().equals("handle")) {
                action.accept(status);
                return null;
              }
              return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> arguments != null && proxy == arguments[0];
                default -> HANDLER;
              };
            });
    type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
  }

  private static void end(int times, int status) {
    if (times > 1) {
      Runtime.getRuntime().halt(status);
    }
    end(status);
  }

  /** Ends the process in order, from a thread that must not wait for that. */
  static void end(int status) {
    new Thread(() -> System.exit(status), "voicebus-exit").start();
  }
}
