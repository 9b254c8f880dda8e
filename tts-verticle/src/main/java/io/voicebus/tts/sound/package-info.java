/** What comes as sound is read: WAV or bare samples, cut where words end. */
@NullMarked
package io.voicebus.tts.sound;

import org.jspecify.annotations.NullMarked;
