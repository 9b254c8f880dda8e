package io.voicebus.emulators;

/**
 * What an {@link OpenAiEmulator} has seen.
 *
 * @param openChats requests for an answer that are being answered now
 * @param openSpeeches requests for speech that are being answered now
 * @param chats requests for an answer ever, also those that were refused
 * @param speeches requests for speech ever, also those that were refused
 * @param refusals requests ever that were refused
 * @param cancelled streams ever that their clients left before the end, or that were cut
 * @param peakChats the most answers at once
 * @param peakSpeeches the most speeches at once
 * @param charactersSpoken of all texts that were taken up
 * @param connections ever
 * @param openConnections now
 */
public record OpenAiCounters(
    int openChats,
    int openSpeeches,
    long chats,
    long speeches,
    long refusals,
    long cancelled,
    int peakChats,
    int peakSpeeches,
    long charactersSpoken,
    long connections,
    int openConnections) {}
