/** Timers and durations that detect slow or silent services. */
@NullMarked
package io.voicebus.tts.time;

import org.jspecify.annotations.NullMarked;
