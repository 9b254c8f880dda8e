package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.http.HttpVerticle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code voicebus serve}: all roles in this JVM, until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve prompts over HTTP, with all roles in this JVM.")
final class ServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Path directory;

  @Option(names = "--host", defaultValue = "", description = "Address to listen on (127.0.0.1).")
  private String host;

  @Option(names = "--port", defaultValue = "", description = "Port to listen on (8080).")
  private String port;

  @Option(
      names = "--tts-instances",
      defaultValue = "",
      description = "How many TTS instances to run (1).")
  private String ttsInstances;

  @Spec private CommandSpec spec;

  ServeCommand(Map<String, String> environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Configuration configuration =
        Configuration.load(environment, directory)
            .with("host", host)
            .with("port", port)
            .with("tts-instances", ttsInstances);
    configuration.warnings().forEach(warning -> err.println("voicebus: " + warning));
    Vertx vertx = Vertx.vertx(EventLoops.options());
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Pipeline pipeline = new Pipeline(vertx, configuration);
      HttpVerticle http =
          Waiting.on(pipeline.deployStages().compose(done -> pipeline.deployHttp()));
      Banner.print(err, configuration, http.host(), http.actualPort());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    err.println("Voicebus lets running turns finish, then stops.");
                    err.flush();
                    Waiting.quietly(vertx.undeploy(http.deploymentID()));
                    Waiting.quietly(vertx.close());
                    stopped.countDown();
                  },
                  "voicebus-stop"));
      stopped.await();
      return 0;
    } catch (Exception e) {
      Waiting.quietly(vertx.close());
      throw e;
    }
  }
}
