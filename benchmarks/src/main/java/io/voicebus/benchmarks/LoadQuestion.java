package io.voicebus.benchmarks;

import java.util.List;

/**
 * A prompt, which the emulated model answers with itself.
 *
 * @param number its own in this run: what the flows made of the same one is compared
 * @param text plain sentences, one blank between two
 * @param cuts where its sentences end, as Voicebus cuts them; the last one is the text's length
 */
record LoadQuestion(int number, String text, List<Integer> cuts) {}
