/** Tools for agents, by the Model Context Protocol; the caller brings the turns and a transport. */
@NullMarked
package io.voicebus.mcp;

import org.jspecify.annotations.NullMarked;
