/** The voice that needs nothing but this process. */
@NullMarked
package io.voicebus.tts.embedded;

import org.jspecify.annotations.NullMarked;
