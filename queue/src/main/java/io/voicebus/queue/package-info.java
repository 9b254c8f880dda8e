@NullMarked
package io.voicebus.queue;

import org.jspecify.annotations.NullMarked;
