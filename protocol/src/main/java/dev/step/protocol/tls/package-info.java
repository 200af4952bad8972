/** What both ends need to speak TLS: channels, and the names of keys. */
@NullMarked
package dev.step.protocol.tls;

import org.jspecify.annotations.NullMarked;
