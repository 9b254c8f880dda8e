package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Pace;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WavHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code <audio src="/v1/speak?text=…">}. */
class SpeakByGetTest extends ServerTest {
  private static final String URL = "/v1/speak?text=Is%2050%25%20enough%3F&voice=v";

  @Test
  void speaksTheTextOfAUrl() throws Exception {
    // given
    serve();
    RawClient client = send("GET", URL, NOTHING, "Range: bytes=0-", "Accept: */*");
    // when
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    // then
    assertThat(turn.prompt().text()).isEqualTo("Is 50% enough?");
    assertThat(turn.prompt().turn().options())
        .isEqualTo(new TurnOptions("v", "", true, Pace.ASAP, ""));
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("content-type")).isEqualTo("audio/wav");
    assertThat(client.header("accept-ranges")).isEmpty();
    assertThat(client.header("x-accel-buffering")).isEqualTo("no");
    assertThat(client.readAll()).hasSize(WavHeader.BYTES + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de-AT,de;q=0.9,en;q=0.8 | de",
        "en;q=0.5, pt-BR;q=0.9 | pt",
        "*, fr;q=0.1 | fr",
        "* | ''",
        "x-klingon;q=1 | ''",
        "it;q=0 | ''"
      })
  void theListenersLanguageIsExpectedInATextThatShowsNone(String header, String language)
      throws Exception {
    serve();
    send("GET", URL, NOTHING, "Accept-Language: " + header);
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().turn().options().expected()).isEqualTo(language);
    assertThat(turn.prompt().turn().options().language()).isEmpty();
  }

  @Test
  void theOnlyVoicesLanguageIsExpectedWhateverTheListenersIs() throws Exception {
    http.speakingOnly("en");
    serve();
    send("GET", "/v1/speak?text=12:30", NOTHING, "Accept-Language: de");
    assertThat(pipeline.nextTurn().prompt().turn().options().expected()).isEqualTo("en");
  }

  @Test
  void aPlayerWhoseConnectionWasLostGoesOnInTheSameTurn() throws Exception {
    // given
    serve();
    RawClient lost = send("GET", URL, NOTHING);
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2, 3, 4});
    lost.awaitHead().read(WavHeader.BYTES + 2);
    lost.close();
    // when
    RawClient again = send("GET", URL, NOTHING, "Range: bytes=" + (WavHeader.BYTES + 2) + "-");
    turn.finish();
    // then
    assertThat(again.awaitHead().status()).isEqualTo(206);
    assertThat(again.readAll()).containsExactly(3, 4);
  }

  /** As ffmpeg seeks the end of a WAV file, to see what follows the samples. */
  @ParameterizedTest
  @ValueSource(strings = {"900000", "9223372036854775807"})
  void aPlayerThatSeeksTheEndStartsNoOtherTurn(String first) throws Exception {
    // given
    serve();
    RawClient listener = send("GET", URL, NOTHING, "Range: bytes=0-");
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2, 3, 4});
    listener.awaitHead().read(WavHeader.BYTES + 4);
    // when
    RawClient ahead = call("GET", URL, NOTHING, "Range: bytes=" + first + "-");
    // then
    assertThat(ahead.status()).isEqualTo(200);
    turn.finish();
    assertThat(ahead.readAll()).hasSize(WavHeader.BYTES + 4);
    assertThat(listener.readAll()).isEmpty();
    assertThat(pipeline.anyTurn()).isFalse();
  }

  /** As Safari and iOS read: two bytes, then the whole, then what they seek. */
  @Test
  void aPlayerThatAsksForTwoBytesFirstHearsOneTurn() throws Exception {
    // given
    serve();
    RawClient first = send("GET", URL, NOTHING, "Range: bytes=0-1");
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2, 3, 4});
    assertThat(first.awaitHead().status()).isEqualTo(206);
    assertThat(first.header("content-range")).isEqualTo("bytes 0-1/*");
    assertThat(first.header("content-length")).isEqualTo("2");
    assertThat(first.readText()).isEqualTo("RI");
    // when
    RawClient whole = first.request("GET", URL, NOTHING, "Range: bytes=0-").awaitHead();
    assertThat(whole.status()).isEqualTo(206);
    assertThat(whole.header("content-range")).isEqualTo("bytes 0-9007199254740991/*");
    whole.read(WavHeader.BYTES + 4);
    RawClient part = send("GET", URL, NOTHING, "Range: bytes=46-47").awaitHead();
    assertThat(part.header("content-range")).isEqualTo("bytes 46-47/*");
    assertThat(part.readAll()).containsExactly(3, 4);
    whole = call("GET", URL, NOTHING, "Range: bytes=0-");
    turn.finish();
    assertThat(whole.readAll()).hasSize(WavHeader.BYTES + 4).endsWith(1, 2, 3, 4);
    // then: it is a file now
    RawClient file = call("GET", URL, NOTHING, "Range: bytes=0-");
    assertThat(file.status()).isEqualTo(206);
    assertThat(file.header("content-range")).isEqualTo("bytes 0-47/48");
    assertThat(file.readAll()).hasSize(48).endsWith(1, 2, 3, 4);
    assertThat(call("GET", URL, NOTHING).readAll()).hasSize(48);
    assertThat(pipeline.anyTurn()).isFalse();
  }

  @Test
  void soDoesOneOfEncodedAudioWhoseBytesCannotBeCounted() throws Exception {
    // given
    serve();
    String url = URL + "&format=flac";
    RawClient first = send("GET", url, NOTHING, "Range: bytes=0-1");
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[20_000]);
    assertThat(first.awaitHead().status()).isEqualTo(200);
    assertThat(first.header("accept-ranges")).isEqualTo("none");
    first.read(2);
    first.close();
    // when
    RawClient whole = send("GET", url, NOTHING, "Icy-MetaData: 1");
    turn.finish();
    // then
    assertThat(whole.awaitHead().status()).isEqualTo(200);
    assertThat(new String(whole.readAll(), StandardCharsets.ISO_8859_1)).startsWith("fLaC");
    assertThat(pipeline.anyTurn()).isFalse();
  }

  @Test
  void aPartIsOfTheTurnThatIsThere() throws Exception {
    serve();
    RawClient listener = send("GET", URL, NOTHING);
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2, 3, 4});
    listener.awaitHead().read(WavHeader.BYTES + 4);
    RawClient part = call("GET", URL, NOTHING, "Range: bytes=0-3");
    assertThat(part.readText()).isEqualTo("RIFF");
    turn.audio(new byte[] {5, 6}).finish();
    assertThat(listener.readAll()).containsExactly(5, 6);
    assertThat(pipeline.anyTurn()).isFalse();
  }

  @Test
  void aPlayerOfATurnThatIsNoLongerKeptGetsAnother() throws Exception {
    serve("kept-turns", 0);
    send("GET", URL, NOTHING, "Range: bytes=0-1");
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    call("GET", URL, NOTHING, "Range: bytes=0-").readAll();
    send("GET", URL, NOTHING, "Range: bytes=0-");
    pipeline.nextTurn();
  }

  @Test
  void twoPlayersOfTheSameUrlHaveTwoTurns() throws Exception {
    serve();
    send("GET", URL, NOTHING);
    pipeline.nextTurn();
    send("GET", URL, NOTHING);
    pipeline.nextTurn();
  }

  @Test
  void toLookAtTheHeadStartsNothing() throws Exception {
    serve();
    RawClient head = call("HEAD", URL, NOTHING);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-type")).isEqualTo("audio/wav");
    assertThat(get("/v1/status").readText()).contains("\"turns\":0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: none\r\nSec-Purpose: prefetch;prerender",
        "Referer: https://evil.example/page",
        "Sec-Fetch-Site: same-origin\r\nReferer: https://evil.example/page",
        "Referer: nonsense",
        "Origin: https://evil.example",
        "Origin: null"
      })
  void noOtherSiteSpendsTheOwnersCredits(String headers) throws Exception {
    serve();
    assertProblem(call("GET", URL, NOTHING, headers), 403, "forbidden-origin", "allowed-origins");
    assertThat(call("HEAD", URL, NOTHING, headers).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/speak/",
        "//v1/speak",
        "/v1//speak",
        "/v1/./speak",
        "/v1/%73peak",
        "/%76%31/speak"
      })
  void norByAnotherSpellingOfThePath(String path) throws Exception {
    serve();
    for (String site : List.of("Sec-Fetch-Site: cross-site", "Referer: https://evil.example/")) {
      assertThat(call("GET", path + "?text=hello", NOTHING, site).status()).isBetween(403, 404);
    }
    assertThat(pipeline.anyTurn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: same-origin\r\nReferer: http://localhost/page",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: cross-site\r\nReferer: https://app.example/page",
        "Sec-Fetch-Site: cross-site\r\nOrigin: https://app.example",
        "X: y"
      })
  void ownPagesAndThoseThatAreListedMay(String headers) throws Exception {
    serve("allowed-origins", "https://app.example");
    send("GET", URL, NOTHING, headers);
    pipeline.nextTurn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/speak",
        "/v1/speak?voice=x",
        "/v1/speak?text=a&prompt=b",
        "/v1/speak?text=a&text=b",
        "/v1/speak?text=a&voise=b",
        "/v1/speak?text=%zz",
        "/v1/speak?text="
      })
  void saysWhatIsWrongWithAUrl(String url) throws Exception {
    serve();
    assertProblem(get(url), 400, "invalid-request");
  }

  @Test
  void isBoundedByTheUrlsLength() throws Exception {
    serve();
    assertProblem(get("/v1/speak?text=" + "x".repeat(9000)), 414, "too-large");
  }

  /** As curl sends {@code ?text=Grüße}, which no browser would. */
  @Test
  void lettersThatAreNotEncodedAreReadAsUtf8() throws Exception {
    serve();
    send("GET", "/v1/speak?text=Grüße", NOTHING);
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo("Grüße");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text=caf%E9", "text=Hi&voice=%ff", "te%fft=Hi", "text=%ed%a0%80"})
  void whatIsNotUtf8IsToldAndNotLeftOut(String query) throws Exception {
    serve();
    assertProblem(get("/v1/speak?" + query), 400, "invalid-request", "the query is not UTF-8");
    assertThat(pipeline.anyTurn()).isFalse();
  }
}
