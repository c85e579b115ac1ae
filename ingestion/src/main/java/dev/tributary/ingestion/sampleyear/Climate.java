package dev.tributary.ingestion.sampleyear;

import java.time.LocalDate;
import java.util.List;

/** What moves demand apart from promotions: season, weekday, trend and shocks. */
final class Climate {

  /**
   * A sudden shock that the counties of a province share.
   *
   * @param first first day
   * @param days number of days
   * @param factor what it multiplies demand by
   */
  record Shock(int province, int first, int days, double factor) {}

  static final List<Shock> SHOCKS =
      List.of(new Shock(1, 100, 21, 0.75), new Shock(3, 220, 14, 1.2));

  private static final double[] MONTH = {
    0.90, 0.80, 1.00, 1.00, 1.05, 1.10, 0.95, 0.95, 1.05, 1.10, 1.15, 1.20
  };
  private static final double[] WEEKDAY = {0.90, 0.90, 0.95, 1.00, 1.10, 1.20, 1.05};
  private static final double TREND_PER_DAY = 0.10 / 365;
  private static final double MEMORY = 0.6;
  private static final double PROVINCE_DEVIATION = 0.06;
  private static final double COUNTY_DEVIATION = 0.03;

  private final double[][] factors;

  Climate(long seed, Days days, Geography geography) {
    int weeks = days.count() / 7 + 1;
    double[][] shared = new double[Geography.PROVINCES.size()][weeks];
    for (int province = 0; province < shared.length; province++) {
      Draws draws = new Draws(seed, "climate:" + Geography.PROVINCES.get(province));
      double last = 0;
      for (int week = 0; week < weeks; week++) {
        last = MEMORY * last + PROVINCE_DEVIATION * draws.bell();
        shared[province][week] = last;
      }
    }

    this.factors = new double[Geography.COUNTIES][days.count()];
    for (int county = 0; county < factors.length; county++) {
      Draws draws = new Draws(seed, "climate:" + geography.county(county));
      int province = geography.provinceOf(county);
      double own = 0;
      for (int day = 0; day < days.count(); day++) {
        if (day % 7 == 0) {
          own = COUNTY_DEVIATION * draws.bell();
        }

        factors[county][day] =
            calm(days.date(day), day)
                * StrictMath.exp(shared[province][day / 7] + own)
                * sudden(province, day);
      }
    }
  }

  /** What a day and its weather do to demand in a county; 1 on an average day. */
  double factor(int county, int day) {
    return factors[county][day];
  }

  /** The factor without any shock. */
  static double calm(LocalDate date, int day) {
    return MONTH[date.getMonthValue() - 1]
        * WEEKDAY[date.getDayOfWeek().getValue() - 1]
        * (1 + TREND_PER_DAY * day);
  }

  private static double sudden(int province, int day) {
    double factor = 1;
    for (Shock shock : SHOCKS) {
      if (shock.province() == province
          && shock.first() <= day
          && day < shock.first() + shock.days()) {
        factor *= shock.factor();
      }
    }

    return factor;
  }
}
