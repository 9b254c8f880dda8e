package io.voicebus.launcher.replay;

/**
 * A piece of a recorded engine's speech.
 *
 * @param atNanos from when the engine was asked
 * @param pcm as {@link io.voicebus.tts.engine.SpeechSink#frame} has it
 * @param spokenChars as {@link io.voicebus.tts.engine.SpeechSink#frame} has it
 * @param wordSamples as {@link io.voicebus.tts.engine.SpeechSink#frame} has it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record SpokenPiece(long atNanos, byte[] pcm, int spokenChars, int wordSamples) {}
