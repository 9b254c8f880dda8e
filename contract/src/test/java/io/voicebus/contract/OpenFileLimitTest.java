package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFileLimitTest {
  private static int of(String now) {
    return OpenFileLimit.of(
        List.of(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             94389                94389                processes ",
            "Max open files            "
                + now
                + "                  524288               files     "));
  }

  @Test
  void readsWhatLinuxSays() {
    assertThat(of("256")).isEqualTo(256);
    assertThat(of("unlimited")).isEqualTo(Integer.MAX_VALUE);
    assertThat(OpenFileLimit.of(List.of())).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsForOnePurposeIsAPartOfThem() {
    assertThat(OpenFileLimit.share(4)).isBetween(1, OpenFileLimit.files());
  }
}
