package dev.tributary.ingestion.sampleyear;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One customer as a company sees them: an id, perhaps a second one until the two are merged, and a
 * debtor behind each.
 */
final class Customer {

  /** Those who are known by a second id. */
  static final int TWICE_PERMILLE = 60;

  private static final int FIRST_OF_ALL = 700;

  private final int number;
  private final int county;
  private final int registered;
  private final double rate;
  private final boolean onAccount;
  private final int aliasSince;
  private final int mergedOn;
  private final String accountManager;
  private final Function<String, Debtor> opening;
  private final Map<String, Debtor> debtors = new LinkedHashMap<>();

  /**
   * @param number from 1
   * @param latest day by which the customer is known
   * @param opening how an account is opened for an id
   */
  Customer(World world, int number, int latest, Function<String, Debtor> opening) {
    this.number = number;
    this.opening = opening;
    Draws draws = world.draws(entity());
    this.county = draws.below(Geography.COUNTIES);
    int drawn = draws.chance(FIRST_OF_ALL) ? 0 : draws.below(world.days().count() - 10);
    this.registered = Math.min(drawn, latest);
    int kind = draws.below(100);
    double perYear = kind < 20 ? 0 : kind < 85 ? 6 + 12 * draws.unit() : 35 + 30 * draws.unit();
    this.rate = perYear / 365;
    this.onAccount = draws.chance(333) && rate > 0;
    boolean twice = draws.chance(TWICE_PERMILLE);
    this.aliasSince = twice ? registered + draws.between(1, 60) : Integer.MAX_VALUE;
    this.mergedOn = twice ? aliasSince + draws.between(20, 90) : Integer.MAX_VALUE;
    this.accountManager = draws.pick(world.organisation().accountManagers()).id();
  }

  String entity() {
    return "customer:" + number;
  }

  String id() {
    return id(number);
  }

  static String id(int number) {
    return "C" + padded(number, 6);
  }

  private static String padded(int number, int width) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  /** The second id, of those who have one. */
  Optional<String> alias() {
    return aliasSince == Integer.MAX_VALUE ? Optional.empty() : Optional.of(id() + "-B");
  }

  String phone() {
    return "+86139" + padded(number, 8);
  }

  int number() {
    return number;
  }

  int county() {
    return county;
  }

  /** The day the customer became known. */
  int registered() {
    return registered;
  }

  int aliasSince() {
    return aliasSince;
  }

  int mergedOn() {
    return mergedOn;
  }

  /** Baskets a day on an average day; 0 for those who never buy. */
  double rate() {
    return rate;
  }

  boolean onAccount() {
    return onAccount;
  }

  String accountManager() {
    return accountManager;
  }

  /** The id the customer goes by on a day: either of two, until they are merged. */
  String idOn(int day, Draws draws) {
    return aliasSince < day && day < mergedOn && draws.chance(500) ? id() + "-B" : id();
  }

  /** Who is billed under an id. */
  Debtor debtor(String id) {
    return debtors.computeIfAbsent(id, opening);
  }

  Collection<Debtor> debtors() {
    return debtors.values();
  }
}
