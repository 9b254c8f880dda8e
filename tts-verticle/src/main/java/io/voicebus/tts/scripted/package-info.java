/** The voice of tests, whose samples say what was said. */
@NullMarked
package io.voicebus.tts.scripted;

import org.jspecify.annotations.NullMarked;
