/**
 * Superset assets as code: loading, rendering in each language, checking and importing the pages of
 * {@code dashboards/}, and Trino's access rules for the people who read them.
 */
package dev.tributary.dashboards;
