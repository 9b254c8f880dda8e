@NullMarked
package io.voicebus.chunker;

import org.jspecify.annotations.NullMarked;
