package io.voicebus.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of an answer.
 *
 * @param round counts from 0
 * @param checksum of its sentences
 * @param trace what the server says of it, if it does
 */
record LoadTurn(
    int round,
    int question,
    double floorMs,
    double firstMs,
    double wholeMs,
    long checksum,
    @Nullable LoadTrace trace) {}
