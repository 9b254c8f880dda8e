/** Turns a turn's samples into the formats that listeners ask for. */
@NullMarked
package io.voicebus.audio;

import org.jspecify.annotations.NullMarked;
