package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioEncoder;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.WavHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn in the formats that are encoded; what the bytes mean is tested where they are made. */
class EncodedAudioEndpointTest extends ServerTest {
  private static final int PIECE_BYTES = 4_800;

  /** Half a second at 24 kHz that is not silent. */
  private static byte[] sound(int samples) {
    byte[] pcm = new byte[2 * samples];
    for (int i = 0; i < samples; i++) {
      int value = (int) (9_000 * Math.sin(i / 7.0));
      pcm[2 * i] = (byte) value;
      pcm[2 * i + 1] = (byte) (value >> 8);
    }
    return pcm;
  }

  private static byte[] encoded(AudioCoding coding, int rateHz, byte[] pcm) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AudioEncoder encoder = coding.encoder()) {
      out.writeBytes(encoder.begin(rateHz));
      out.writeBytes(encoder.encode(pcm));
      out.writeBytes(encoder.end());
    }
    return out.toByteArray();
  }

  private static void speak(FakeTurn turn, byte[] pcm) {
    for (int at = 0; at < pcm.length; at += PIECE_BYTES) {
      turn.audio(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + PIECE_BYTES)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?format=mp3            | Accept: */*        | audio/mpeg  | mp3
          ''                     | Accept: audio/mpeg | audio/mpeg  | mp3
          ?format=mp3&rate=44100 | Accept: audio/wav  | audio/mpeg  | mp3 44100
          ?format=flac           | Accept: */*        | audio/flac  | flac
          ''                     | Accept: audio/flac | audio/flac  | flac
          ?format=ulaw           | Accept: */*        | audio/basic | ulaw
          ?format=pcm&rate=8000  | Accept: */*        | audio/pcm;rate=8000;channels=1;bits=16 | pcm 8000
          ?rate=48000            | Accept: */*        | audio/wav   | wav 48000
          """)
  void sendsWhatWasAskedForByNameOrByType(
      String query, String accept, String contentType, String coding) throws Exception {
    // given
    serve();
    String path = startTurn();
    byte[] pcm = sound(12_345);
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    // when
    RawClient listener = call("GET", path + "/audio" + query, NOTHING, accept);
    speak(turn, pcm);
    turn.finish();
    // then
    String[] parts = coding.split(" ", -1);
    AudioCoding expected = AudioCoding.of(parts[0]);
    assertThat(listener.header("content-type")).isEqualTo(contentType);
    assertThat(listener.header("accept-ranges")).isEqualTo("none");
    assertThat(listener.readAll())
        .isEqualTo(
            encoded(
                parts.length == 1 ? expected : expected.withRate(Integer.parseInt(parts[1])),
                24_000,
                pcm));
  }

  @Test
  void sendsOpusInOggAsItIsSpoken() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient listener = call("GET", path + "/audio?format=opus", NOTHING);
    assertThat(listener.header("content-type")).isEqualTo("audio/ogg");
    assertThat(new String(listener.read(36), StandardCharsets.ISO_8859_1))
        .startsWith("OggS")
        .endsWith("OpusHead");
    // when: so much that there is a packet, and the turn goes on
    speak(turn, sound(2_400));
    // then
    assertThat(listener.read(100)).hasSize(100);
    turn.finish();
    assertThat(listener.readAll()).contains('O', 'g', 'g', 'S');
  }

  @Test
  void speaksInAFormatOfTheQueryWhateverTheBodyIs() throws Exception {
    // given
    serve();
    byte[] pcm = sound(5_000);
    for (String type : new String[] {JSON, "Content-Type: text/plain"}) {
      String body = type.equals(JSON) ? "{\"prompt\": \"hello\"}" : "hello";
      // when
      RawClient client = send("POST", "/v1/speak?format=mp3", utf8(body), type);
      FakeTurn turn = pipeline.nextTurn().format(24_000);
      speak(turn, pcm);
      turn.finish();
      // then
      assertThat(turn.prompt().text()).isEqualTo("hello");
      client.awaitHead();
      assertThat(client.header("content-type")).isEqualTo("audio/mpeg");
      assertThat(client.readAll()).isEqualTo(encoded(AudioCoding.of("mp3"), 24_000, pcm));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"format=wma", "format=", "rate=1", "format=mp3&rate=8000", "rate=x"})
  void refusesWhatItCannotMakeBeforeAnythingIsAskedOfAModel(String query) throws Exception {
    // given
    serve();
    // then
    assertProblem(call("POST", "/v1/speak?" + query, utf8("hello")), 400, "invalid-request");
    assertThat(get("/v1/status").readText()).contains("\"turns\":0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /audio?format=50%           | not well-formed
          /audio?from=%               | not well-formed
          /audio?format=mp3&format=wav | the parameter 'format' is given twice
          /ws?from=%zz                | not well-formed
          """)
  void saysWhatIsWrongWithAQueryOfATurn(String query, String words) throws Exception {
    serve();
    assertProblem(get(startTurn() + query), 400, "invalid-request", words);
  }

  @Test
  void sendsTheWholeToWhoAsksForARangeOfWhatCannotBeCounted() throws Exception {
    // given
    serve();
    String path = startTurn();
    byte[] pcm = sound(5_000);
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    // when
    RawClient listener = call("GET", path + "/audio?format=mp3", NOTHING, "Range: bytes=100-");
    speak(turn, pcm);
    turn.finish();
    // then
    assertThat(listener.status()).isEqualTo(200);
    assertThat(listener.readAll()).isEqualTo(encoded(AudioCoding.of("mp3"), 24_000, pcm));
  }

  @Test
  void encodesAnewFromTheSampleThatAListenerHasWhenItComesBack() throws Exception {
    // given
    serve();
    String path = startTurn();
    byte[] pcm = sound(12_000);
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient first = call("GET", path + "/audio?format=flac", NOTHING);
    speak(turn, pcm);
    first.read(4_000);
    first.close();
    // when
    RawClient second = call("GET", path + "/audio?format=flac&from=4000", NOTHING);
    turn.finish();
    // then
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.readAll())
        .isEqualTo(
            encoded(AudioCoding.of("flac"), 24_000, Arrays.copyOfRange(pcm, 8_000, pcm.length)));
  }

  @Test
  void answersATurnThatCannotBeSpokenWithAnEmptyFile() throws Exception {
    serve();
    for (String format : new String[] {"mp3", "flac", "opus", "pcm", "wav"}) {
      // given
      RawClient listener = send("POST", "/v1/speak?format=" + format, utf8("…"));
      // when
      pipeline.nextTurn().finish();
      // then
      assertThat(listener.awaitHead().status()).isEqualTo(200);
      byte[] body = listener.readAll();
      if (!format.equals("opus")) {
        byte[] empty = encoded(AudioCoding.of(format), 24_000, NOTHING);
        assertThat(body)
            .as(format)
            .isEqualTo(format.equals("wav") ? WavHeader.exact(24_000, 0) : empty);
      } else {
        assertThat(body).startsWith('O', 'g', 'g', 'S');
      }
    }
  }

  @Test
  void breaksOffWhatFailsOrIsDeletedInMidAudio() throws Exception {
    serve();
    for (boolean deleted : new boolean[] {true, false}) {
      // given
      String path = startTurn();
      FakeTurn turn = pipeline.nextTurn().format(24_000);
      RawClient listener = call("GET", path + "/audio?format=mp3", NOTHING);
      speak(turn, sound(24_000));
      listener.read(500);
      // when
      if (deleted) {
        call("DELETE", path, NOTHING);
      } else {
        turn.fail(failure(Stage.PLAYBACK, FailureKind.INTERNAL));
      }
      // then
      assertThatThrownBy(listener::readAll).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "opus", "flac"})
  void stopsTheFlowForAListenerThatNeverReads(String format) throws Exception {
    // given
    serve("stalled-ms", 500);
    String path = startTurn();
    FakeTurn stuck = pipeline.nextTurn().format(24_000);
    RawClient sleeper = narrowClient().request("GET", path + "/audio?format=" + format, NOTHING);
    // when
    stuck.flood(64L * 1024 * 1024);
    // then
    stuck.awaitCancelled();
    assertThat(stuck.flooded()).isLessThan(8_000_000);
    assertThatThrownBy(() -> sleeper.awaitHead().readAll()).isInstanceOf(IOException.class);
  }

  @Test
  void deliversEverythingToAListenerThatIsSlow() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient listener =
        narrowClient().request("GET", path + "/audio?format=pcm&rate=48000", NOTHING);
    // when
    turn.flood(1_000_000).end(Stage.TEXT, Stage.CHUNKER);
    // then
    assertThat(listener.awaitHead().readAll()).hasSize(2_000_000);
  }
}
