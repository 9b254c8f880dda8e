package io.voicebus.tts.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RewrittenTextTest {
  @Test
  void aReplacedPartCountsWhenItIsSaidToItsEnd() {
    RewrittenText text = new RewrittenText("It is €20 now");
    text.replaceAll(Pattern.compile("€(\\d+)"), "$1 euros");
    assertThat(text.text()).isEqualTo("It is 20 euros now");
    assertThat(text.saidAt("It is".length())).isEqualTo("It is".length());
    assertThat(text.saidAt("It is 20".length())).isEqualTo("It is ".length());
    assertThat(text.saidAt("It is 20 euros".length())).isEqualTo("It is €20".length());
    assertThat(text.saidAt(text.text().length())).isEqualTo("It is €20 now".length());
  }

  @Test
  void whatIsReplacedAgainLeadsBackToTheFirstText() {
    RewrittenText text = new RewrittenText("a & b, c");
    text.replaceAll(Pattern.compile("&"), "and");
    text.replaceAll(Pattern.compile(", "), ",\n\n");
    text.replaceAll(Pattern.compile("^a "), "");
    assertThat(text.text()).isEqualTo("and b,\n\nc");
    assertThat(text.saidAt(3)).isEqualTo("a &".length());
    assertThat(text.saidAt(5)).isEqualTo("a & b".length());
    assertThat(text.saidAt(text.text().length())).isEqualTo("a & b, c".length());
  }

  @Test
  void whatNothingIsReplacedInStaysAsItIs() {
    RewrittenText text = new RewrittenText("plain");
    text.replaceAll(Pattern.compile("x"), "y");
    text.rewrite().end();
    assertThat(text.text()).isEqualTo("plain");
    assertThat(text.saidAt(3)).isEqualTo(3);
  }
}
