/** The server's interface for endpoints in other packages: bodies, turns, voices. */
@NullMarked
package io.voicebus.http.api;

import org.jspecify.annotations.NullMarked;
