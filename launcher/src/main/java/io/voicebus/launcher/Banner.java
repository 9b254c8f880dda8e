package io.voicebus.launcher;

import java.io.PrintWriter;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person sees when the server is up: where it is, who answers and speaks, how to get better.
 */
final class Banner {
  private Banner() {}

  static void print(PrintWriter out, Configuration configuration, String host, int port) {
    String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    out.println("Voicebus speaks at http://" + address);
    out.println("  text   " + text(configuration));
    out.println("  voice  " + voice(configuration));
    out.println("  try    curl -sN " + address + "/v1/speak -d 'Is 50% + 50% = 100%?' | aplay");
    out.println("  stop   Ctrl-C");
    out.flush();
  }

  /** What a node of a cluster runs, whether or not it has the HTTP server. */
  static void node(PrintWriter out, String name, Set<Role> roles) {
    out.println(
        "Voicebus node "
            + name
            + " is ready: "
            + roles.stream().map(Role::word).collect(Collectors.joining(", ")));
    out.flush();
  }

  private static String text(Configuration configuration) {
    boolean keyed = configuration.value("gemini-api-key").isPresent();
    return switch (configuration.value("source").orElse(keyed ? "gemini" : "reader")) {
      case "gemini" -> "gemini: " + configuration.value("gemini-model").orElse("its fastest model");
      case "openai" ->
          configuration.value("openai-model").orElse("")
              + " at "
              + configuration.value("openai-base-url").orElse("OpenAI");
      default -> "reader: reads your prompt aloud; for answers by a model set GEMINI_API_KEY";
    };
  }

  private static String voice(Configuration configuration) {
    boolean keyed = configuration.value("elevenlabs-api-key").isPresent();
    String engine = configuration.value("engine").orElse(keyed ? "elevenlabs" : "embedded");
    return engine.equals("embedded")
        ? "embedded: English, robotic; for a natural one set ELEVENLABS_API_KEY"
        : engine;
  }
}
