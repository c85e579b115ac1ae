package dev.tributary.runtime.identity;

/**
 * A raw customer id joined (+1) or left (−1) the cluster of a survivor.
 *
 * @param members +1 or −1
 */
public record IdentityLine(String company, String customerId, String survivorId, long members) {}
