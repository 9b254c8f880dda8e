package io.voicebus.http;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx of a test's own: one process, in a folder of its own. */
final class NginxServer implements AutoCloseable {
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

  private final Process process;
  private final int port;

  private NginxServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  private static Optional<Path> executable() {
    String places = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(places.split(File.pathSeparator, -1))
        .map(place -> Path.of(place, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static boolean isInstalled() {
    return executable().isPresent();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts one; returns once it listens. */
  static NginxServer start(Path folder, int port, String map, String location)
      throws IOException, InterruptedException {
    Path file = folder.resolve("nginx.conf");
    Files.writeString(
        file,
        CONFIGURATION
            .replace("{folder}", folder.toString())
            .replace("{port}", String.valueOf(port))
            .replace("{map}", map)
            .replace("{location}", location));
    Path said = folder.resolve("said.log");
    Process process =
        new ProcessBuilder(
                executable().orElseThrow().toString(),
                "-p",
                folder.toString(),
                "-e",
                folder.resolve("error.log").toString(),
                "-c",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    NginxServer server = new NginxServer(process, port);
    while (!server.listens()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("nginx ended: " + Files.readString(said));
      }
    }
    return server;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
