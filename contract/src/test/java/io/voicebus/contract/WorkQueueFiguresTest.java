package io.voicebus.contract;

import org.junit.jupiter.api.Test;

class WorkQueueFiguresTest {
  @Test
  void printsTheFigures() {
    WorkQueueFigures.report().forEach(System.out::println);
  }
}
