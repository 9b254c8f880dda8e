/** What the server offers to endpoints in packages of their own: bodies, turns, voices. */
@NullMarked
package io.voicebus.http.api;

import org.jspecify.annotations.NullMarked;
