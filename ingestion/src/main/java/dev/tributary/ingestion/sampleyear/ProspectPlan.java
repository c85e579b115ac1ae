package dev.tributary.ingestion.sampleyear;

import java.util.List;

/**
 * What is fixed about a prospect before anything happens, so that others may refer to it.
 *
 * @param number the customer's
 * @param firstDay day of the first visit
 * @param receiver who receives at the first visit
 * @param other the other one of the scenario: caller's partner, relative, the one named, who
 *     delegated, the second receiver, the winner of a ruling; null where there is none
 * @param secondDay day of the scenario's second act; -1 without one
 * @param referrer number of the customer who introduced them; 0 for none
 * @param owners who owns the customer at the end; empty for the house
 * @param ownerRule rule that says so
 * @param dealRule how the deal is shared, if there is one
 * @param signs whether a contract is to be signed
 */
record ProspectPlan(
    int number,
    int project,
    int site,
    int firstDay,
    Scenario scenario,
    Person receiver,
    Person other,
    int secondDay,
    int referrer,
    List<Person> owners,
    String ownerRule,
    DealRule dealRule,
    boolean signs) {}
