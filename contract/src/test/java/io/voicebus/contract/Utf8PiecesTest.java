package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8PiecesTest {
  private static final String TEXT = "\u00e9 \u20ac \ud83d\ude00!";

  private final Utf8Pieces pieces = new Utf8Pieces();

  @Test
  void joinsCharactersWhereverTheyAreCut() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      Utf8Pieces cut = new Utf8Pieces();
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < bytes.length; at += size) {
        text.append(cut.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
      }
      cut.end();
      assertThat(text).as("pieces of " + size).hasToString(TEXT);
      assertThat(cut.isMalformed()).isFalse();
    }
  }

  @Test
  void leavesOutAByteOrderMarkAtTheBeginningOnly() {
    assertThat(pieces.accept("\uFEFFa".getBytes(StandardCharsets.UTF_8))).isEqualTo("a");
    assertThat(pieces.accept("\uFEFFb".getBytes(StandardCharsets.UTF_8))).isEqualTo("\uFEFFb");
  }

  @Test
  void givesWhatComesBeforeAFaultAndNothingAfterIt() {
    assertThat(pieces.accept(new byte[] {'H', 'i', (byte) 0xff, '!'})).isEqualTo("Hi");
    assertThat(pieces.isMalformed()).isTrue();
    assertThat(pieces.fault()).contains("byte 2");
    assertThat(pieces.accept(new byte[] {'a'})).isEmpty();
  }

  @Test
  void aCharacterWithoutItsEndIsMalformed() {
    assertThat(pieces.accept(new byte[] {'H', (byte) 0xc3})).isEqualTo("H");
    assertThat(pieces.isMalformed()).isFalse();
    pieces.end();
    assertThat(pieces.fault()).contains("byte 1");
  }
}
