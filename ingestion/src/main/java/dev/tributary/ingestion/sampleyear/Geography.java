package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.AreaKind;
import dev.tributary.events.RegionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Forty regions: a country, 5 provinces, 10 prefectures, 24 counties. The same for every seed. */
final class Geography {

  static final String COUNTRY = "country";
  static final List<String> PROVINCES = List.of("north", "east", "south", "west", "centre");
  static final int COUNTIES = 24;
  private static final int PREFECTURES = 10;
  private static final int LARGE_PREFECTURES = 4;

  private final List<Region> regions = new ArrayList<>();
  private final List<String> counties = new ArrayList<>();
  private final List<Integer> provinceOf = new ArrayList<>();

  Geography() {
    regions.add(new Region(COUNTRY, null, RegionLevel.COUNTRY, AreaKind.OTHER, List.of()));
    for (String province : PROVINCES) {
      regions.add(new Region(province, COUNTRY, RegionLevel.PROVINCE, AreaKind.OTHER, List.of()));
    }

    List<String> parents = new ArrayList<>();
    for (int i = 0; i < PREFECTURES; i++) {
      String province = PROVINCES.get(i / 2);
      String prefecture = province + "-" + (i % 2 + 1);
      regions.add(
          new Region(prefecture, province, RegionLevel.PREFECTURE, AreaKind.OTHER, List.of()));
      int size = i < LARGE_PREFECTURES ? 3 : 2;
      for (int j = 0; j < size; j++) {
        counties.add(prefecture + (char) ('a' + j));
        parents.add(prefecture);
        provinceOf.add(i / 2);
      }
    }

    for (int i = 0; i < counties.size(); i++) {
      List<String> adjacent = neighbours(i).stream().map(counties::get).toList();
      AreaKind area = counties.get(i).endsWith("a") ? AreaKind.URBAN : AreaKind.RURAL;
      regions.add(new Region(counties.get(i), parents.get(i), RegionLevel.COUNTY, area, adjacent));
    }
  }

  /** All regions, parents first. */
  List<Region> regions() {
    return regions;
  }

  /** The id of a county. */
  String county(int number) {
    return counties.get(number);
  }

  /** The number of a county's province. */
  int provinceOf(int county) {
    return provinceOf.get(county);
  }

  /** The counties of a province. */
  List<String> countiesOf(int province) {
    return IntStream.range(0, COUNTIES)
        .filter(county -> provinceOf(county) == province)
        .mapToObj(this::county)
        .toList();
  }

  /** The counties that border on a county: those before and after it in the row. */
  List<Integer> neighbours(int county) {
    List<Integer> found = new ArrayList<>();
    if (county > 0) {
      found.add(county - 1);
    }

    if (county < COUNTIES - 1) {
      found.add(county + 1);
    }

    return found;
  }
}
