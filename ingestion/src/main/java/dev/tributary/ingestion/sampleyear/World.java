package dev.tributary.ingestion.sampleyear;

import java.util.List;

/** What all entities of a sample year share; the same at every scale. */
record World(
    SampleYear year,
    Days days,
    Geography geography,
    List<Product> products,
    Climate climate,
    Campaigns campaigns,
    Organisation organisation) {

  static World of(SampleYear year) {
    Days days = new Days(year.from(), year.days());
    Geography geography = new Geography();
    return new World(
        year,
        days,
        geography,
        Product.range(year.seed()),
        new Climate(year.seed(), days, geography),
        new Campaigns(year.seed(), days, geography),
        new Organisation(year.seed(), days));
  }

  Draws draws(String entity) {
    return new Draws(year.seed(), entity);
  }

  /** Millionths of an amount in cents. */
  static long micros(long cents) {
    return Math.multiplyExact(cents, 10_000L);
  }
}
