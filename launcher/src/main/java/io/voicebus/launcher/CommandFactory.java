package io.voicebus.launcher;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** Gives the commands the environment that they run in. */
final class CommandFactory implements CommandLine.IFactory {
  private final Map<String, String> environment;
  private final Path directory;
  private final OutputStream out;

  CommandFactory(Map<String, String> environment, Path directory, OutputStream out) {
    this.environment = environment;
    this.directory = directory;
    this.out = out;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == ServeCommand.class) {
      return type.cast(new ServeCommand(environment, directory));
    }
    if (type == SayCommand.class) {
      return type.cast(new SayCommand(environment, directory, out));
    }
    if (type == AskCommand.class) {
      return type.cast(new AskCommand(environment, directory, out));
    }
    if (type == McpCommand.class) {
      return type.cast(new McpCommand(environment, directory, out));
    }
    if (type == VoicesCommand.class) {
      return type.cast(new VoicesCommand(environment, directory, out));
    }
    if (type == NodesCommand.class) {
      return type.cast(new NodesCommand(environment, directory, out));
    }
    if (type == ClusterKeysCommand.class) {
      return type.cast(new ClusterKeysCommand(directory));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
