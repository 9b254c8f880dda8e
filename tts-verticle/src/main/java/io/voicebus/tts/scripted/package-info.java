/** The voice of tests, whose samples encode their text. */
@NullMarked
package io.voicebus.tts.scripted;

import org.jspecify.annotations.NullMarked;
