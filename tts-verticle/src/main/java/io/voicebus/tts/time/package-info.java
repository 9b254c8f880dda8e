/** Timers and durations, by which somebody is found to be slow or silent. */
@NullMarked
package io.voicebus.tts.time;

import org.jspecify.annotations.NullMarked;
