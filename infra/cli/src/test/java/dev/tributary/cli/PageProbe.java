package dev.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Opens pages in a browser as one user and tells what every chart asked for and got.
 *
 * <p>Not safe for several threads; make one probe a thread.
 */
final class PageProbe implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /**
   * What was seen of one page.
   *
   * @param address the address after all redirects
   * @param cuts the as-of control's value each chart's data was asked with, by chart; empty text
   *     for none
   * @param companies the company control's values that charts' data was asked with
   * @param rows rows each chart got, by chart
   * @param failures charts that got an error or show one, with the error's beginning
   * @param console errors of the browser's console, each with the address it is about
   * @param texts what the page's charts show
   * @param took from opening the page until its last chart stood
   */
  public record Seen(
      String address,
      Map<String, String> cuts,
      Set<String> companies,
      Map<String, Integer> rows,
      List<String> failures,
      List<String> console,
      String texts,
      Duration took) {}

  private static final Duration LOGIN = Duration.ofSeconds(30);
  private static final int LOGINS = 4;
  private static final double LOOK_EVERY_MILLIS = 200;

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final String url;

  /**
   * A browser at 1280 × 900.
   *
   * @param url address of Superset
   * @param chromium a Chrome or Chromium
   * @param patience how long a page may take
   */
  public PageProbe(String url, Path chromium, Duration patience) {
    this.url = url;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(ARGUMENTS));
    context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en"));
    context.setDefaultTimeout((double) patience.toMillis());
    // Without a graphics card a turning spinner takes a processor, which then measures itself.
    context.addInitScript(
        """
        document.addEventListener('DOMContentLoaded', () => {
          const still = document.createElement('style');
          still.textContent = '*, *::before, *::after { animation: none !important; transition: none !important; }';
          document.head.appendChild(still);
        });""");
    // fonts and the like from outside are not part of the page
    context.route(
        address -> !address.startsWith(url) && !address.startsWith("data:"),
        route -> route.abort());
  }

  /**
   * A Chrome or Chromium: the one {@code tributary.chromium} names, else where systems usually keep
   * it.
   */
  public static Optional<Path> chromium() {
    String named = System.getProperty("tributary.chromium", "");
    Stream<String> candidates =
        named.isEmpty()
            ? Stream.of(
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
            : Stream.of(named);
    return candidates.map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Logs in. */
  public void login(String user, String password) {
    try (Page page = context.newPage()) {
      page.navigate(url + "/login/");
      for (int attempt = 1; ; attempt++) {
        page.locator("input#username, input[name=username]").first().fill(user);
        page.locator("input#password, input[name=password]").first().fill(password);
        page.keyboard().press("Enter");
        try {
          page.waitForURL(
              address -> !address.contains("/login"),
              new Page.WaitForURLOptions().setTimeout((double) LOGIN.toMillis()));
          return;
        } catch (TimeoutError e) {
          // On a busy machine the form may empty itself once its script is there: type again.
          if (attempt == LOGINS) {
            throw e;
          }
        }
      }
    }
  }

  /**
   * Opens a page and waits until all its charts stand.
   *
   * @param path path and query, for instance {@code /superset/dashboard/trust/}
   * @param screenshot where to write the whole page's picture; null for none
   */
  public Seen open(String path, Path screenshot) {
    try (Page page = context.newPage()) {
      return watch(page, () -> page.navigate(url + path), screenshot);
    }
  }

  /** Opens a page, then loads it again and again; what was seen each time. */
  public List<Seen> reload(String path, int times) {
    List<Seen> seen = new ArrayList<>();
    try (Page page = context.newPage()) {
      seen.add(watch(page, () -> page.navigate(url + path), null));
      for (int i = 0; i < times; i++) {
        seen.add(watch(page, page::reload, null));
      }
    }
    return seen;
  }

  @Override
  public void close() {
    playwright.close();
  }

  private Seen watch(Page page, Runnable load, Path screenshot) {
    Map<String, String> cuts = new ConcurrentHashMap<>();
    Set<String> companies = ConcurrentHashMap.newKeySet();
    Map<String, Integer> rows = new ConcurrentHashMap<>();
    List<String> failures = new ArrayList<>();
    List<String> console = new ArrayList<>();
    java.util.function.Consumer<Response> onResponse =
        r -> data(r, cuts, companies, rows, failures);
    java.util.function.Consumer<com.microsoft.playwright.ConsoleMessage> onConsole =
        m -> {
          // a reader may not store colours; the browser says so, and nothing is lost
          if (m.type().equals("error")
              && !m.text().contains("403")
              && !m.text().contains("ERR_FAILED")
              && !m.text().contains("scarf.sh")) {
            console.add(m.text() + " at " + m.location());
          }
        };
    page.onResponse(onResponse);
    page.onConsoleMessage(onConsole);
    long started = System.nanoTime();
    load.run();
    page.waitForLoadState(LoadState.DOMCONTENTLOADED);
    page.waitForSelector(".dashboard-component-chart-holder");
    showAll(page);
    page.waitForFunction(
        """
        () => {
          const holders = [...document.querySelectorAll('.dashboard-component-chart-holder')];
          return holders.length > 0
            && document.querySelectorAll('.dashboard-component-chart-holder .loading, .dashboard-component-chart-holder [data-test="loading-indicator"]').length === 0
            && holders.every(h => h.querySelector('.slice_container, [role="alert"], .ant-empty, .handlebars, table, canvas'));
        }""",
        null,
        new Page.WaitForFunctionOptions().setPollingInterval(LOOK_EVERY_MILLIS));
    page.waitForLoadState(LoadState.NETWORKIDLE);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    // What the browser gave up waiting for has no answer that could be read, only a message.
    page.locator(".dashboard-component-chart-holder [role=alert]")
        .allInnerTexts()
        .forEach(alert -> failures.add("a chart shows: " + alert));
    String texts = page.locator(".dashboard-component-chart-holder").allInnerTexts().toString();
    if (screenshot != null) {
      fit(page);
      page.screenshot(new Page.ScreenshotOptions().setPath(screenshot).setFullPage(false));
    }
    page.offResponse(onResponse);
    page.offConsoleMessage(onConsole);
    return new Seen(
        page.url(),
        new TreeMap<>(cuts),
        new TreeSet<>(companies),
        new TreeMap<>(rows),
        List.copyOf(failures),
        List.copyOf(console),
        texts,
        took);
  }

  /** Charts outside of the window are not drawn: make the window as high as the page. */
  private static void showAll(Page page) {
    page.setViewportSize(1280, 4000);
  }

  private static void fit(Page page) {
    Object bottom =
        page.evaluate(
            "() => Math.max(600, ...[...document.querySelectorAll('.dashboard-component-chart-holder')].map(e => e.getBoundingClientRect().bottom + 24))");
    page.setViewportSize(1280, (int) Math.ceil(Double.parseDouble(bottom.toString())));
    page.waitForTimeout(500);
  }

  private static void data(
      Response response,
      Map<String, String> cuts,
      Set<String> companies,
      Map<String, Integer> rows,
      List<String> failures) {
    Request request = response.request();
    if (!request.url().contains("/api/v1/chart/data") || request.postData() == null) {
      return;
    }
    try {
      JsonNode form = JSON.readTree(request.postData());
      if (form.path("form_data").path("slice_id").isMissingNode()) {
        return; // a control's own list
      }
      String chart = form.path("form_data").path("slice_id").asText();
      TreeSet<String> asOf = new TreeSet<>();
      for (JsonNode query : form.path("queries")) {
        for (JsonNode filter : query.path("filters")) {
          if (filter.path("col").asText().equals("as_of")) {
            asOf.add(filter.path("val").path(0).asText());
          } else if (filter.path("col").asText().equals("company")) {
            filter.path("val").forEach(company -> companies.add(company.asText()));
          }
        }
      }
      cuts.put(chart, String.join(" and ", asOf));
      JsonNode body = JSON.readTree(response.body());
      if (response.status() >= 400) {
        String text = body.toString();
        failures.add("chart " + chart + ": " + text.substring(0, Math.min(600, text.length())));
      } else {
        rows.put(chart, body.path("result").path(0).path("rowcount").asInt());
      }
    } catch (JsonProcessingException e) {
      failures.add("an answer of the chart data interface is not JSON: " + e.getOriginalMessage());
    } catch (java.io.IOException | PlaywrightException e) {
      failures.add("an answer of the chart data interface could not be read: " + e);
    }
  }
}
