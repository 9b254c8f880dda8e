package io.voicebus.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * {@code /} for browsers, and the files of the page. They come from this module's resources and are
 * kept in memory; a browser asks each time whether its copy is still right, so that page and server
 * are always of one version.
 */
final class PageEndpoint {
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
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private record Resource(Buffer body, String type, String tag) {}

  private final Resource index = load(INDEX);

  /** Tells where each file is served, and by whom. */
  void files(BiConsumer<String, Consumer<RoutingContext>> serve) {
    for (String file : FILES) {
      Resource resource = load(file);
      serve.accept("/page/" + file, context -> send(context, resource));
    }
  }

  /** Whether the client would rather have a page than plain text; curl would not. */
  static boolean wanted(RoutingContext context) {
    String accept = String.join(",", context.request().headers().getAll("Accept"));
    return AcceptHeader.quality(accept, Set.of("text/html"))
        > AcceptHeader.quality(accept, Set.of("text/plain"));
  }

  void index(RoutingContext context) {
    send(context, index);
  }

  private static void send(RoutingContext context, Resource resource) {
    HttpServerResponse response = context.response();
    response.putHeader("Cache-Control", "no-cache");
    response.putHeader("ETag", resource.tag());
    response.putHeader("Content-Security-Policy", POLICY);
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (resource.tag().equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", resource.type()).end(resource.body());
  }

  private static Resource load(String file) {
    try (InputStream in = PageEndpoint.class.getResourceAsStream("page/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the page's file " + file + " is not in the jar");
      }
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      String tag = '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
      return new Resource(Buffer.buffer(bytes), type(file), tag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
