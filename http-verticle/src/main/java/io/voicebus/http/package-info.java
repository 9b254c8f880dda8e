@NullMarked
package io.voicebus.http;

import org.jspecify.annotations.NullMarked;
