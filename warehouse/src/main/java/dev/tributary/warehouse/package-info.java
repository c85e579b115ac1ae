/**
 * The lake as folders: tables and views with their descriptions, how they are applied through
 * Trino, what keeps them small, and the checks that say whether they add up.
 */
package dev.tributary.warehouse;
