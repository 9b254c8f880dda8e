package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A request for speech that obeys the rules.
 *
 * @param number counts such requests, from 0
 * @param open how many are being answered, with this one
 * @param model as asked for
 * @param voice its name or id
 * @param input the text
 * @param format {@code pcm} or {@code wav}
 * @param sse whether the audio is asked for as events
 * @param captioned whether it is asked for with the times of its words
 * @param body as it came; not to be changed
 * @param headers names in lower case; without the key
 */
public record OpenAiSpeechCall(
    long number,
    int open,
    String model,
    String voice,
    String input,
    String format,
    boolean sse,
    boolean captioned,
    JsonObject body,
    Map<String, String> headers) {}
