package io.voicebus.http.elevenlabs;

import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.api.KnownVoices;
import java.util.List;
import java.util.regex.Pattern;

/** Which of our voices the id in a path means, and which id each has. */
final class VoiceIds {
  /** What errors call it. */
  static final String PARAM = "voice_id";

  private static final String ENGINE = "elevenlabs";

  /** As ElevenLabs writes its own ids, here in lower case: JBFqnCBsd6RMkjVDRZzb. */
  private static final Pattern THEIRS = Pattern.compile("[a-z0-9]{20}");

  /** What no client has to escape in a path. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]+");

  private VoiceIds() {}

  /**
   * The voice of a turn. An id of ElevenLabs' own, or the name of one of its stock voices, is left
   * to that engine where it can be used, and is the default voice elsewhere: every client has one,
   * and few let it be changed.
   *
   * @throws io.voicebus.http.wire.ProblemException 400 for what is no name
   */
  static String voice(KnownVoices known, String model, String id) {
    String ours = known.voice(model, withSlash(known, id), PARAM, VoiceIds::isTheirs);
    return ours.isEmpty() && isServed(known) ? ENGINE + "/" + StockVoices.id(id).orElse(id) : ours;
  }

  /** Whether a name is an id of ElevenLabs' own, or one of its stock voices. */
  static boolean isTheirs(String name) {
    return THEIRS.matcher(KnownVoices.plain(name)).matches() || StockVoices.id(name).isPresent();
  }

  /** Whether ElevenLabs' own voices can be used. */
  static boolean isServed(KnownVoices known) {
    return known.engines().stream()
        .anyMatch(engine -> engine.engine().equals(ENGINE) && engine.usable());
  }

  /** As {@link #of} writes it, a colon stands for the slash. */
  private static String withSlash(KnownVoices known, String id) {
    int colon = id.indexOf(':');
    boolean names =
        colon > 0
            && known.engines().stream()
                .anyMatch(one -> one.engine().equals(id.substring(0, colon)));
    return names ? id.substring(0, colon) + "/" + id.substring(colon + 1) : id;
  }

  /**
   * The id that a client is told: that of the engine, if no other engine before it has the same.
   */
  static String of(List<EngineVoices> engines, EngineVoices engine, EngineVoice voice) {
    EngineVoices first =
        engines.stream()
            .filter(one -> one.voices().stream().anyMatch(each -> each.id().equals(voice.id())))
            .findFirst()
            .orElse(engine);
    return first.engine().equals(engine.engine()) && PLAIN.matcher(voice.id()).matches()
        ? voice.id()
        : engine.engine() + ":" + voice.id();
  }
}
