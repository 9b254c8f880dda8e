/** The speech cache, so that a sentence that was spoken before costs nothing. */
@NullMarked
package io.voicebus.tts.cache;

import org.jspecify.annotations.NullMarked;
