/** The verticle that speaks and what stands on the bus: its workers, its voices, its settings. */
@NullMarked
package io.voicebus.tts;

import org.jspecify.annotations.NullMarked;
