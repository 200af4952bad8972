/** Who may log in, and what proves it afterwards. */
@NullMarked
package dev.step.daemon.auth;

import org.jspecify.annotations.NullMarked;
