/**
 * Turns on disk: {@link io.voicebus.turn.recording.Recorder} writes each as a file of JSON lines,
 * {@link io.voicebus.turn.recording.Recording} is such a file. The format is documented in {@code
 * docs/recording.md}.
 */
@NullMarked
package io.voicebus.turn.recording;

import org.jspecify.annotations.NullMarked;
