/**
 * {@code bench}: the job against the least that any job must do and against Flink SQL, in one
 * process.
 */
package dev.tributary.bench;
