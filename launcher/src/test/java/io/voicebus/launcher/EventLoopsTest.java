package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Other classes must not start a Vert.x of their own meanwhile. */
@Isolated
class EventLoopsTest {
  private static Set<Path> folders(VertxOptions options) throws IOException {
    Path cache = Path.of(options.getFileSystemOptions().getFileCacheDir());
    try (Stream<Path> files = Files.list(cache.toAbsolutePath().getParent())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("vertx-cache"))
          .collect(Collectors.toSet());
    }
  }

  /** One that is killed could not remove it. */
  @Test
  void aProcessMakesNoFolderForFiles() throws Exception {
    // given
    VertxOptions options = EventLoops.options();
    Set<Path> before = folders(options);
    // when
    Vertx vertx = Vertx.vertx(options);
    try {
      // then
      assertThat(folders(options)).isEqualTo(before);
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  /** The library for this machine is in the jar; elsewhere sockets go the usual way. */
  @Test
  void socketsOnLinuxGoWithoutASelector() throws Exception {
    Vertx vertx = Vertx.vertx(EventLoops.options());
    try {
      assertThat(vertx.isNativeTransportEnabled())
          .isEqualTo(System.getProperty("os.name").equals("Linux"));
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }
}
