package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import io.voicebus.gemini.AnswerSource;
import io.voicebus.tts.EmbeddedVoice;
import io.voicebus.tts.EngineCatalog;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person sees when this process is up: where it is, who answers and speaks, how to get
 * better. It asks those who choose the source and the voice, and repeats none of their rules.
 */
final class Banner {
  private static final String GET_A_MODEL =
      "for answers set GEMINI_API_KEY, or OPENAI_BASE_URL and OPENAI_MODEL";

  private final PrintWriter out;
  private final Configuration configuration;

  Banner(PrintWriter out, Configuration configuration) {
    this.out = out;
    this.configuration = configuration;
  }

  /** A node of a cluster is up. */
  void node(String name, Set<Role> roles) {
    out.println(
        "Voicebus node "
            + name
            + " is ready: "
            + roles.stream().map(Role::word).collect(Collectors.joining(", ")));
  }

  /** The HTTP server listens. */
  void server(String host, int port) {
    out.println("Voicebus speaks at " + url(host, port));
  }

  /** What answers and speaks here: of the roles that this process has. */
  void stages(Vertx vertx, Set<Role> roles) {
    if (roles.contains(Role.GEMINI)) {
      out.println("  text   " + text());
    }
    if (roles.contains(Role.TTS)) {
      out.println("  voice  " + voice(vertx));
    }
  }

  /** What to try with the server. */
  void hints(String host, int port) {
    String player =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
            ? "aplay"
            : "ffplay -nodisp -autoexit -";
    String token =
        configuration.value("access-token").isPresent()
                || configuration.value("access-token-file").isPresent()
            ? " -H \"Authorization: Bearer $VOICEBUS_ACCESS_TOKEN\""
            : "";
    out.println(
        "  try    curl -sN "
            + url(host, port).replaceFirst("^http://", "")
            + "/v1/speak"
            + token
            + " -d 'Is 50% + 50% = 100%?' | "
            + player);
  }

  void end() {
    out.println("  stop   Ctrl-C");
    out.flush();
  }

  private String url(String host, int port) {
    return (configuration.value("tls-cert").isPresent() ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port;
  }

  /**
   * Why a prompt is not answered but read aloud, where nobody chose that; else empty.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  static String noModel(Configuration configuration) {
    AnswerSource source = source(configuration);
    return source.reads() && !source.chosen()
        ? "no model is set up, so your text is read aloud; " + GET_A_MODEL
        : "";
  }

  private static AnswerSource source(Configuration configuration) {
    return AnswerSource.of(configuration.of(Role.GEMINI.word()));
  }

  private String text() {
    AnswerSource source = source(configuration);
    if (source.reads()) {
      String why = noModel(configuration);
      return why.isEmpty() ? "reader: your text is read aloud" : "reader: " + why;
    }
    return source.services().stream()
        .map(each -> each.source() + ": " + each.model() + " at " + each.host())
        .collect(Collectors.joining("; else "));
  }

  private String voice(Vertx vertx) {
    List<String> chosen =
        EngineCatalog.all(vertx, Clock.system())
            .chosen(new Settings("tts", configuration.of(Role.TTS.word())));
    String line = String.join("; else ", chosen);
    return chosen.equals(List.of(EmbeddedVoice.NAME))
        ? line + ": English, robotic; for a natural one set ELEVENLABS_API_KEY"
        : line;
  }
}
