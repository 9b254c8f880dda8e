package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundedJsonTest {
  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** With a copy of its sound, and of nothing else. */
  private static SoundedJson.Message kept(SoundedJson.Message message) {
    byte[] sound = Arrays.copyOf(message.sound(), message.soundLength());
    return new SoundedJson.Message(message.json(), sound, sound.length);
  }

  /** What comes of a body that is cut into pieces of so many bytes. */
  private static List<SoundedJson.Message> lines(String body, int stride) {
    List<SoundedJson.Message> messages = new ArrayList<>();
    SoundedJson json = SoundedJson.lines(message -> messages.add(kept(message)));
    feed(json, body, stride);
    json.end();
    return messages;
  }

  private static void feed(SoundedJson json, byte[] bytes) {
    json.feed(
        (from, to, into, at) -> System.arraycopy(bytes, from, into, at, to - from), bytes.length);
  }

  private static void feed(SoundedJson json, String body, int stride) {
    byte[] all = body.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < all.length; at += stride) {
      feed(json, Arrays.copyOfRange(all, at, Math.min(all.length, at + stride)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 64, 100_000})
  void soundsOfEveryLengthAreDecodedWhereverTheyAreCut(int stride) {
    for (int length : new int[] {1, 2, 3, 4, 5, 6, 1_000, 1_001, 1_002}) {
      byte[] sound = bytes(length);
      String body = "{\"n\":\"ä\", \"audio_base64\" : \"" + base64(sound) + "\",\"more\":[1]}\n";
      List<SoundedJson.Message> messages = lines(body + body, stride);
      assertThat(messages).hasSize(2);
      for (SoundedJson.Message message : messages) {
        assertThat(message.json()).isEqualTo("{\"n\":\"ä\", \"audio_base64\" : \"\",\"more\":[1]}");
        assertThat(message.sound()).isEqualTo(sound);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100_000})
  void paddingMayBeMissingAndCharsMayBeEscaped(int stride) {
    byte[] sound = new byte[100];
    Arrays.fill(sound, (byte) 0xfb);
    String plain = base64(sound);
    assertThat(plain).contains("+", "/", "==");
    for (String written :
        List.of(
            plain.replace("=", ""),
            plain.replace("/", "\\/"),
            plain.replace("+", "\\u002B").replace("=", "\\u003d"),
            plain.substring(0, 76) + "\\r\\n" + plain.substring(76))) {
      assertThat(lines("{\"audio\":\"" + written + "\"}", stride))
          .as(written)
          .extracting(SoundedJson.Message::sound)
          .containsExactly(sound);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"say \\\"audio\\\":\\\"AAAA\\\"\"}",
        "{\"message\":\"say \\\"audio\\\":\",\"x\":\"AAAA\"}",
        "{\"audiobook\":\"AAAA\"}",
        "{\"audio\":null,\"x\":\"AAAA\"}",
        "{\"audio\":[\"AAAA\"]}",
        "{\"audio\",\"AAAA\"}",
      })
  void whatOnlyLooksLikeSoundIsText(String json) {
    for (int stride : new int[] {1, 100}) {
      List<SoundedJson.Message> messages = lines(json, stride);
      assertThat(messages).hasSize(1);
      assertThat(messages.get(0).json()).isEqualTo(json);
      assertThat(messages.get(0).sound()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"audio\":\"AAAA*AAA\"}",
        "{\"audio\":\"AAAAA\"}",
        "{\"audio\":\"AA=A\"}",
        "{\"audio\":\"=\"}",
        "{\"audio\":\"AAAA\n{\"audio\":\"AAAA\"}",
        "{\"audio\":\"AAAA\\u00zz\"}",
        "{\"audio\":\"AAAA",
        "{\"audio\":\"AAAA\\",
      })
  void whatIsNoBase64IsRefused(String body) {
    for (int stride : new int[] {1, 100}) {
      assertThatThrownBy(() -> lines(body, stride)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void ofABodyObjectsOnLinesAndInEventsAreTakenAndNothingElse() {
    String body =
        ": hello\n\nevent: x\ndata: {\"a\":1}\r\n\ndata:{\"b\":2}\n{\"c\":3}\nerror: {\"d\":4}\n"
            + "data: [DONE]\n\nid: 7\n{\"e\":5}";
    for (int stride : new int[] {1, 5, 1_000}) {
      assertThat(lines(body, stride))
          .extracting(SoundedJson.Message::json)
          .containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}", "{\"d\":4}", "{\"e\":5}");
    }
  }

  @Test
  void aMessageOfAWebSocketMayHaveLineFeeds() {
    List<SoundedJson.Message> messages = new ArrayList<>();
    SoundedJson json = SoundedJson.whole(message -> messages.add(kept(message)));
    for (String sound : List.of("AAAA", "", "////")) {
      feed(json, "{\n  \"audio\" :\n  \"" + sound + "\"\n}\n", 3);
      json.end();
    }
    assertThat(messages)
        .extracting(SoundedJson.Message::sound)
        .containsExactly(new byte[3], new byte[0], new byte[] {-1, -1, -1});
    assertThat(messages)
        .extracting(SoundedJson.Message::json)
        .containsOnly("{\n  \"audio\" :\n  \"\"\n}");
  }

  @Test
  void anObjectWithoutEndIsNotKept() {
    SoundedJson json = SoundedJson.lines(message -> {});
    byte[] much = new byte[1 << 20];
    Arrays.fill(much, (byte) 'A');
    feed(json, "{\"audio\":\"".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                feed(json, much);
              }
            })
        .hasMessageContaining("longer than");
  }
}
