package dev.tributary.runtime.identity;

import dev.tributary.runtime.source.Fact;

/**
 * An event that names a customer, added or taken back.
 *
 * @param customerId as the event names the customer, or as the cluster is known
 * @param sign +1 or −1
 */
public record Naming(String customerId, int sign, Fact fact) {}
