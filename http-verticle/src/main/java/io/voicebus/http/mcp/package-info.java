/** The Model Context Protocol over HTTP. */
@NullMarked
package io.voicebus.http.mcp;

import org.jspecify.annotations.NullMarked;
