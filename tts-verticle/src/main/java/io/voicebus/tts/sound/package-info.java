/** Reads sound (WAV or bare samples) and cuts it where words end. */
@NullMarked
package io.voicebus.tts.sound;

import org.jspecify.annotations.NullMarked;
