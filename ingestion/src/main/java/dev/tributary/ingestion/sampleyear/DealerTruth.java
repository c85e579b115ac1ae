package dev.tributary.ingestion.sampleyear;

/** What a dealer truly took in, sold and diverted, in units. */
final class DealerTruth {

  private long shipped;
  private long returned;
  private long sold;
  private long diverted;

  void shipped(long units) {
    shipped += units;
  }

  void returned(long units) {
    returned += units;
  }

  void sold(long units, boolean outsideTheTerritory) {
    sold += units;
    diverted += outsideTheTerritory ? units : 0;
  }

  long shipped() {
    return shipped;
  }

  long returned() {
    return returned;
  }

  long sold() {
    return sold;
  }

  /** Units of those sold that went outside the territory. */
  long diverted() {
    return diverted;
  }
}
