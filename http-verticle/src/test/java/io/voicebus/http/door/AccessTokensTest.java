package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private static final String ONE = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
  private static final String TWO = "Zk3vQ9xT1mB7wL0sR5yN2a";

  private static AccessTokens parse(String text) {
    return AccessTokens.parse(text, "here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:" + ONE + ",b:" + TWO,
        " a:" + ONE + " , b:" + TWO + " ,",
        "a:" + ONE + "\nb:" + TWO + "\n",
        "# a remark, with a comma\r\n\r\na:" + ONE + "\r\n  # b:another\r\nb:" + TWO
      })
  void readsSeveralWithTheirNames(String text) {
    AccessTokens tokens = parse(text);
    assertThat(tokens.nameOf(ONE)).contains("a");
    assertThat(tokens.nameOf(TWO)).contains("b");
    assertThat(tokens.nameOf("a:" + ONE)).isEmpty();
    assertThat(tokens.nameOf("")).isEmpty();
    assertThat(tokens.toString()).doesNotContain(ONE, TWO);
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, TWO, "ab/+cdefghijklmnop.qrst_uv~wxyz=="})
  void oneNeedsNoName(String token) {
    assertThat(parse(token).nameOf(token)).contains(AccessTokens.UNNAMED);
    List<String> names = new ArrayList<>();
    parse(token).forEach((name, each) -> names.add(name));
    assertThat(names).containsExactly(AccessTokens.UNNAMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:" + ONE + ",a:" + TWO,
        ONE + "," + TWO,
        "a:" + ONE + ",b:" + ONE,
        "a b:" + ONE,
        ":" + ONE,
        "a:",
        "a:short",
        "a:b:" + ONE,
        "# nothing",
        ","
      })
  void saysWhatIsWrongWithoutRepeatingASecret(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("here")
        .hasMessageNotContaining(ONE)
        .hasMessageNotContaining(TWO);
  }

  @Test
  void theTwoPlacesTogetherHaveEachNameOnce() {
    AccessTokens all =
        Objects.requireNonNull(AccessTokens.both(parse("a:" + ONE), parse("b:" + TWO)));
    assertThat(all.nameOf(TWO)).contains("b");
    assertThat(all.nameOf(ONE)).contains("a");
    assertThatThrownBy(() -> AccessTokens.both(parse(ONE), parse(TWO)))
        .hasMessageContaining("access-token-file");
  }
}
