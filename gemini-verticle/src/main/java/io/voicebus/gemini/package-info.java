@NullMarked
package io.voicebus.gemini;

import org.jspecify.annotations.NullMarked;
