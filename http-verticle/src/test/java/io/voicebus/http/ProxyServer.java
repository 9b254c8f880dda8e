package io.voicebus.http;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real proxy of a test's own: one process, in a folder of its own. */
final class ProxyServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private ProxyServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where a program is; fails in words where it is not installed. */
  static String executable(String name) {
    String places = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(places.split(File.pathSeparator, -1))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("this test needs " + name + ": install it, as ./check does"))
        .toString();
  }

  /** Starts one; returns once it listens. */
  static ProxyServer start(Path folder, int port, List<String> command)
      throws IOException, InterruptedException {
    Path said = folder.resolve("said.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    // Where Caddy keeps what it has for later.
    builder.environment().put("XDG_DATA_HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    Process process = builder.start();
    ProxyServer server = new ProxyServer(process, port);
    while (!server.listens()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the proxy ended: " + Files.readString(said));
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
    // Caddy would wait for the streams that a test has left open.
    if (!process.waitFor(1, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }
}
