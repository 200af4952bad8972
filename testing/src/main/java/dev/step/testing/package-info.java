/** What the tests of every module share: what they need of a machine, and saying so when it is missing. */
@NullMarked
package dev.step.testing;

import org.jspecify.annotations.NullMarked;
