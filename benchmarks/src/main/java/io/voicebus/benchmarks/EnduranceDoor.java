package io.voicebus.benchmarks;

/** A way in, and what a listener can do there. */
enum EnduranceDoor {
  /** {@code POST /v1/speak}, answered by the model. */
  SPEAK(false),
  /** {@code POST /v1/speak?mode=say}, a text that is being written. */
  SAY(false),
  /** {@code POST /v1/turns} and {@code GET …/audio}. */
  AUDIO(true),
  /** {@code POST /v1/turns} and {@code …/ws}. */
  SOCKET(true),
  /** {@code WS /v1/session}, a prompt. */
  SESSION_PROMPT(true),
  /** {@code WS /v1/session}, a text that is being written. */
  SESSION_TEXT(true),
  /** OpenAI's {@code POST /v1/audio/speech}. */
  OPENAI_SPEECH(false),
  /** OpenAI's chat with sound, answered by the model. */
  OPENAI_CHAT(false),
  /** OpenAI's Realtime API, answered by the model. */
  REALTIME(true),
  /** ElevenLabs' {@code POST …/stream}. */
  ELEVENLABS_STREAM(false),
  /** ElevenLabs' {@code WS …/stream-input}. */
  ELEVENLABS_INPUT(false),
  /** ElevenLabs' {@code WS …/multi-stream-input}. */
  ELEVENLABS_INPUTS(false);

  private final boolean cancels;

  EnduranceDoor(boolean cancels) {
    this.cancels = cancels;
  }

  /** Whether a listener can say that it wants no more; else it hangs up. */
  boolean cancels() {
    return cancels;
  }
}
