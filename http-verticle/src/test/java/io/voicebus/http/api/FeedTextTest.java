package io.voicebus.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.turn.TextFeed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTextTest {
  private final List<String> told = new ArrayList<>();
  private final FeedText text = new FeedText(() -> {});

  private final TextFeed feed =
      new TextFeed() {
        @Override
        public void append(String piece) {
          told.add(piece);
        }

        @Override
        public void flush() {
          told.add("|");
        }

        @Override
        public void end() {
          told.add("end");
        }

        @Override
        public void breakOff(Failure why) {
          told.add(why.detail());
        }

        @Override
        public boolean isFull() {
          return false;
        }

        @Override
        public void drainHandler(Runnable handler) {}
      };

  @Test
  void aTextThatEndsWithHalfACharacterBreaksOff() {
    // given
    text.feed(feed);
    text.append("One \ud83d");
    // when
    text.end();
    // then
    assertThat(told)
        .containsExactly(
            "One ", "the text ends with half of a surrogate pair, which is no character", "end");
  }

  @Test
  void whatSaysNothingIsNotKept() {
    // when: it has not begun
    for (String piece : List.of("", "One. ", "", "")) {
      text.append(piece);
      text.flush();
    }
    text.feed(feed);
    // and when it has
    text.flush();
    text.append("");
    text.flush();
    text.append("Two.");
    text.flush();
    text.flush();
    text.end();
    // then
    assertThat(told).containsExactly("One. ", "|", "Two.", "|", "end");
  }
}
