package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, speech worker to the asker's inbox, of a stream of {@link EngineVoices}: what each engine
 * offers, at most {@link Voices#MAX_ITEMS} of them.
 *
 * @param number of the question
 */
public record VoicesAnswer(long number) implements Message {}
