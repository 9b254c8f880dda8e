package io.voicebus.launcher;

import java.io.PrintWriter;

/** What a person sees when the server is up. */
final class Banner {
  private Banner() {}

  static void print(PrintWriter out, String host, int port) {
    String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    out.println("Voicebus speaks at http://" + address);
    out.println(
        "  text   reader: reads your prompt aloud. It is the default while there is no model.");
    out.println("  voice  embedded: English, robotic, and needs nothing installed.");
    out.println("  try    curl -sN " + address + "/v1/speak -d 'Is 50% + 50% = 100%?' | aplay");
    out.println("  stop   Ctrl-C");
    out.flush();
  }
}
