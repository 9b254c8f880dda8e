package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicebus.bus.EveryType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes over the cluster's wire, and text in bytes that were cut anywhere. */
class PacketFuzzTest {
  static Stream<Arguments> oneOfEachType() {
    return EveryType.examples(new Random(42)).stream().map(bytes -> Arguments.of((Object) bytes));
  }

  @MethodSource("oneOfEachType")
  @FuzzTest
  void bytesFromAnotherNodeAreReadOrRefused(byte[] bytes) {
    EveryType.isReadOrRefused(bytes);
  }

  /** The first byte says where the others are cut. */
  @FuzzTest
  void textIsTheSameWhereverItsBytesAreCut(byte[] bytes) {
    int stride = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x03);
    byte[] sent = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    String whole = text(sent, Math.max(1, sent.length));
    assertThat(text(sent, stride)).isEqualTo(whole);
    String decoded = new String(sent, StandardCharsets.UTF_8);
    if (Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), sent)) {
      assertThat(whole).isEqualTo(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
    } else {
      assertThat(whole).contains("not UTF-8: byte ");
    }
  }

  private static String text(byte[] bytes, int stride) {
    StringBuilder all = new StringBuilder();
    Utf8Pieces pieces = new Utf8Pieces();
    for (int at = 0; at < bytes.length; at += stride) {
      all.append(pieces.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + stride))));
    }
    pieces.end();
    return all + (pieces.isMalformed() ? " " + pieces.fault() : "");
  }
}
