/**
 * The events that Tributary understands: their Avro schemas, their order, their bytes in Kafka, and
 * the rules that every value must keep.
 */
package dev.tributary.schemas;
