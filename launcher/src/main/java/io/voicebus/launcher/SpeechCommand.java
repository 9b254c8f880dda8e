package io.voicebus.launcher;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that speaks one turn: what such commands have in common. */
abstract class SpeechCommand implements Callable<Integer> {
  /** Standard input, as an argument. */
  static final String STANDARD_STREAM = "-";

  final Path directory;
  private final Map<String, String> environment;
  private final OutputStream out;

  @Mixin SpeechOptions options;

  @Spec private CommandSpec spec;

  SpeechCommand(Map<String, String> environment, Path directory, OutputStream out) {
    this.environment = environment;
    this.directory = directory;
    this.out = out;
  }

  /** For what is not the sound. */
  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** The settings; throws as {@link Configuration#load}. */
  Configuration configuration() {
    return Configuration.load(environment, directory);
  }

  /** A turn with stages of its own. */
  SpokenTurn turn(Configuration configuration, Set<Role> stages, Transcript transcript) {
    return new SpokenTurn(configuration, stages, transcript, out);
  }
}
