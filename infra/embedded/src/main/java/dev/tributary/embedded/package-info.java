/** The parts of the local stack, each started and stopped by the project itself on loopback. */
package dev.tributary.embedded;
