/** The interface of engines, from text to samples, and what all engines have in common. */
@NullMarked
package io.voicebus.tts.engine;

import org.jspecify.annotations.NullMarked;
