package io.voicebus.launcher;

import java.io.OutputStream;
import picocli.CommandLine;

/** Gives the commands the environment that they run in. */
final class CommandFactory implements CommandLine.IFactory {
  private final SettingSources sources;
  private final OutputStream out;

  CommandFactory(SettingSources sources, OutputStream out) {
    this.sources = sources;
    this.out = out;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == ServeCommand.class) {
      return type.cast(new ServeCommand(sources));
    }
    if (type == SayCommand.class) {
      return type.cast(new SayCommand(sources, out));
    }
    if (type == AskCommand.class) {
      return type.cast(new AskCommand(sources, out));
    }
    if (type == ReplayCommand.class) {
      return type.cast(new ReplayCommand(sources, out));
    }
    if (type == McpCommand.class) {
      return type.cast(new McpCommand(sources, out));
    }
    if (type == VoicesCommand.class) {
      return type.cast(new VoicesCommand(sources, out));
    }
    if (type == NodesCommand.class) {
      return type.cast(new NodesCommand(sources, out));
    }
    if (type == ChatCommand.class) {
      return type.cast(new ChatCommand(sources, out));
    }
    if (type == DoctorCommand.class) {
      return type.cast(new DoctorCommand(sources, out));
    }
    if (type == CompletionCommand.class) {
      return type.cast(new CompletionCommand(out));
    }
    if (type == ManCommand.class) {
      return type.cast(new ManCommand(out));
    }
    if (type == ConfigCommand.class) {
      return type.cast(new ConfigCommand(sources, out));
    }
    if (type == ClusterKeysCommand.class) {
      return type.cast(new ClusterKeysCommand(sources.directory()));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
