package io.voicebus.emulators;

/**
 * What an {@link ElevenEmulator} has seen.
 *
 * @param openSockets WebSockets now
 * @param openContexts contexts now, of all WebSockets, each until its final message
 * @param generating requests and contexts that are making audio now
 * @param sockets WebSockets ever
 * @param contexts contexts ever
 * @param requests HTTP requests ever
 * @param refusals upgrades and requests ever refused with an HTTP status
 * @param errors error frames ever
 * @param keepalives messages ever that did nothing but keep a WebSocket or a context alive
 * @param peakContexts the most contexts that one WebSocket ever had at once
 * @param peakGenerating the most that ever generated at once
 * @param charactersBilled of all text that was taken up
 */
public record ElevenCounters(
    int openSockets,
    int openContexts,
    int generating,
    long sockets,
    long contexts,
    long requests,
    long refusals,
    long errors,
    long keepalives,
    int peakContexts,
    int peakGenerating,
    long charactersBilled) {}
