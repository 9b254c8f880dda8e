/** The embedded voice, which needs neither a service nor a program. */
@NullMarked
package io.voicebus.tts.embedded;

import org.jspecify.annotations.NullMarked;
