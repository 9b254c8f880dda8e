package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
  private final List<String> events = new ArrayList<>();
  private final SseParser parser = new SseParser(this::add);

  private void add(byte[] bytes, int from, int length) {
    events.add(text(bytes, from, length));
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  private void feed(String text) {
    parser.feed(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r"})
  void takesEveryLineEnd(String end) {
    // when
    feed("data: one" + end + end + "data:two" + end + "data:  lines" + end + end);
    // then
    assertThat(events).containsExactly("one", "two\n lines");
  }

  @Test
  void tellsAnEventAsSoonAsItsBlankLineBegins() {
    // when
    feed("data: one\r\n\r");
    // then
    assertThat(events).containsExactly("one");
    feed("\ndata: two\r\n\r\n");
    assertThat(events).containsExactly("one", "two");
  }

  @Test
  void ignoresCommentsAndOtherFieldsAndEventsWithoutData() {
    // when
    feed("\uFEFF: hello\nevent: x\nid\nretry: 5\n\ndata\n\n:\n\ndata: one\nevent: y\n\n");
    // then
    assertThat(events).containsExactly("one");
    assertThat(parser.strays()).isEmpty();
  }

  @Test
  void flushesALastEventWithoutABlankLine() {
    // given
    feed("data: one\n\ndata: tw");
    feed("o");
    // when
    parser.end();
    // then
    assertThat(events).containsExactly("one", "two");
  }

  @Test
  void keepsAsideWhatIsNoEvent() {
    // given
    feed("data: one\r\n\r\n{\r\n  \"error\": {\r\n    \"code\": 503\r\n  }\r\n}");
    // when
    parser.end();
    // then
    assertThat(events).containsExactly("one");
    assertThat(parser.strays()).isEqualTo("{\n  \"error\": {\n    \"code\": 503\n  }\n}\n");
  }

  @Test
  void keepsNoMoreAsideThanItsLimit() {
    // when
    for (int i = 0; i < 1000; i++) {
      feed("x".repeat(100) + "\n");
    }
    // then
    assertThat(parser.strays()).hasSizeLessThanOrEqualTo(SseParser.MAX_STRAY_BYTES);
  }

  @Test
  void takesAnEventOfTwoMebibytesAndRefusesOneOfFive() {
    // given
    String big = "x".repeat(2 * 1024 * 1024);
    // when
    feed("data: " + big + "\n\n");
    // then
    assertThat(events).containsExactly(big);
    assertThatThrownBy(() -> feed("data: " + big + "\ndata: " + big + "\ndata: " + big))
        .isInstanceOf(SseParser.TooLargeException.class);
  }

  @RepeatedTest(200)
  void anySplitOfTheBytesTellsTheSameEvents() {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] pieces = {
      "data: ",
      "data:",
      "é€😀",
      "\r\n",
      "\n",
      "\r",
      "\r\n\r\n",
      "\n\n",
      ": c",
      "{\"a\":1}",
      " ",
      "event: e",
      "x",
      "data",
      "\uFEFF"
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes);
    parser.end();
    // when
    List<String> cut = new ArrayList<>();
    SseParser other = new SseParser((data, from, length) -> cut.add(text(data, from, length)));
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + random.nextInt(5));
      other.feed(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
    other.end();
    // then
    assertThat(cut).as("seed %d", seed).isEqualTo(events);
    assertThat(other.strays()).as("seed %d", seed).isEqualTo(parser.strays());
  }
}
