package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextOpen;
import java.util.ArrayList;
import java.util.List;

/** One instance of a stage, played by a test: what it was asked and told. */
final class StageStub {
  final VirtualBus.Node node;
  final List<Message> heads = new ArrayList<>();
  final List<Message> items = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  final List<Failure> failures = new ArrayList<>();
  int confirmed;
  int ends;

  StageStub(VirtualBus bus, String name, Stage stage) {
    node = bus.node(name);
    switch (stage) {
      case TEXT -> node.inbox().onLink(Prompt.class, this::accept);
      case CHUNKER -> node.inbox().onLink(TextOpen.class, this::accept);
      case PLAYBACK -> node.inbox().onLink(PlayoutRequest.class, this::accept);
      case OWNER, SPEECH -> throw new IllegalArgumentException("no stage of a turn");
    }
  }

  private void accept(Message head, Link link) {
    heads.add(head);
    links.add(link);
    link.in().handler(items::add);
    link.in().endHandler(ended -> ends++);
    link.onFailure(failures::add);
    link.onConfirmed(() -> confirmed++);
  }

  Link link() {
    return links.get(links.size() - 1);
  }

  StageStub says(Message... all) {
    for (Message item : all) {
      link().tell(item);
    }
    return this;
  }

  void end() {
    link().out().end();
  }

  <H extends Message> H head(Class<H> type) {
    return type.cast(heads.get(heads.size() - 1));
  }
}
