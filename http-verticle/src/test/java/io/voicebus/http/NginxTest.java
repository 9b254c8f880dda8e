package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.TextDelta;
import io.voicebus.contract.WavHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The real nginx in front. */
class NginxTest extends ProxyTest {
  private static final Pattern BLOCK =
      Pattern.compile("```nginx\n(?<map>map .*\n)(?<rest>[^`]*)```");
  private static final String PROXY_PASS_ALONE =
      "location /voice/ { proxy_pass http://127.0.0.1:8080/; }";
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid {folder}/nginx.pid;
      error_log {folder}/error.log info;
      events {}
      http {
        access_log off;
        client_body_temp_path {folder}/body;
        proxy_temp_path {folder}/proxy;
        fastcgi_temp_path {folder}/fastcgi;
        uwsgi_temp_path {folder}/uwsgi;
        scgi_temp_path {folder}/scgi;
        {map}
        server {
          listen 127.0.0.1:{port};
          {location}
        }
      }
      """;

  @Override
  ProxyServer documented(int front, String server) throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(DOCUMENT));
    assertThat(block.find()).isTrue();
    return start(front, server, block.group("map"), block.group("rest"));
  }

  private ProxyServer start(int front, String server, String map, String location)
      throws Exception {
    Path file = folder.resolve("nginx.conf");
    Files.writeString(
        file,
        CONFIGURATION
            .replace("{folder}", folder.toString())
            .replace("{port}", String.valueOf(front))
            .replace("{map}", map)
            .replace("{location}", location.replace("127.0.0.1:8080", server)));
    return ProxyServer.start(
        folder,
        front,
        List.of(
            ProxyServer.executable("nginx"),
            "-p",
            folder.toString(),
            "-e",
            folder.resolve("error.log").toString(),
            "-c",
            file.toString()));
  }

  @Test
  void aTextIsSpokenWhileItArrives() throws Exception {
    // given
    serveAsDocumented();
    RawClient writer = new RawClient(port());
    writer.sendHead(
        "POST /voice/v1/speak?mode=say HTTP/1.1",
        "Host: localhost:" + port(),
        "Content-Type: text/plain",
        "Transfer-Encoding: chunked");
    // when
    writer.send("6\r\nHello.\r\n");
    FakeTurn turn = pipeline.nextTurn();
    // then: before there is an end
    assertThat(turn.nextWritten()).isEqualTo(new TextDelta("Hello."));
    turn.format(24_000).audio(new byte[] {1, 2});
    assertThat(writer.awaitHead().read(WavHeader.BYTES + 2)).endsWith(1, 2);
    writer.close();
  }

  @Test
  void aLongPromptGoesThrough() throws Exception {
    serveAsDocumented();
    RawClient client = through("POST", "/v1/speak", new byte[2 * 1024 * 1024 + 1]);
    assertProblem(client.awaitHead(), 413, "too-large", "max-prompt-bytes");
  }

  @Test
  void proxyPassAloneIsEnoughForAudioAndEvents() throws Exception {
    serveBehind((front, server) -> start(front, server, "", PROXY_PASS_ALONE));
    assertAudioIsNotGathered();
    assertEventsComeAtOnce();
  }
}
