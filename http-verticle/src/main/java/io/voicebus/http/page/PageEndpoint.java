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

/**
 * {@code /} for browsers, and the files of the page. They come from this module's resources and are
 * kept in memory; a browser asks each time whether its copy is still right, so that page and server
 * are always of one version.
 */
public final class PageEndpoint {
  private static final String INDEX = "index.html";

  private static final List<String> FILES =
      List.of(
          "style.css",
          "icon.svg",
          "app.js",
          "turn.js",
          "listener.js",
          "trouble.js",
          "speaker.js",
          "transcript.js",
          "stages.js",
          "worklet.js",
          "resampler.js");

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
   * The page.
   *
   * @param signedIn whether only those see it who have signed in
   */
  public PageEndpoint(boolean signedIn) {
    String html = new String(read(INDEX), StandardCharsets.UTF_8);
    index =
        load(
            INDEX,
            html.replace(SIGN_OUT, signedIn ? SIGN_OUT_FORM : "").getBytes(StandardCharsets.UTF_8));
    policy = POLICY + (signedIn ? "; form-action 'self'" : "; form-action 'none'");
  }

  /** Tells where each file is served, and by whom. */
  public void files(BiConsumer<String, Consumer<RoutingContext>> serve) {
    for (String file : FILES) {
      Resource resource = load(file, read(file));
      serve.accept("/page/" + file, context -> send(context, resource));
    }
  }

  /** {@code GET /}, for browsers. */
  public void index(RoutingContext context) {
    send(context, index);
  }

  /** What browsers are told of every page here, beside its own policy. */
  static void protect(HttpServerResponse response) {
    // Without any referrer a form's Origin would be null, and would be refused.
    response.putHeader("Referrer-Policy", "same-origin");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.putHeader(
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
  }

  private void send(RoutingContext context, Resource resource) {
    HttpServerResponse response = context.response();
    response.putHeader("Cache-Control", "no-cache");
    response.putHeader("ETag", resource.tag());
    response.putHeader("Content-Security-Policy", policy);
    protect(response);
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
