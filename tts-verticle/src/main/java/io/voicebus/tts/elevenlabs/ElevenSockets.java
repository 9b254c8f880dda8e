package io.voicebus.tts.elevenlabs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The WebSockets there are, opening ones too. NOT thread-safe. */
final class ElevenSockets {
  private final List<ElevenSocket> all = new ArrayList<>();

  void add(ElevenSocket socket) {
    all.add(socket);
  }

  void remove(ElevenSocket socket) {
    all.remove(socket);
  }

  /** The WebSockets as they are now. */
  List<ElevenSocket> list() {
    return List.copyOf(all);
  }

  int count() {
    return all.size();
  }

  /** How many utterances they have, heard or not. */
  int contexts() {
    return all.stream().mapToInt(ElevenSocket::contexts).sum();
  }

  int count(String voice) {
    return (int) all.stream().filter(socket -> socket.voice().equals(voice)).count();
  }

  int opening(String voice) {
    return (int)
        all.stream().filter(socket -> socket.voice().equals(voice) && socket.opening()).count();
  }

  /** The one of a voice that takes most utterances more, if any takes one. */
  Optional<ElevenSocket> roomiest(String voice) {
    ElevenSocket roomiest = null;
    int most = 0;
    for (ElevenSocket socket : all) {
      if (socket.room() > most && socket.voice().equals(voice)) {
        roomiest = socket;
        most = socket.room();
      }
    }
    return Optional.ofNullable(roomiest);
  }

  /** A WebSocket that can be closed to make room for another voice. */
  Optional<ElevenSocket> idleButNotOf(String voice) {
    return all.stream()
        .filter(socket -> !socket.voice().equals(voice))
        .filter(socket -> socket.contexts() == 0 && !socket.opening())
        .findFirst();
  }
}
