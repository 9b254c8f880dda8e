package io.voicebus.launcher;

import io.vertx.core.VertxOptions;

/**
 * How many threads carry the verticles. Nothing here blocks one, so there are as many as cores;
 * Vert.x's default of twice as many costs more than it gives: half of the packets of a turn that
 * now stay on their thread would wake another (measured by {@code ./bench load} on two cores: 15 %
 * of a turn's CPU).
 */
public final class EventLoops {
  /** So that one verticle that is busy for a moment never holds up all others. */
  private static final int FEWEST = 2;

  private EventLoops() {}

  /** Options of a Vert.x that carries roles of Voicebus. */
  public static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(Math.max(FEWEST, Runtime.getRuntime().availableProcessors()));
  }
}
