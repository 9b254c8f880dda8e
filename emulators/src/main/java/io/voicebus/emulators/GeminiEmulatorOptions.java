package io.voicebus.emulators;

import io.vertx.core.net.KeyCertOptions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How to run a {@link GeminiEmulator}.
 *
 * @param host to listen on
 * @param port 0 for any free one
 * @param key the one that is valid
 * @param script what to do with a request that obeys the rules; called on the emulator's context
 * @param certificate for TLS; without one it is plain HTTP
 * @param http2 whether TLS offers HTTP/2 by ALPN, besides HTTP/1.1
 */
public record GeminiEmulatorOptions(
    String host,
    int port,
    String key,
    Function<GeminiCall, GeminiScript> script,
    @Nullable KeyCertOptions certificate,
    boolean http2) {

  /** What is said when nobody says otherwise. */
  public static final String CANNED =
      "Sure. The museum opens at nine, and the café at “half past”. Shall I book it?";

  /** On a free port of the loopback interface, with a canned answer for everybody. */
  public static final GeminiEmulatorOptions DEFAULTS =
      new GeminiEmulatorOptions(
          "127.0.0.1", 0, "emulated-key", call -> GeminiScript.answer(CANNED), null, true);

  public GeminiEmulatorOptions onHost(String other) {
    return new GeminiEmulatorOptions(other, port, key, script, certificate, http2);
  }

  public GeminiEmulatorOptions withPort(int other) {
    return new GeminiEmulatorOptions(host, other, key, script, certificate, http2);
  }

  public GeminiEmulatorOptions withScript(Function<GeminiCall, GeminiScript> other) {
    return new GeminiEmulatorOptions(host, port, key, other, certificate, http2);
  }

  public GeminiEmulatorOptions withCertificate(KeyCertOptions other) {
    return new GeminiEmulatorOptions(host, port, key, script, other, http2);
  }

  public GeminiEmulatorOptions withoutHttp2() {
    return new GeminiEmulatorOptions(host, port, key, script, certificate, false);
  }

  /** Answers each prompt with itself, for benchmarks. */
  public GeminiEmulatorOptions echoing(TextPace pace) {
    return withScript(call -> GeminiScript.answer(call.prompt()).at(pace));
  }
}
