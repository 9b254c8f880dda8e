/** The TTS verticle, its worker on the bus, its catalog of engines and its settings. */
@NullMarked
package io.voicebus.tts;

import org.jspecify.annotations.NullMarked;
