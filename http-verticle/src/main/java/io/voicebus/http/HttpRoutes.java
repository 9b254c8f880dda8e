package io.voicebus.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Meters;
import io.voicebus.http.door.Access;
import io.voicebus.http.door.AccessTokens;
import io.voicebus.http.door.BasePath;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.door.Door;
import io.voicebus.http.door.ExpectedBody;
import io.voicebus.http.door.Guard;
import io.voicebus.http.door.RequestBodies;
import io.voicebus.http.elevenlabs.ElevenLabsRoutes;
import io.voicebus.http.mcp.McpRoutes;
import io.voicebus.http.openai.OpenAiRoutes;
import io.voicebus.http.page.PageEndpoint;
import io.voicebus.http.page.SignInEndpoint;
import io.voicebus.http.wire.AcceptHeader;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.ProblemResponse;
import io.voicebus.http.wire.ServedPaths;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which endpoint serves what; whatever is not served is answered with a problem. */
final class HttpRoutes implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);

  /** What is served, below the path under which a proxy offers it or without it. */
  private final Router root;

  private final Vertx vertx;
  private final Duration patience;
  private final Router router;
  private final ServedPaths served = new ServedPaths();
  private final ConnectionWatch connections;
  private final AnswerWatch answers;
  private final Door door;

  HttpRoutes(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnSessions sessions,
      TurnDirectory directory,
      ConnectionWatch connections,
      NodesEndpoint nodes,
      VoicesEndpoint voices,
      SourceEndpoint source,
      Figures figures) {
    HttpShared shared = sessions.shared();
    this.vertx = vertx;
    this.patience = settings.door().request();
    this.router = Router.router(vertx);
    this.connections = connections;
    this.answers = new AnswerWatch(Meters.of(vertx));

    BasePath base = settings.door().base();
    AccessTokens tokens = settings.door().tokens();
    Access access =
        tokens == null
            ? null
            : new Access(tokens, clock, InstantSource.system(), shared.guesses, base);
    this.door = new Door(settings.door(), connections, access);
    door.guard(router);
    RequestBodies bodies =
        new RequestBodies(
            vertx,
            settings.door().request(),
            new TurnJson(settings.maxPromptBytes()).maxBodyBytes(),
            shared.bodyBytes);
    AudioEndpoint audio =
        new AudioEndpoint(vertx, settings, directory, connections, shared.partReaders);
    EventsEndpoint events = new EventsEndpoint(vertx, settings, clock, directory);
    SocketEndpoint socket = new SocketEndpoint(vertx, settings, clock, directory, connections);
    SpeakEndpoint speak = new SpeakEndpoint(bodies, settings, sessions, audio);
    TurnsEndpoint turns = new TurnsEndpoint(bodies, settings, sessions, directory);
    SocketSessions sockets = new SocketSessions(vertx, settings, clock, sessions, connections);
    SessionEndpoint session = new SessionEndpoint(settings, sessions, sockets);
    ConversationsEndpoint conversations =
        new ConversationsEndpoint(sessions.conversations(), InstantSource.system());
    HealthEndpoint health = new HealthEndpoint(settings, sessions, nodes, voices::all);
    String turn = TurnsEndpoint.PATH + "/:id";

    // What uploads a body as it comes, such as curl -T, calls that PUT.
    serve(
        "/v1/speak",
        Map.of(
            HttpMethod.GET, speak::get, HttpMethod.POST, speak::post, HttpMethod.PUT, speak::post));
    serve(TurnsEndpoint.PATH, Map.of(HttpMethod.POST, turns::post));
    serve(turn, Map.of(HttpMethod.GET, turns::get, HttpMethod.DELETE, turns::delete));
    serve(turn + "/audio", Map.of(HttpMethod.GET, audio::get));
    serve(turn + "/events", Map.of(HttpMethod.GET, events::get));
    serve(turn + "/ws", Map.of(HttpMethod.GET, socket::get));
    serve(turn + "/captions.vtt", Map.of(HttpMethod.GET, turns::vtt));
    serve(turn + "/captions.srt", Map.of(HttpMethod.GET, turns::srt));
    serve(turn + "/position", Map.of(HttpMethod.POST, turns::position));
    serve(turn + "/hold", Map.of(HttpMethod.POST, turns::hold));
    serve(turn + "/resume", Map.of(HttpMethod.POST, turns::resume));
    serve(SessionEndpoint.PATH, Map.of(HttpMethod.GET, session::get));
    serve(
        ConversationsEndpoint.PATH + "/:id",
        Map.of(HttpMethod.GET, conversations::get, HttpMethod.DELETE, conversations::delete));
    serve("/v1/status", Map.of(HttpMethod.GET, health::status));
    OwnApiSessions api =
        new OwnApiSessions(
            vertx, settings, clock, bodies, sessions, directory, connections, sockets, voices::all);
    ElevenLabsRoutes elevenLabs = new ElevenLabsRoutes(api, settings.voiceAliases());
    elevenLabs.eachShared(
        (path, get) -> {
          router.get(path).handler(get);
          router.head(path).handler(get);
        });
    elevenLabs.each(this::serve);
    serve("/v1/voices", Map.of(HttpMethod.GET, voices::get));
    new OpenAiRoutes(api, settings.voiceAliases()).each(this::serve);
    new McpRoutes(api, shared.mcp, directory::cancelRequest).each(this::serve);
    serve("/v1/source", Map.of(HttpMethod.GET, source::get));
    serve("/v1/nodes", Map.of(HttpMethod.GET, nodes::get));
    serve("/openapi.json", Map.of(HttpMethod.GET, new OpenApiEndpoint(settings.door())::get));
    serve("/problems/:type", Map.of(HttpMethod.GET, ProblemEndpoint::get));
    serve(MetricsEndpoint.PATH, Map.of(HttpMethod.GET, new MetricsEndpoint(vertx, figures)::get));
    serve("/health", Map.of(HttpMethod.GET, health::checks));
    serve("/health/live", Map.of(HttpMethod.GET, health::live));
    serve("/health/ready", Map.of(HttpMethod.GET, health::ready));
    if (access != null) {
      SignInEndpoint signIn = new SignInEndpoint(access, bodies, base);
      serve(
          SignInEndpoint.PATH, Map.of(HttpMethod.GET, signIn::get, HttpMethod.POST, signIn::post));
      serve(SignInEndpoint.OUT_PATH, Map.of(HttpMethod.POST, signIn::out));
    }
    PageEndpoint page = new PageEndpoint(access != null);
    page.files((path, file) -> serve(path, Map.of(HttpMethod.GET, file::accept)));
    serve("/", Map.of(HttpMethod.GET, context -> index(context, page, health)));
    router.route().failureHandler(HttpRoutes::failed);
    this.root = below(vertx, base);
    root.errorHandler(404, context -> unknownPath(context, base));
    root.errorHandler(400, HttpRoutes::failed);
  }

  private Router below(Vertx vertx, BasePath base) {
    if (base.path().isEmpty()) {
      return router;
    }
    Router all = Router.router(vertx);
    // The page's links lead to what is beside it.
    all.route(base.path())
        .handler(
            context -> {
              if (context.request().path().equals(base.path())) {
                String there = base.below("/");
                context.response().setStatusCode(308).putHeader("Location", there).end();
              } else {
                context.next();
              }
            });
    all.route(base.path() + "/*").subRouter(router);
    all.route("/*").subRouter(router);
    return all;
  }

  private static void index(RoutingContext context, PageEndpoint page, HealthEndpoint health) {
    context.response().headers().add("Vary", "Accept");
    if (AcceptHeader.prefersHtml(context.request())) {
      page.index(context);
    } else {
      health.index(context);
    }
  }

  private void serve(String path, Map<HttpMethod, Handler<RoutingContext>> methods) {
    served.add(path);
    Map<HttpMethod, Handler<RoutingContext>> sorted =
        new TreeMap<>(Comparator.comparing(HttpMethod::name));
    sorted.putAll(methods);
    Handler<RoutingContext> get = methods.get(HttpMethod.GET);
    if (get != null) {
      // RFC 9110, section 9.3.2: as GET, and Vert.x sends no body.
      sorted.put(HttpMethod.HEAD, get);
    }
    sorted.forEach((method, handler) -> router.route(method, path).handler(handler));
    String allow = sorted.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    router.route(path).handler(context -> otherMethod(context, allow));
  }

  private static void otherMethod(RoutingContext context, String allow) {
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      context.response().setStatusCode(204).putHeader("Allow", allow).end();
      return;
    }
    throw new Problem(
            "method-not-allowed", "There is no such method here", 405, "use one of: " + allow)
        .withHeader("Allow", allow)
        .toException();
  }

  private void unknownPath(RoutingContext context, BasePath base) {
    String path = base.strip(Objects.requireNonNullElse(context.request().path(), ""));
    ProblemResponse.send(context.request(), served.missing(path, base.path()));
  }

  private static void failed(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure == null) {
      ProblemResponse.send(
          context.request(),
          ProblemMapping.of(FailureKind.INVALID_REQUEST, "the request is not well-formed"));
      return;
    }
    Problem problem = ProblemMapping.of(failure);
    if (problem.status() == 500 && !context.response().closed()) {
      LOG.error("{} failed", context.currentRoute(), failure);
    }
    ProblemResponse.send(context.request(), problem);
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    connections.busy(request.connection());
    response.endHandler(
        ignored -> {
          connections.idle(request.connection());
          answers.answered(request);
          // HTTP/1.0 knows no chunks: the end of the connection is the end of the answer.
          boolean endless = request.version() == HttpVersion.HTTP_1_0 && !hasLength(response);
          if (endless || ExpectedBody.waits(request)) {
            request.connection().close();
          } else if (closes(response)) {
            closeAfterTheBody(request);
          }
        });
    if (ExpectedBody.waits(request)) {
      response.headersEndHandler(
          ignored -> {
            if (ExpectedBody.waits(request)) {
              response.putHeader("Connection", "close");
            }
          });
    }
    if (asksToClose(request)) {
      response.putHeader("Connection", "close");
    }
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (door.admits(request)) {
      root.handle(request);
    }
  }

  /** Vert.x knows the option alone, and not among others ({@code TE, close}). */
  private static boolean asksToClose(HttpServerRequest request) {
    return request.headers().getAll("Connection").stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  private static boolean closes(HttpServerResponse response) {
    return response.headers().contains("Connection", "close", true);
  }

  /** A client that is cut off while it sends a body may never see its answer. */
  private void closeAfterTheBody(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.isEnded()) {
      connection.close();
      return;
    }
    long timer = vertx.setTimer(patience.toMillis(), late -> connection.close());
    request.handler(ignored -> {});
    request.endHandler(
        ignored -> {
          vertx.cancelTimer(timer);
          connection.close();
        });
    request.resume();
  }

  private static boolean hasLength(HttpServerResponse response) {
    return response.headers().contains("Content-Length");
  }

  /** Answers a request that is no HTTP; the server then closes the connection. */
  void malformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String name = cause == null ? "" : cause.getClass().getSimpleName();
    Problem problem =
        switch (name) {
          case "TooLongHttpLineException" -> Guard.LONG_URL;
          case "TooLongHttpHeaderException" ->
              new Problem("too-large", "Too large", 431, "send fewer or shorter headers");
          default ->
              ProblemMapping.of(FailureKind.INVALID_REQUEST, "the request is not well-formed HTTP");
        };
    ConnectionWatch.linger(request.connection());
    ProblemResponse.send(request, problem.withHeader("Connection", "close"));
  }
}
