package io.voicebus.http.page;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.door.Access;
import io.voicebus.http.door.BasePath;
import io.voicebus.http.door.RequestBodies;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.MediaType;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * {@code /login} and {@code /logout}: where a person enters the access token once. The page is a
 * single file, since browsers get nothing else before they have signed in.
 */
public final class SignInEndpoint {
  /** The path of the sign-in page. */
  public static final String PATH = Access.SIGN_IN_PATH;

  /** The path for signing out. */
  public static final String OUT_PATH = "/logout";

  private static final int MAX_BODY_BYTES = 4096;
  private static final String FIELD = "token";
  private static final String TROUBLE = "<!--trouble-->";
  private static final String STATE = "<!--state-->";

  private static final String SIGNED_IN =
      """
      <p>This browser is signed in.</p>
      <form method="post" action="logout"><button>Sign out</button></form>
      """;
  private final Access access;
  private final BasePath base;
  private final RequestBodies bodies;
  private final String page = new String(PageEndpoint.read("sign-in.html"), StandardCharsets.UTF_8);
  private final String policy =
      "default-src 'none'; style-src '"
          + hash(page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>")))
          + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /**
   * Creates the endpoint.
   *
   * @param base the path below which browsers find the server
   */
  public SignInEndpoint(Access access, RequestBodies bodies, BasePath base) {
    this.access = access;
    this.base = base;
    this.bodies = bodies;
  }

  private static String hash(String style) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code GET /login}. */
  public void get(RoutingContext context) {
    show(context.request(), 200, "");
  }

  /** {@code POST /login}: the form {@code token=…}. */
  public void post(RoutingContext context) {
    HttpServerRequest request = context.request();
    bodies
        .read(
            request,
            MAX_BODY_BYTES,
            JsonFields.invalid("a token has at most 1024 characters"),
            MediaType.of(request).is(MediaType.FORM) ? null : noForm())
        .compose(
            body -> {
              List<String> given = given(new String(body, StandardCharsets.UTF_8));
              if (given.size() == 1 && access.signIn(request, given.get(0).trim())) {
                return seeOther(request, base.below("/"));
              }
              Problem why = access.wrongToken(request);
              why.headers().forEach(request.response()::putHeader);
              return show(request, why.status(), why.title() + ": " + why.detail() + ".");
            })
        .onFailure(context::fail);
  }

  private static List<String> given(String form) {
    try {
      return new QueryStringDecoder(form, false).parameters().getOrDefault(FIELD, List.of());
    } catch (IllegalArgumentException badEncoding) {
      return List.of();
    }
  }

  private static ProblemException noForm() {
    return MediaType.unsupported("send a form: curl --data-urlencode token=… " + PATH);
  }

  /** {@code POST /logout}. */
  public void out(RoutingContext context) {
    access.signOut(context.request());
    seeOther(context.request(), base.below(PATH)).onFailure(context::fail);
  }

  private static Future<Void> seeOther(HttpServerRequest request, String path) {
    return request.response().setStatusCode(303).putHeader("Location", path).end();
  }

  private Future<Void> show(HttpServerRequest request, int status, String trouble) {
    HttpServerResponse response = request.response();
    response.setStatusCode(status);
    response.putHeader("Content-Type", "text/html; charset=utf-8");
    response.putHeader("Content-Security-Policy", policy);
    PageEndpoint.protect(response, false);
    String alert = trouble.isEmpty() ? "" : "<p role=\"alert\" id=\"trouble\">" + trouble + "</p>";
    String signedIn = access.signedIn(request).isPresent() ? SIGNED_IN : "";
    return Body.end(response, page.replace(TROUBLE, alert).replace(STATE, signedIn));
  }
}
