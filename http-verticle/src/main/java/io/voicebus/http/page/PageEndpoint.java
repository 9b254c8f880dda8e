package io.voicebus.http.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.wire.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /} for browsers, and the files of the page. They are resources of this module and are kept
 * in memory. Browsers check on each visit whether their copy is current, so that page and server
 * always have the same version.
 */
public final class PageEndpoint {
  private static final String INDEX = "index.html";

  /** What runs in the browser's audio thread. */
  private static final List<String> AUDIO_THREAD =
      List.of("worklet.js", "resampler.js", "samples.js", "stretch.js");

  private static final List<String> MODULES =
      List.of(
          "app.js",
          "blocks.js",
          "browser-voice.js",
          "captions.js",
          "choices.js",
          "composer.js",
          "conversation.js",
          "dom.js",
          "ear.js",
          "exchange.js",
          "inlines.js",
          "inside.js",
          "kept.js",
          "listener.js",
          "markdown.js",
          "media.js",
          "microphone.js",
          "next-frame.js",
          "program.js",
          "reading.js",
          "recording.js",
          "replay.js",
          "sequential.js",
          "server.js",
          "speaker.js",
          "tabs.js",
          "talk-detector.js",
          "talk.js",
          "thread.js",
          "timeline.js",
          "times.js",
          "tools.js",
          "trouble.js",
          "turn.js",
          "voiced.js",
          "voices.js",
          "welcome.js",
          "word-times.js",
          "words.js");

  private static final List<String> OTHERS =
      List.of("style.css", "composer.css", "thread.css", "dialogs.css", "icon.svg");

  /** Where the index asks for its modules at once, rather than for one after the other. */
  private static final String PRELOADS = "<!--modules-->";

  /** Nothing but what this server sends may run, be shown or be asked. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private record Resource(Buffer body, String type, String tag) {}

  /** Where the index has its way out, for those who had to sign in. */
  private static final String SIGN_OUT = "<!--sign-out-->";

  private static final String SIGN_OUT_FORM =
      "<form method=\"post\" action=\""
          + SignInEndpoint.OUT_PATH.substring(1)
          + "\"><button id=\"sign-out\">Sign out</button></form>";

  private final Resource index;
  private final String policy;

  /**
   * Creates the page.
   *
   * @param signedIn whether browsers must have signed in to see it
   */
  public PageEndpoint(boolean signedIn) {
    String html = new String(read(INDEX), StandardCharsets.UTF_8);
    String whole =
        html.replace(PRELOADS, preloads()).replace(SIGN_OUT, signedIn ? SIGN_OUT_FORM : "");
    index = load(INDEX, whole.getBytes(StandardCharsets.UTF_8));
    policy = POLICY + (signedIn ? "; form-action 'self'" : "; form-action 'none'");
  }

  private static String preloads() {
    return MODULES.stream()
        .map(module -> "<link rel=\"modulepreload\" href=\"page/" + module + "\">")
        .collect(Collectors.joining("\n  "));
  }

  /** Registers the path of each file with its handler. */
  public void files(BiConsumer<String, Consumer<RoutingContext>> serve) {
    Stream.of(MODULES, AUDIO_THREAD, OTHERS)
        .flatMap(List::stream)
        .forEach(
            file -> {
              Resource resource = load(file, read(file));
              serve.accept("/page/" + file, context -> send(context, resource, false));
            });
  }

  /** {@code GET /}, for browsers. */
  public void index(RoutingContext context) {
    send(context, index, true);
  }

  /**
   * What browsers are told of every page here, beside its own policy.
   *
   * @param hears whether the page may ask its user for the microphone
   */
  static void protect(HttpServerResponse response, boolean hears) {
    // Without any referrer a form's Origin would be null, and would be refused.
    response.putHeader("Referrer-Policy", "same-origin");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.putHeader(
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), payment=(), usb=(), microphone="
            + (hears ? "(self)" : "()"));
  }

  private void send(RoutingContext context, Resource resource, boolean hears) {
    HttpServerResponse response = context.response();
    response.putHeader("Cache-Control", "no-cache");
    response.putHeader("ETag", resource.tag());
    response.putHeader("Content-Security-Policy", policy);
    protect(response, hears);
    if (resource.tag().equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    Body.end(response.putHeader("Content-Type", resource.type()), resource.body());
  }

  /** A file of the page. */
  static byte[] read(String file) {
    try (InputStream in = PageEndpoint.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the page's file " + file + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Resource load(String file, byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      String tag = '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
      return new Resource(Buffer.buffer(bytes), type(file), tag);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no content type for " + file);
    };
  }
}
