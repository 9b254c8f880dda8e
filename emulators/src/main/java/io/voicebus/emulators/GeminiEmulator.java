package io.voicebus.emulators;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's streaming text service, as strict and as nasty as the real one. What it does with a
 * request that obeys the rules is a {@link GeminiScript}.
 *
 * <p>All its state lives on one context; its methods may be called from any thread.
 */
public final class GeminiEmulator {
  private final Vertx vertx;
  private final GeminiEmulatorOptions options;
  private final Context context;
  private final HttpServer server;
  private final AtomicInteger open = new AtomicInteger();
  private final Watch<Integer> watch = new Watch<>(open::get);
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger openConnections = new AtomicInteger();
  private final AtomicLong http2Requests = new AtomicLong();
  private final AtomicLong aboutModels = new AtomicLong();
  private final Watch<Integer> connectionWatch = new Watch<>(openConnections::get);
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong total = new AtomicLong();
  private long accepted;

  private GeminiEmulator(Vertx vertx, GeminiEmulatorOptions options, Context context) {
    this.vertx = vertx;
    this.options = options;
    this.context = context;
    HttpServerOptions http = new HttpServerOptions().setCompressionSupported(true);
    if (options.certificate() != null) {
      http.setSsl(true).setUseAlpn(true).setKeyCertOptions(options.certificate());
      if (!options.http2()) {
        http.setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
      }
    }
    this.server =
        vertx.createHttpServer(http).requestHandler(this::take).connectionHandler(this::connected);
  }

  /** Starts one; ready once the future completes. */
  public static Future<GeminiEmulator> start(Vertx vertx, GeminiEmulatorOptions options) {
    Promise<GeminiEmulator> started = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        ignored -> {
          GeminiEmulator emulator = new GeminiEmulator(vertx, options, context);
          emulator.server.listen(options.port(), options.host()).map(emulator).onComplete(started);
        });
    return started.future();
  }

  /** Scheme, host and port, without a slash at its end. */
  public String baseUrl() {
    String scheme = options.certificate() == null ? "http" : "https";
    return scheme + "://" + options.host() + ":" + server.actualPort();
  }

  /** Prompts that are being answered now. */
  public int openRequests() {
    return open.get();
  }

  /** Prompts so far, also those that were refused. */
  public long totalRequests() {
    return total.get();
  }

  /** Connections so far, also those that are closed. */
  public int connections() {
    return connections.get();
  }

  /** Prompts so far that came over HTTP/2. */
  public long http2Requests() {
    return http2Requests.get();
  }

  /** Questions about models so far, which are no prompts. */
  public long aboutModels() {
    return aboutModels.get();
  }

  /** Completes once nobody is connected. */
  public Future<Void> disconnected() {
    Promise<Void> none = Promise.promise();
    context.runOnContext(
        ignored -> connectionWatch.when(now -> now == 0).<Void>mapEmpty().onComplete(none));
    return none.future();
  }

  /** Bytes of streams so far, as far as sockets took them: a reader that stops stops these. */
  public long sentBytes() {
    return sentBytes.get();
  }

  /** Completes once no prompt is being answered. */
  public Future<Void> idle() {
    Promise<Void> idle = Promise.promise();
    context.runOnContext(ignored -> watch.when(now -> now == 0).<Void>mapEmpty().onComplete(idle));
    return idle.future();
  }

  /** Closes it, and every connection to it. */
  public Future<Void> close() {
    return server.close();
  }

  private void connected(HttpConnection connection) {
    connections.incrementAndGet();
    openConnections.incrementAndGet();
    connection.closeHandler(
        ignored -> {
          openConnections.decrementAndGet();
          connectionWatch.changed();
        });
  }

  private void take(HttpServerRequest request) {
    if (GeminiRules.asksAboutAModel(request)) {
      about(request);
      return;
    }
    Exchange exchange = new Exchange(request);
    opened();
    if (request.version() == HttpVersion.HTTP_2) {
      http2Requests.incrementAndGet();
    }
    request.response().endHandler(ignored -> exchange.over());
    request.response().closeHandler(ignored -> exchange.over());
    request.response().exceptionHandler(ignored -> exchange.over());
    request.exceptionHandler(ignored -> exchange.over());
    exchange.begin();
  }

  private void about(HttpServerRequest request) {
    aboutModels.incrementAndGet();
    try {
      GeminiModels.Model model = GeminiRules.checkAbout(request, options.key());
      request
          .response()
          .putHeader("content-type", "application/json; charset=UTF-8")
          .end(
              new JsonObject()
                  .put("name", "models/" + model.id())
                  .put("inputTokenLimit", 1_048_576)
                  .put("outputTokenLimit", 65_536)
                  .encodePrettily());
    } catch (GeminiRejection e) {
      refuse(request, e.refusal());
    }
  }

  private static void refuse(HttpServerRequest request, GeminiRefusal refusal) {
    request
        .response()
        .setStatusCode(refusal.status())
        .putHeader("content-type", refusal.contentType());
    refusal.headers().forEach(request.response()::putHeader);
    request.response().end(refusal.body());
  }

  private void opened() {
    open.incrementAndGet();
    total.incrementAndGet();
  }

  private void closed() {
    open.decrementAndGet();
    watch.changed();
  }

  /** One prompt and what becomes of it. */
  private final class Exchange {
    private final HttpServerRequest request;
    private final Buffer body = Buffer.buffer();
    private @Nullable EventStream stream;
    private boolean over;

    Exchange(HttpServerRequest request) {
      this.request = request;
    }

    void begin() {
      try {
        GeminiRules.Head head = GeminiRules.check(request, options.key());
        request.handler(this::collect);
        request.endHandler(ignored -> answer(head));
      } catch (GeminiRejection e) {
        refuse(request, e.refusal());
      }
    }

    private void collect(Buffer piece) {
      if (body.length() <= GeminiRules.MAX_BODY_BYTES) {
        body.appendBuffer(piece);
      }
    }

    private void answer(GeminiRules.Head head) {
      try {
        if (body.length() > GeminiRules.MAX_BODY_BYTES) {
          throw GeminiRejection.invalid(
              "Request payload size exceeds the limit: " + GeminiRules.MAX_BODY_BYTES + " bytes.");
        }
        GeminiFields fields = GeminiFields.parse(body);
        String prompt = GeminiBodyRules.check(fields, head.model());
        play(
            head,
            new GeminiCall(
                accepted++,
                head.version(),
                head.model().id(),
                prompt,
                fields.values(),
                head.headers()));
      } catch (GeminiRejection e) {
        refuse(request, e.refusal());
      }
    }

    private void play(GeminiRules.Head head, GeminiCall call) {
      GeminiScript script = options.script().apply(call);
      if (script.refusal() != null) {
        refuse(request, script.refusal());
        return;
      }
      GeminiEvents events = new GeminiEvents(script, call, head.model().servedBy());
      stream =
          new EventStream(
              vertx,
              request.response(),
              script.pace(),
              script.framing().cutBytes(),
              events,
              sentBytes);
      stream.begin();
    }

    void over() {
      if (over) {
        return;
      }
      over = true;
      if (stream != null) {
        stream.gone();
      }
      closed();
    }
  }
}
