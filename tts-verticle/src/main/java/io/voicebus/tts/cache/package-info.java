/** What was said is kept, so that nobody has to say it again. */
@NullMarked
package io.voicebus.tts.cache;

import org.jspecify.annotations.NullMarked;
