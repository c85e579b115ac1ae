/** Everything up to Kafka: importers, generators, pseudonyms for phones, the sending itself. */
package dev.tributary.ingestion;
