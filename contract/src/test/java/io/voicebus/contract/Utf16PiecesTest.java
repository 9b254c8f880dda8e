package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Utf16PiecesTest {
  private final Utf16Pieces pieces = new Utf16Pieces();

  @Test
  void joinsACharacterThatIsCutInTwoHoweverLongItsSecondHalfTakes() {
    assertThat(pieces.next("a\ud83d")).isEqualTo("a");
    assertThat(pieces.next("")).isEmpty();
    assertThat(pieces.next("\ude00b")).isEqualTo("\ud83d\ude00b");
  }

  @Test
  void leavesWhatIsNoCharacterToItsReader() {
    assertThat(pieces.next("\ud83d")).isEmpty();
    assertThat(pieces.next("z")).isEqualTo("\ud83dz");
    assertThat(pieces.next("\ude00")).isEqualTo("\ude00");
  }

  @Test
  void forgetsAHalfThatIsGivenUp() {
    assertThat(pieces.next("a\ud83d")).isEqualTo("a");
    assertThat(pieces.isCut()).isTrue();
    pieces.forget();
    assertThat(pieces.isCut()).isFalse();
    assertThat(pieces.next("b")).isEqualTo("b");
  }
}
