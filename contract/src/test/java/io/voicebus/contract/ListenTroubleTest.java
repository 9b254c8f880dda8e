package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenTroubleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Address already in use | another program has that port",
        "bind(..) failed with error(-98): Address already in use | another program has that port",
        "Cannot assign requested address | that is no address of this machine",
        "Permission denied | this user may not use ports below 1024",
        "Protocol not available | Protocol not available",
      })
  void theReasonIsToldInWords(String message, String words) {
    assertThat(ListenTrouble.inWords(new BindException(message))).isEqualTo(words);
  }

  @Test
  void aHostThatIsUnknownIsTold() {
    assertThat(ListenTrouble.inWords(new UnknownHostException("nowhere")))
        .isEqualTo("there is no such host");
    assertThat(ListenTrouble.inWords(new UnresolvedAddressException()))
        .isEqualTo("there is no such host");
  }

  @Test
  void aProblemWithoutAMessageIsNamed() {
    assertThat(ListenTrouble.inWords(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
