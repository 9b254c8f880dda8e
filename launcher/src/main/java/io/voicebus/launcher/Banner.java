package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.contract.MissingKeyException;
import io.voicebus.gemini.AnswerSource;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.tts.TtsConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines that {@code serve} prints once it is ready: its address, its model and voice, and how
 * to get better ones. The classes that choose model and voice are asked; their rules are not
 * repeated here.
 */
final class Banner {
  private static final String GET_A_MODEL =
      "for answers set GEMINI_API_KEY, or OPENAI_BASE_URL and OPENAI_MODEL";

  private static final String ROBOTIC =
      "English, robotic; for a natural one set ELEVENLABS_API_KEY";

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
      out.println("  text   " + text(source(configuration)));
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
    out.println(
        "  try    curl -sN "
            + url(host, port).replaceFirst("^http://", "")
            + "/v1/speak"
            + authorization()
            + " -d 'Is 50% + 50% = 100%?' | "
            + player);
  }

  /** The variable has what a client sends, unless it has names or the tokens are in a file. */
  private String authorization() {
    Optional<String> given = configuration.value(DoorConfig.ACCESS_TOKEN);
    if (given.isEmpty() && configuration.value(DoorConfig.ACCESS_TOKEN_FILE).isEmpty()) {
      return "";
    }
    boolean bare = given.filter(text -> !text.contains(":")).isPresent();
    return " -H \"Authorization: Bearer " + (bare ? "$VOICEBUS_ACCESS_TOKEN" : "TOKEN") + "\"";
  }

  void end() {
    out.println("  stop   Ctrl-C");
    out.flush();
  }

  private String url(String host, int port) {
    return (configuration.value(DoorConfig.TLS_CERT).isPresent() ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port;
  }

  /**
   * Why a question cannot be answered, and what to do; empty where a model is set up.
   *
   * @throws IllegalArgumentException for a wrong setting
   */
  static String noAnswers(Configuration configuration) {
    AnswerSource source = source(configuration);
    if (!source.reads()) {
      return "";
    }
    String why =
        source.chosen()
            ? "source=reader reads texts aloud and answers nothing; leave it out, and "
                + GET_A_MODEL
            : "no model is set up; " + GET_A_MODEL;
    return why + " ('voicebus say' speaks a text as it is)";
  }

  /**
   * Makes sure that a question can be answered.
   *
   * @throws MissingKeyException if no model is set up
   * @throws IllegalArgumentException for a wrong setting, and where the reader was chosen
   */
  static void requireModel(Configuration configuration) {
    String why = noAnswers(configuration);
    if (!why.isEmpty()) {
      throw source(configuration).chosen()
          ? new IllegalArgumentException(why)
          : new MissingKeyException(why);
    }
  }

  private static AnswerSource source(Configuration configuration) {
    return AnswerSource.of(configuration.of(Role.GEMINI.word()));
  }

  /** What answers, and where it is. */
  static String text(AnswerSource source) {
    if (source.reads()) {
      return source.chosen()
          ? "reader: your text is read aloud"
          : "reader: no model is set up, so your text is read aloud; " + GET_A_MODEL;
    }
    if (source.services().isEmpty()) {
      return source.name();
    }
    return source.services().stream()
        .map(each -> each.source() + ": " + each.model() + " at " + each.host())
        .collect(Collectors.joining("; else "));
  }

  private String voice(Vertx vertx) {
    List<String> engines = OnlyVoice.chosen(configuration, vertx);
    String line = String.join("; else ", engines);
    return OnlyVoice.isEmbedded(engines) ? line + ": " + ROBOTIC : line;
  }

  /** How to get a better voice, if the settings choose none; else empty. */
  static String betterVoice(Configuration configuration, Vertx vertx) {
    boolean chosen =
        configuration.value(TtsConfig.ENGINE).isPresent()
            || configuration.value(TtsConfig.ENGINES).isPresent();
    return !chosen && OnlyVoice.isEmbedded(OnlyVoice.chosen(configuration, vertx))
        ? "the voice is the embedded one: " + ROBOTIC
        : "";
  }
}
