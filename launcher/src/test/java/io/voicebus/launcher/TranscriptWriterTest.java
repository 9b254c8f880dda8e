package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Characters;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TranscriptWriterTest {
  private static final String GAP =
      "voicebus: a part of the text is not shown: nobody read what was written here";

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch read = new CountDownLatch(1);

  /** A terminal that is held until somebody reads it. */
  private final StringWriter shown =
      new StringWriter() {
        @Override
        public void write(String text, int from, int length) {
          held.countDown();
          try {
            if (!read.await(1, TimeUnit.MINUTES)) {
              throw new AssertionError("nobody reads");
            }
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          super.write(text, from, length);
        }
      };

  private final TranscriptWriter writer =
      new TranscriptWriter(Transcript.ofAnswer(new PrintWriter(shown)));

  private static final TurnEvent.Ended END =
      new TurnEvent.Ended(
          Outcome.FINISHED, null, new TurnTimings(1, 2, 3, 4_000_000, 5), Characters.NONE);

  private void text(String text) {
    writer.accept(new TurnEvent.Text(text));
  }

  /** As many as may wait while nobody reads, and the one that is being written. */
  private void fill() throws InterruptedException {
    text("a");
    assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
    for (int i = 0; i < TranscriptWriter.EVENTS; i++) {
      text("b");
    }
  }

  @Test
  void whoDoesNotReadHoldsNobodyUpAndIsToldWhereThereIsAGap() throws Exception {
    // given
    fill();
    text("lost");
    // when
    read.countDown();
    awaitRoom();
    text("more");
    writer.accept(END);
    writer.close();
    // then: in its place
    assertThat(shown.toString().lines().toList())
        .startsWith("a" + "b".repeat(TranscriptWriter.EVENTS), GAP, "more")
        .hasSize(4);
  }

  private void awaitRoom() {
    while (writer.waiting() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aGapThatComesLastIsToldToo() throws Exception {
    // given
    fill();
    text("lost");
    // when
    writer.accept(END);
    read.countDown();
    writer.close();
    // then: and so is the end, for which there was no room either
    assertThat(shown.toString().lines().toList())
        .startsWith("a" + "b".repeat(TranscriptWriter.EVENTS), GAP)
        .hasSize(3)
        .last()
        .asString()
        .contains("first audio 4.0 ms");
  }

  @Test
  void aGapBeforeItIsStoppedIsTold() throws Exception {
    fill();
    text("lost");
    read.countDown();
    writer.stop("stopped");
    assertThat(shown.toString().lines().toList()).endsWith(GAP, "voicebus: stopped");
  }

  @Test
  void whatComesAfterTheEndIsNotShown() {
    read.countDown();
    text("All.");
    writer.stop("stopped");
    text("more");
    assertThat(shown.toString().lines()).containsExactly("All.", "voicebus: stopped");
  }
}
