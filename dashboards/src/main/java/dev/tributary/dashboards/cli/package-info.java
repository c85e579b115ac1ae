/** The verbs of {@code ./tributary dashboards}. */
package dev.tributary.dashboards.cli;
