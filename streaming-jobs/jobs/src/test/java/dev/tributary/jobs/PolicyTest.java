package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  @TempDir private Path dir;

  @Test
  void everyValueIsKnownByTheNameThatItHasInTheFile() {
    assertThat(Policy.shipped().values())
        .containsEntry("promotions.sale_without_invoice_is_collected", "true")
        .containsEntry("credit.zone", "Asia/Shanghai")
        .containsEntry("credit.ladder.B", "95")
        .containsEntry("credit.window_months", "12")
        .containsEntry("credit.limit_by_grade.unrated", "1500000.00 CNY")
        .containsEntry("credit.rates.EUR", "7.85")
        .containsEntry("credit.review_months", "2, 8")
        .containsEntry("attribution.channels.sem.utm", "*/cpc, */ppc")
        .containsEntry("attribution.goals.contract.window_days", "90")
        .containsEntry("attribution.goals.contract.w_shape_permille", "300, 300, 300, 100");
    assertThat(read(withSale(false)).values())
        .containsEntry("promotions.sale_without_invoice_is_collected", "false");
  }

  @Test
  void twoPoliciesThatSayTheSameAreTheSame() {
    Policy shipped = Policy.shipped();

    assertThat(
            read(with("[2, 8]", "[8, 2]")
                    .replace("USD: 7.25", "USD: 7.250")
                    .replace("A: 2000000 CNY", "A: 2000000.0 CNY")
                    .replaceAll("(?m)^ *#.*$", ""))
                .fingerprint())
        .isEqualTo(shipped.fingerprint());
    assertThat(read(inAnotherOrder()).fingerprint()).isEqualTo(shipped.fingerprint());
    assertThat(shipped.fingerprint()).isNotEqualTo(read(withSale(false)).fingerprint());
    assertThat(shipped.fingerprint())
        .isNotEqualTo(read(with("USD: 7.25", "USD: 7.26")).fingerprint());
    assertThat(read(with("[wechat, weibo]", "[weibo, wechat]")).fingerprint())
        .isEqualTo(shipped.fingerprint());
    assertThat(read(with("[wechat, weibo]", "[wechat]")).fingerprint())
        .isNotEqualTo(shipped.fingerprint());
  }

  private static String inAnotherOrder() {
    return with("    CNY: 1\n", "").replace("    GBP: 9.2\n", "    GBP: 9.2\n    CNY: 1\n");
  }

  @Test
  void ratesAndLimitsAreNamedFreely() {
    assertThat(read(with("    GBP: 9.2\n", "    JPY: 0.048\n")).values())
        .containsEntry("credit.rates.JPY", "0.048")
        .doesNotContainKey("credit.rates.GBP");
    assertThat(read(with("    unrated: 1500000 CNY\n", "")).values())
        .doesNotContainKey("credit.limit_by_grade.unrated");
  }

  @Test
  void channelsAndGoalsAreNamedFreely() {
    assertThat(read(with("    deposit:\n", "    down-payment:\n")).values())
        .containsEntry("attribution.goals.down-payment.conversion", "DEPOSIT")
        .doesNotContainKey("attribution.goals.deposit.conversion");
    assertThat(read(with("    print: {", "    leaflets: {")).attribution().channels())
        .containsKey("leaflets")
        .doesNotContainKey("print");
  }

  @Test
  void whatAChannelOrGoalDoesNotSayIsMissed() {
    String text = with("utm: [\"*/organic\"]", "tags: [\"*/organic\"]");
    assertThatThrownBy(() -> read(text))
        .hasMessageContaining(
            "line %s: attribution.channels.seo.utm: ".formatted(lineOf(text, "seo: {")));
    assertThatThrownBy(() -> read(with("      first_only: true\n", "")))
        .hasMessageContaining("attribution.goals.first-order")
        .hasMessageContaining("first_only");
  }

  @Test
  void aPolicyThatSaysLessMoreOrSomethingElseIsRefusedWithItsLine() {
    String misspelt = with("sale_without_invoice_is_collected", "sale_is_colected");
    assertThatThrownBy(() -> read(misspelt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.yaml line " + lineOf(misspelt, "sale_is_colected"))
        .hasMessageContaining("no 'promotions.sale_is_colected'")
        .hasMessageContaining("there is: attribution.call_purposes, attribution.channels.*, ")
        .hasMessageContaining("promotions.sale_without_invoice_is_collected");
    assertThatThrownBy(() -> read(with("  window_months: 12\n", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'credit.window_months' is missing; the shipped policy says 12");
    assertThatThrownBy(() -> read(with("window_months: 12", "window_months: 12\n  grace: 3")))
        .hasMessageContaining("no 'credit.grace'");
    assertThatThrownBy(() -> Policy.read(dir.resolve("none.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          is_collected: true    | is_collected: maybe    | promotions.sale_without_invoice_is_collected | shipped policy says true
          zone: Asia/Shanghai   | zone: China            | credit.zone                   | use an IANA name
          C: 80                 | C: 95                  | credit.ladder.C               | less than the one above
          B: 95                 | B: many                | credit.ladder.B               | shipped policy says 95
          B: 95                 | B: 95.5                | credit.ladder.B               | shipped policy says 95
          window_months: 12     | window_months: 0       | credit.window_months          | must be from 1 to 120
          window_months: 12     | window_months: year    | credit.window_months          | shipped policy says 12
          RIVAL_GOODS: 1        | RIVAL_GOODS: 4         | credit.notches.RIVAL_GOODS    | must be from 0 to 3
          RIVAL_GOODS: 1        | RIVAL_GOODS: ~         | credit.notches.RIVAL_GOODS    | must be from 0 to 3
          base_currency: CNY    | base_currency: YUAN    | credit.base_currency          | use a code of ISO 4217
          CNY: 1                | CNY: 2                 | credit.rates.CNY              | say 1
          near_limit_percent: 90 | near_limit_percent: 101 | credit.near_limit_percent  | must be from 1 to 100
          alert_days: 30        | alert_days: -1         | credit.overdue_alert_days     | must be from 0 to 3650
          leverage_days: 90     | leverage_days: ~       | credit.leverage_days          | shipped policy says 90
          unrated: 1500000 CNY    | unrated: 1500000         | credit.limit_by_grade.unrated | write it as 50000 CNY
          unrated: 1500000 CNY    | unrated: -5 CNY        | credit.limit_by_grade.unrated | must be from 0
          unrated: 1500000 CNY    | unrated: 0.0000001 CNY | credit.limit_by_grade.unrated | write it as 50000 CNY
          unrated: 1500000 CNY    | unrated: 1500000 JPY     | credit.limit_by_grade.unrated | add one to credit.rates
          unrated: 1500000 CNY    | new: 1500000 CNY         | credit.limit_by_grade.new     | use A, B, C, D, unrated
          USD: 7.25             | USD: 0                 | credit.rates.USD              | must be above 0
          USD: 7.25             | USD: 0.9200001         | credit.rates.USD              | round it
          USD: 7.25             | USA: 7.25              | credit.rates.USA              | use a code of ISO 4217
          USD: 7.25             | USD: much              | credit.rates.USD              | shipped policy says 7.25
          '[2, 8]'              | '[2, 13]'              | credit.review_months          | must be from 1 to 12
          """)
  void aValueThatCannotBeUsedIsNamedWithItsLineAndWhatToDo(
      String good, String bad, String name, String advice) {
    String text = with(good, bad);

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.yaml line %s: %s: ".formatted(lineOf(text, bad), name))
        .hasMessageContaining(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          window_days: 90            | window_days: 0             | goals.contract.window_days       | must be from 1 to 731
          window_days: 90            | window_days: -3            | goals.contract.window_days       | must be from 1 to 731
          window_days: 90            | window_days: 732           | goals.contract.window_days       | must be from 1 to 731
          window_days: 90            | window_days: 4.5           | goals.contract.window_days       | shipped policy says 90
          half_life_days: 7          | half_life_days: 0          | goals.contract.half_life_days    | must be from 1 to 731
          '[400, 200, 400]'          | '[400, 200, 401]'          | goals.contract.position_permille | add up to 1000
          '[400, 200, 400]'          | '[500, 500]'               | goals.contract.position_permille | must be 3 thousandths
          '[400, 200, 400]'          | '[-1, 601, 400]'           | goals.contract.position_permille | none negative
          '[300, 300, 300, 100]'     | '[300, 300, 300, 99]'      | goals.contract.w_shape_permille  | add up to 1000
          '[300, 300, 300, 100]'     | '[0, 300, 600, 100]'       | goals.contract.w_shape_permille  | gives the first touch nothing
          'conversion: CONTRACT'     | 'conversion: WEDDING'      | goals.contract.conversion        | use one of REGISTRATION, SALE
          'conversion: CONTRACT'     | 'conversion: REGISTRATION' | goals.contract.valued            | has no value: say false
          default_channel: unmapped  | default_channel: other     | default_channel                  | add it to attribution.channels
          default_channel: unmapped  | default_channel: radio     | default_channel                  | use one without aliases and utm
          '[wechat, weibo]'          | '["wechat, weibo"]'        | channels.social.aliases          | write one name, without a comma
          '[CONFIRMATION, '          | '[GOSSIP, '                | call_purposes                    | use one of ENQUIRY
          'sem: {kind: PAID, '       | 'sem: {kind: DEAR, '       | channels.sem.kind                | use one of PAID, FREE
          'sem: {kind: PAID, '       | 's > m: {kind: PAID, '     | channels.s > m                   | use another name
          '[wechat, weibo]'          | '[wechat, Radio]'          | channels.social.aliases          | means radio already
          '["*/social"]'             | '["*/CPC"]'                | channels.social.utm              | means sem already
          '["*/social"]'             | '["social"]'               | channels.social.utm              | write it as newsletter/email
          """)
  void aValueOfAttributionThatCannotBeUsedIsNamedWithItsLine(
      String good, String bad, String name, String advice) {
    String text = Policy.shippedText();
    int at = text.indexOf(good, text.indexOf("attribution:"));
    assertThat(at).isPositive();
    String wrong = text.substring(0, at) + bad + text.substring(at + good.length());
    long line =
        text.substring(0, text.indexOf(name.endsWith("valued") ? "valued:" : good, at))
            .lines()
            .count();

    assertThatThrownBy(() -> read(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.yaml line %s: attribution.%s: ".formatted(line, name))
        .hasMessageContaining(advice);
  }

  @Test
  void aValueThatStandsTwiceOrNowhereIsRefused() {
    assertThatThrownBy(() -> read(with("    USD: 7.25\n", "    USD: 7.25\n    USD: 7.26\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("USD");
    assertThatThrownBy(() -> read(with("    RIVAL_GOODS: 1\n", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'credit.notches.RIVAL_GOODS' is missing");
    assertThatThrownBy(() -> read(with("    CNY: 1\n", "")))
        .hasMessageContaining("credit.rates: the base currency CNY is missing: add CNY: 1");
  }

  private static String withSale(boolean isCollected) {
    return with(
        "sale_without_invoice_is_collected: true",
        "sale_without_invoice_is_collected: " + isCollected);
  }

  private static String with(String shipped, String other) {
    assertThat(Policy.shippedText()).contains(shipped);
    return Policy.shippedText().replace(shipped, other);
  }

  private static long lineOf(String text, String sought) {
    return 1 + text.lines().takeWhile(line -> !line.contains(sought)).count();
  }

  private Policy read(String text) {
    try {
      return Policy.read(Files.writeString(dir.resolve("policy.yaml"), text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
