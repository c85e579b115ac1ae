package dev.tributary.ingestion.sampleyear;

import java.util.ArrayList;
import java.util.List;

/**
 * A product.
 *
 * @param listCents list price of a unit, in cents, a multiple of 10
 */
record Product(String id, String name, String category, long listCents) {

  private static final List<String> CATEGORIES = List.of("tea", "ware", "oil", "gifts");
  private static final int COUNT = 24;

  /** All products of a company. */
  static List<Product> range(long seed) {
    List<Product> range = new ArrayList<>();
    for (int i = 1; i <= COUNT; i++) {
      String id = "product-%s%s".formatted(i / 10, i % 10);
      Draws draws = new Draws(seed, id);
      String category = CATEGORIES.get(i % CATEGORIES.size());
      range.add(new Product(id, category + " " + i, category, 10L * draws.between(200, 4_000)));
    }

    return range;
  }

  long wholesaleCents() {
    return listCents * 8 / 10;
  }

  long dealerCents() {
    return listCents * 7 / 10;
  }

  /** What a unit costs the company, in cents. */
  long costCents() {
    return listCents / 2;
  }
}
