package io.voicebus.http;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.door.Caller;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.TurnRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some nodes with an HTTP instance each, in virtual time, without sockets: what the endpoints ask
 * of them a test asks. Of each turn the stages say one chunk of {@link #SAMPLES} and then wait.
 */
final class HttpNodes {
  /** Of the one chunk, and in a second. */
  static final int SAMPLES = 1000;

  final VirtualBus bus = new VirtualBus(1);

  /** The links of all turns' playback, in the order in which they were opened. */
  final List<Link> playouts = new ArrayList<>();

  private final HttpSettings settings = HttpSettings.from(new JsonObject());
  private final Map<String, VirtualBus.Node> nodes = new LinkedHashMap<>();
  private final Map<String, TurnSessions> sessions = new LinkedHashMap<>();
  private final Map<String, TurnDirectory> directories = new LinkedHashMap<>();

  HttpNodes(String... names) {
    VirtualBus.Node stages = bus.node("stages");
    stages.inbox().onLink(Prompt.class, HttpNodes::read);
    stages.inbox().onLink(TextOpen.class, HttpNodes::cut);
    stages.inbox().onLink(PlayoutRequest.class, this::play);
    for (String address : List.of(Addresses.PROMPT, Addresses.TEXT, Addresses.PLAYOUT)) {
      bus.serve(address, stages);
    }
    for (String name : names) {
      nodes.put(name, bus.node(Inbox.addressPrefix("http") + name));
    }
    bus.serve(Addresses.COPIES, nodes.values().toArray(VirtualBus.Node[]::new));
    nodes.forEach(
        (name, node) -> {
          TurnSessions own =
              new TurnSessions(
                  node.inbox(),
                  settings,
                  new HttpShared(settings, node, true, MemoryBudget.unlimited()),
                  "process " + name);
          sessions.put(name, own);
          directories.put(name, new TurnDirectory(node.inbox(), own, settings));
        });
  }

  private static void read(Prompt prompt, Link link) {
    link.in().handler(ignored -> {});
    link.onFailure(gone -> {});
    link.onConfirmed(
        () -> link.tell(new TextDelta(prompt.said().isEmpty() ? "One two. Three" : " Three")));
  }

  private static void cut(TextOpen open, Link link) {
    boolean[] said = {open.nextChunk() > 0};
    link.onFailure(gone -> {});
    link.in()
        .handler(
            delta -> {
              if (!said[0]) {
                said[0] = true;
                link.tell(new ChunkCaption(0, "One two.", 0, 8));
              }
            });
  }

  private void play(PlayoutRequest request, Link link) {
    playouts.add(link);
    link.onFailure(gone -> {});
    link.in()
        .handler(
            item -> {
              if (item instanceof ChunkCaption) {
                speak(link, (int) request.resume().samples());
              }
            });
  }

  private static void speak(Link link, int from) {
    if (from == 0) {
      link.tell(new PlayoutFormat(SAMPLES));
      link.tell(new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 0, "voice"));
    }
    byte[] pcm = new byte[2 * (SAMPLES - from)];
    for (int i = 0; i < SAMPLES - from; i++) {
      pcm[2 * i] = sample(from + i);
    }
    link.tell(new ChunkAudio(0, pcm));
  }

  /** What each sample of a turn is. */
  static byte sample(int at) {
    return (byte) (1 + at % 100);
  }

  VirtualBus.Node node(String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  TurnSessions sessions(String name) {
    return Objects.requireNonNull(sessions.get(name));
  }

  TurnDirectory at(String name) {
    return Objects.requireNonNull(directories.get(name));
  }

  /** Begins a turn there. */
  TurnSession start(String name) {
    return sessions(name)
        .start(TurnRequest.toCaller("hello", TurnOptions.DEFAULTS), new Caller("a test"));
  }

  /** The node that keeps a copy of a turn; empty for none. */
  String holder(TurnId turn) {
    return sessions.keySet().stream()
        .filter(name -> node(name).alive() && sessions(name).hasCopy(turn))
        .findFirst()
        .orElse("");
  }

  /** Asks for a turn's audio or events at a node, as a client does. */
  Client listen(String name, TurnListen wanted) {
    Client client = new Client();
    at(name).connect(wanted, client).onSuccess(client::begin).onFailure(client::refused);
    return client;
  }

  /** What a client has got. */
  static final class Client implements TurnClient {
    final List<Byte> samples = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final List<Long> ids = new ArrayList<>();
    boolean begun;
    boolean over;
    boolean lost;
    @Nullable Problem problem;
    private @Nullable TurnConnection connection;

    private void begin(TurnConnection served) {
      begun = true;
      connection = served;
      served.start();
    }

    private void refused(Throwable why) {
      problem = ProblemMapping.of(why);
    }

    /** Its connection is lost. */
    void leave() {
      Objects.requireNonNull(connection).gone();
    }

    /** Whether it is told when to ask again. */
    boolean mayAskAgain() {
      return problem != null && problem.headers().containsKey("Retry-After");
    }

    int status() {
      return problem == null ? 200 : problem.status();
    }

    @Override
    public boolean full() {
      return false;
    }

    @Override
    public void format(int sampleRateHz) {}

    @Override
    public void audio(int chunk, byte[] pcm) {
      for (int i = 0; i < pcm.length; i += 2) {
        samples.add(pcm[i]);
      }
    }

    @Override
    public void event(long dropped, long id, EventJson event) {
      ids.add(id);
      events.add(event.name() + (dropped > 0 ? " after " + dropped : ""));
    }

    @Override
    public void ended(@Nullable Failure why) {
      over = true;
    }

    @Override
    public void dismissed() {
      over = true;
    }

    @Override
    public void lost() {
      lost = true;
      over = true;
    }
  }
}
