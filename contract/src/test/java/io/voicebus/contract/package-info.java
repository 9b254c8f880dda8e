@NullMarked
package io.voicebus.contract;

import org.jspecify.annotations.NullMarked;
