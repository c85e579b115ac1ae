package dev.tributary.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Reads pages in a browser from a running stack, which {@code tributary.superset.url}, {@code
 * tributary.user} and {@code tributary.password.file} name. Without a stack or a browser it is
 * skipped; where {@code CI} is set, a missing browser fails it.
 */
class OnePageOneCutIT {
  private static final String URL = System.getProperty("tributary.superset.url", "");
  private static final int RELOADS = Integer.getInteger("tributary.reloads", 3);

  @Test
  void everyChartOfAPageShowsOneAndTheSameCutAtEveryReload() throws Exception {
    try (PageProbe probe = probe()) {
      for (String page : List.of("promotions", "receivables", "trust", "promotions-zh")) {
        Set<String> seenCuts = new HashSet<>();
        for (PageProbe.Seen seen : probe.reload("/superset/dashboard/" + page + "/", RELOADS)) {
          assertThat(seen.failures()).as(page).isEmpty();
          assertThat(seen.console()).as(page).isEmpty();
          assertThat(seen.cuts().keySet()).as(page + ": charts that asked").hasSizeGreaterThan(5);
          Set<String> cuts = new HashSet<>(seen.cuts().values());
          assertThat(cuts).as(page + ": cuts on one page").hasSize(1).doesNotContain("");
          seenCuts.addAll(cuts);
        }
        assertThat(seenCuts).as(page + ": a reload stays at its cut").hasSize(1);
      }
    }
  }

  @Test
  void aPageOfACutThatDoesNotExistShowsNoFigureAndSaysSo() throws Exception {
    try (PageProbe probe = probe()) {
      String asOf =
          "(NATIVE_FILTER-as_of:(extraFormData:(filters:!((col:as_of,op:IN,val:!('0')))),filterState:(label:'0',value:!('0')),id:NATIVE_FILTER-as_of,ownState:()))";
      PageProbe.Seen seen =
          probe.open(
              "/superset/dashboard/trust/?native_filters="
                  + java.net.URLEncoder.encode(asOf, java.nio.charset.StandardCharsets.UTF_8),
              null);
      assertThat(seen.texts()).contains("no such cut");
      assertThat(seen.rows().values().stream().filter(r -> r > 0))
          .as("charts with rows: the head alone")
          .hasSize(1);
    }
  }

  private static PageProbe probe() throws Exception {
    assumeTrue(!URL.isEmpty(), "no stack named: -Dtributary.superset.url=…");
    Optional<Path> chromium = PageProbe.chromium();
    if (chromium.isEmpty() && System.getenv("CI") != null) {
      throw new AssertionError("no Chrome or Chromium found; name one with -Dtributary.chromium=…");
    }
    assumeTrue(
        chromium.isPresent(), "no Chrome or Chromium found; name one with -Dtributary.chromium=…");
    PageProbe probe =
        new PageProbe(
            URL, chromium.get(), Duration.ofSeconds(Integer.getInteger("tributary.patience", 120)));
    probe.login(
        System.getProperty("tributary.user", "admin"),
        Files.readString(Path.of(System.getProperty("tributary.password.file"))).strip());
    return probe;
  }
}
