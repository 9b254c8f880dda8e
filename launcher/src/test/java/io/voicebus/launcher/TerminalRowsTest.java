package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalRowsTest {
  private final TerminalRows rows = new TerminalRows();

  @Test
  void aRowEndsWhereALineDoesAndTheLastOneIsNotComplete() {
    assertThat(rows.accept("One.\nTwo.\n\nThr", 20)).containsExactly("One.", "Two.", "");
    assertThat(rows.unfinished()).isEqualTo("Thr");
    assertThat(rows.accept("ee.\n", 20)).containsExactly("Three.");
    assertThat(rows.unfinished()).isEmpty();
  }

  @Test
  void aRowThatIsFullEndsAtItsLastBlank() {
    assertThat(rows.accept("The quick brown fox", 10)).containsExactly("The quick");
    assertThat(rows.unfinished()).isEqualTo("brown fox");
  }

  @Test
  void aWordThatIsTooLongIsBroken() {
    assertThat(rows.accept("abcdefghijkl", 5)).containsExactly("abcde", "fghij");
    assertThat(rows.unfinished()).isEqualTo("kl");
  }

  @Test
  void aLineThatEndsWhereItsRowIsFullLeavesNoEmptyRow() {
    assertThat(rows.accept("12345\n", 5)).containsExactly("12345");
    assertThat(rows.accept("12345 \nx\n", 5)).containsExactly("12345", "x");
  }

  @Test
  void wideCharactersTakeTwoColumnsAndMarksNone() {
    assertThat(rows.accept("\u65e5\u672c\u8a9e", 4)).containsExactly("\u65e5\u672c");
    assertThat(rows.unfinished()).isEqualTo("\u8a9e");
    assertThat(rows.accept("e\u0301e\u0301", 4)).isEmpty();
  }

  @Test
  void indentationAndTabsStay() {
    assertThat(rows.accept("  a\tb\n", 20)).containsExactly("  a    b");
  }

  /** However the text is cut into pieces. */
  @Test
  void theRowsAreTheSameForAllPieces() {
    String text =
        "Light is scattered by the air, and blue light most of all.\n\n  A list:\tone, two.\n";
    List<String> whole = rows.accept(text, 17);
    for (int size = 1; size < 9; size++) {
      TerminalRows others = new TerminalRows();
      List<String> found = new ArrayList<>();
      for (int at = 0; at < text.length(); at += size) {
        String piece = text.substring(at, Math.min(text.length(), at + size));
        found.addAll(others.accept(piece, 17));
      }
      assertThat(found).as("pieces of " + size).isEqualTo(whole);
    }
    assertThat(whole).allMatch(row -> row.length() <= 17);
  }
}
