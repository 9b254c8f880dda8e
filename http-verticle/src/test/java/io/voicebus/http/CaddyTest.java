package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real Caddy in front; without TLS, for which it would ask others. */
class CaddyTest extends ProxyTest {
  private static final Pattern BLOCK = Pattern.compile("```caddy\nexample\\.org (?<rest>[^`]*)```");

  @Override
  ProxyServer documented(int front, String server) throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(DOCUMENT));
    assertThat(block.find()).isTrue();
    Path file = folder.resolve("Caddyfile");
    Files.writeString(
        file,
        "{\n  admin off\n}\nhttp://localhost:"
            + front
            + " "
            + block.group("rest").replace("127.0.0.1:8080", server));
    return ProxyServer.start(
        folder,
        front,
        List.of(
            ProxyServer.executable("caddy"),
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            file.toString()));
  }
}
