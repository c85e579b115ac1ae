package dev.tributary.domain.attribution;

import static dev.tributary.domain.attribution.Model.FIRST;
import static dev.tributary.domain.attribution.Model.FIRST_PAID;
import static dev.tributary.domain.attribution.Model.LAST;
import static dev.tributary.domain.attribution.Model.LAST_NON_DIRECT;
import static dev.tributary.domain.attribution.Model.LAST_PAID;
import static dev.tributary.domain.attribution.Model.LINEAR;
import static dev.tributary.domain.attribution.Model.POSITION;
import static dev.tributary.domain.attribution.Model.TIME_DECAY;
import static dev.tributary.domain.attribution.Model.W_SHAPE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boundaries of the rules of attribution, as stories. */
class AttributionFoldTest {

  private static AttributionScenario threeTouches() {
    return new AttributionScenario()
        .touched("a", "2026-03-07", "search")
        .touched("b", "2026-03-08", "referral")
        .touched("c", "2026-03-09", "social")
        .signed("K1", "2026-03-10", "100 EUR");
  }

  @Test
  void theExampleOfTheRule() {
    AttributionScenario story = threeTouches();

    assertThat(story.revenue("K1", FIRST)).isEqualTo("a=100 b=0 c=0");
    assertThat(story.revenue("K1", LAST)).isEqualTo("a=0 b=0 c=100");
    assertThat(story.revenue("K1", LINEAR)).isEqualTo("a=33.34 b=33.33 c=33.33");
    assertThat(story.credit("K1", LINEAR)).isEqualTo("a=0.333334 b=0.333333 c=0.333333");
    assertThat(story.revenue("K1", TIME_DECAY)).isEqualTo("a=14.29 b=28.57 c=57.14");
    assertThat(story.credit("K1", TIME_DECAY)).isEqualTo("a=0.142857 b=0.285714 c=0.571429");
    assertThat(story.credit("K1", POSITION)).isEqualTo("a=0.4 b=0.2 c=0.4");
  }

  @Test
  void aTouchCountsUpToTheEndsOfTheWindow() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("too old", "2026-03-06T11:59:59.999999Z", "search")
            .touched("oldest", "2026-03-06", "search")
            .touched("at once", "2026-03-10", "search")
            .touched("too late", "2026-03-10T12:00:00.000001Z", "search")
            .signed("K1", "2026-03-10", "100 EUR");

    assertThat(story.revenue("K1", LINEAR)).isEqualTo("oldest=50 at once=50");
  }

  @Test
  void aTouchAtTheInstantOfTheConversionCountsWhereverItStandsInHistory() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-09", "search")
            .touched("b", "2026-03-10", "search")
            .reached(Milestone.LEAD, "2026-03-10")
            .made(ConversionKind.SALE, "before b", "2026-03-10", "100 EUR")
            .signed("after b", "2026-03-10", "100 EUR");

    for (String goal : List.of("contract", "first sale")) {
      String sold = goal.equals("contract") ? "after b" : "before b";
      assertThat(story.creditOf(goal, sold, LAST)).as(goal).isEqualTo("a=0 b=1");
      assertThat(story.creditOf(goal, sold, LINEAR)).as(goal).isEqualTo("a=0.5 b=0.5");
      assertThat(story.creditOf(goal, sold, W_SHAPE)).as(goal).isEqualTo("a=0.5 b=0.5");
      assertThat(story.unconverted(goal)).as(goal).isEmpty();
    }
  }

  @Test
  void tiesOfTimeGoByTheEventsId() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("b", "2026-03-09", "search")
            .touched("a", "2026-03-09", "social")
            .signed("K1", "2026-03-10", "0.03 EUR");

    assertThat(story.revenue("K1", FIRST)).isEqualTo("a=0.03 b=0");
    assertThat(story.revenue("K1", LINEAR)).isEqualTo("a=0.02 b=0.01");
  }

  @Test
  void modelsAskForTheKindOfChannel() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-07", "referral")
            .touched("b", "2026-03-07T13:00:00Z", "search")
            .touched("c", "2026-03-08", "outdoor")
            .touched("d", "2026-03-08T13:00:00Z", "social")
            .touched("e", "2026-03-09", "direct")
            .signed("K1", "2026-03-10", "100 EUR");

    assertThat(story.revenue("K1", FIRST_PAID)).isEqualTo("a=0 b=100 c=0 d=0 e=0");
    assertThat(story.revenue("K1", LAST_PAID)).isEqualTo("a=0 b=0 c=100 d=0 e=0");
    assertThat(story.revenue("K1", LAST_NON_DIRECT)).isEqualTo("a=0 b=0 c=0 d=100 e=0");
    assertThat(story.revenue("K1", LAST)).isEqualTo("a=0 b=0 c=0 d=0 e=100");
  }

  @Test
  void whatNothingQualifiesForIsUnattributed() {
    AttributionScenario direct =
        new AttributionScenario()
            .touched("a", "2026-03-09", "direct")
            .signed("K1", "2026-03-10", "100 EUR");
    AttributionScenario untouched = new AttributionScenario().signed("K1", "2026-03-10", "100 EUR");

    assertThat(direct.revenue("K1", FIRST)).isEqualTo("a=100");
    assertThat(direct.revenue("K1", LAST_NON_DIRECT)).isEqualTo("a=0 -=100");
    assertThat(direct.credit("K1", FIRST_PAID)).isEqualTo("a=0 -=1");
    for (Model model : Model.values()) {
      assertThat(untouched.revenue("K1", model)).as("%s", model).isEqualTo("-=100");
      assertThat(untouched.credit("K1", model)).as("%s", model).isEqualTo("-=1");
    }
  }

  @Test
  void anExcludedChannelLeavesItsShareToTheOthers() {
    AttributionScenario story = threeTouches().touched("z", "2026-03-09T13:00:00Z", "internal");

    assertThat(story.revenue("K1", LAST)).isEqualTo("a=0 b=0 c=100");
    assertThat(story.revenue("K1", LINEAR)).isEqualTo("a=33.34 b=33.33 c=33.33");
    assertThat(story.unconverted("first sale")).doesNotContain("z");
  }

  @Test
  void anUnknownChannelCountsUnderTheDefault() {
    List<AttributionLine> lines =
        new AttributionScenario()
            .touched("a", "2026-03-08", null)
            .touched("b", "2026-03-09", "never heard of")
            .signed("K1", "2026-03-10", "100 EUR")
            .lines();

    assertThat(lines)
        .filteredOn(line -> line.touch() != null)
        .extracting(line -> line.touch().channel())
        .containsOnly("other");
  }

  @Test
  void positionGivesAllToOneTouchAndHalfToEachOfTwo() {
    AttributionScenario one =
        new AttributionScenario()
            .touched("a", "2026-03-09", "search")
            .made(ConversionKind.SALE, "S1", "2026-03-10", "100 EUR");
    AttributionScenario two =
        new AttributionScenario()
            .touched("a", "2026-03-08", "search")
            .touched("b", "2026-03-09", "search")
            .made(ConversionKind.SALE, "S1", "2026-03-10", "100 EUR");
    AttributionScenario four = threeTouches().touched("d", "2026-03-09T13:00:00Z", "search");

    assertThat(one.creditOf("first sale", "S1", POSITION)).isEqualTo("a=1");
    assertThat(two.creditOf("first sale", "S1", POSITION)).isEqualTo("a=0.5 b=0.5");
    assertThat(four.credit("K1", POSITION)).isEqualTo("a=0.4 b=0.1 c=0.1 d=0.4");
  }

  @Test
  void theWShapeCreditsWhatLedToMilestones() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-06T13:00:00Z", "search")
            .touched("b", "2026-03-07", "social")
            .reached(Milestone.LEAD, "2026-03-07")
            .touched("c", "2026-03-08", "outdoor")
            .touched("d", "2026-03-09", "referral")
            .reached(Milestone.OPPORTUNITY, "2026-03-09T13:00:00Z")
            .signed("K1", "2026-03-10", "100 EUR");

    assertThat(story.credit("K1", W_SHAPE)).isEqualTo("a=0.3 b=0.3 c=0.1 d=0.3");
  }

  @Test
  void aMissingMilestoneLeavesItsShareToTheRest() {
    AttributionScenario noLead = threeTouches().reached(Milestone.OPPORTUNITY, "2026-03-09");
    AttributionScenario beforeAnyTouch = threeTouches().reached(Milestone.LEAD, "2026-03-06");
    AttributionScenario both =
        new AttributionScenario()
            .touched("a", "2026-03-08", "search")
            .reached(Milestone.LEAD, "2026-03-08T13:00:00Z")
            .reached(Milestone.OPPORTUNITY, "2026-03-08T14:00:00Z")
            .touched("b", "2026-03-09", "search")
            .signed("K1", "2026-03-10", "100 EUR");

    assertThat(noLead.credit("K1", W_SHAPE)).isEqualTo("a=0.428572 b=0.142857 c=0.428571");
    assertThat(beforeAnyTouch.credit("K1", W_SHAPE)).isEqualTo("a=0.75 b=0.125 c=0.125");
    assertThat(both.credit("K1", W_SHAPE)).isEqualTo("a=0.9 b=0.1");
  }

  @Test
  void theEarliestMilestoneOfItsKindCounts() {
    AttributionScenario story =
        threeTouches()
            .reached(Milestone.LEAD, "2026-03-07")
            .reached(Milestone.LEAD, "2026-03-09")
            .signed("K2", "2026-03-11T12:00:00.000001Z", "100 EUR");

    assertThat(story.credit("K1", W_SHAPE)).isEqualTo("a=0.857143 b=0.071429 c=0.071428");
    assertThat(story.credit("K2", W_SHAPE))
        .as("the window no longer reaches the first")
        .isEqualTo("b=0.5 c=0.5");
  }

  @Test
  void aFullRefundLeavesExactlyNothing() {
    AttributionScenario story = threeTouches().refunded("K1", "2026-04-02", "100 EUR");

    for (Model model : Model.values()) {
      assertThat(story.revenue("K1", model)).as("%s", model).isEqualTo("a=0 b=0 c=0");
      assertThat(story.credit("K1", model)).as("%s", model).isEqualTo("a=0 b=0 c=0");
    }
  }

  @Test
  void halfARefundSplitsTheOtherHalf() {
    AttributionScenario story = threeTouches().refunded("K1", "2026-04-02", "50 EUR");

    assertThat(story.revenue("K1", LINEAR)).isEqualTo("a=16.67 b=16.67 c=16.66");
    assertThat(story.revenue("K1", TIME_DECAY)).isEqualTo("a=7.14 b=14.29 c=28.57");
    assertThat(story.credit("K1", LINEAR)).isEqualTo("a=0.333334 b=0.333333 c=0.333333");
  }

  @Test
  void aRefundCountsInItsOwnPeriodAndKnowsTheOriginalOne() {
    AttributionScenario story = threeTouches().refunded("K1", "2026-04-02", "50 EUR");

    assertThat(story.revenueOn("2026-03-10", "K1", LINEAR)).isEqualTo("a=33.34 b=33.33 c=33.33");
    assertThat(story.revenueOn("2026-04-02", "K1", LINEAR)).isEqualTo("a=-16.67 b=-16.66 c=-16.67");
    assertThat(story.lines())
        .filteredOn(line -> "K1".equals(line.conversionId()))
        .extracting(AttributionLine::convertedOn)
        .containsOnly(LocalDate.parse("2026-03-10"));
  }

  @Test
  void refundsAddUpAndTakeNoMoreThanThereIs() {
    AttributionScenario story =
        threeTouches()
            .refunded("K1", "2026-04-02", "60 EUR")
            .refunded("K1", "2026-04-03", "60.01 EUR");

    assertThat(story.revenue("K1", LINEAR)).isEqualTo("a=0 b=0 c=0");
    assertThat(story.signed("K1", "2026-04-04", "50.01 EUR").revenue("K1", FIRST))
        .as("more of the same document")
        .isEqualTo("a=30 b=0 c=0");
  }

  @Test
  void aRefundInAnotherCurrencyTakesNothing() {
    assertThat(threeTouches().refunded("K1", "2026-04-02", "60 USD").revenue("K1", FIRST))
        .isEqualTo("a=100 b=0 c=0");
  }

  @Test
  void aRefundWaitsForItsConversion() {
    AttributionScenario story =
        new AttributionScenario()
            .refunded("K1", "2026-03-01", "40 EUR")
            .touched("a", "2026-03-09", "search")
            .signed("K1", "2026-03-10", "100 EUR");

    assertThat(story.revenueOn("2026-03-10", "K1", FIRST)).isEqualTo("a=60");
    assertThat(story.revenueOn("2026-03-01", "K1", FIRST)).isEmpty();
  }

  @Test
  void aCancellationIsForGoodWheneverItComes() {
    AttributionScenario after = threeTouches().cancelled("K1", "2026-04-02");
    AttributionScenario before = threeTouches().cancelled("K1", "2026-03-01");

    assertThat(after.credit("K1", LINEAR)).isEqualTo("a=0 b=0 c=0");
    assertThat(after.revenueOn("2026-04-02", "K1", FIRST)).isEqualTo("a=-100 b=0 c=0");
    assertThat(after.signed("K1", "2026-04-04", "50 EUR").revenue("K1", FIRST))
        .isEqualTo("a=0 b=0 c=0");
    assertThat(before.credit("K1", LINEAR)).isEmpty();
    assertThat(before.unconverted("contract")).isEqualTo("a>a a>b a>c");
  }

  @Test
  void aChangedValueIsSplitAnew() {
    AttributionScenario story =
        threeTouches()
            .refunded("K1", "2026-03-20", "10 EUR")
            .revalued("K1", "2026-04-02", "210.01 EUR");

    assertThat(story.revenue("K1", LINEAR)).isEqualTo("a=66.67 b=66.67 c=66.67");
    assertThat(story.revenueOn("2026-04-02", "K1", FIRST)).isEqualTo("a=110.01 b=0 c=0");
    assertThat(threeTouches().revalued("K1", "2026-03-01", "210.01 EUR").revenue("K1", FIRST))
        .as("before it was made")
        .isEqualTo("a=100 b=0 c=0");
  }

  @Test
  void partsOfADocumentAreOneConversion() {
    AttributionScenario story =
        threeTouches().signed("K1", "2026-03-12", "0.01 EUR").touched("d", "2026-03-11", "search");

    assertThat(story.credit("K1", FIRST)).isEqualTo("a=1 b=0 c=0");
    assertThat(story.revenue("K1", LINEAR)).isEqualTo("a=33.34 b=33.34 c=33.33");
    assertThat(story.unconverted("contract")).isEqualTo("d>d");
  }

  @Test
  void aConversionForNothingIsOneUntilItIsCancelled() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-09", "search")
            .signed("K1", "2026-03-10", "0 EUR");

    assertThat(story.credit("K1", FIRST)).isEqualTo("a=1");
    assertThat(story.revenue("K1", FIRST)).isEqualTo("a=0");
    assertThat(story.cancelled("K1", "2026-03-11").credit("K1", FIRST)).isEqualTo("a=0");
  }

  @Test
  void aTouchCanEarnOfSeveralConversions() {
    AttributionScenario story = threeTouches().signed("K2", "2026-03-11", "10 EUR");

    assertThat(story.revenue("K1", FIRST)).isEqualTo("a=100 b=0 c=0");
    assertThat(story.revenue("K2", FIRST)).isEqualTo("a=10 b=0 c=0");
    assertThat(story.lines())
        .filteredOn(line -> line.conversionId() != null)
        .extracting(line -> line.conversionId() + " " + line.cycle())
        .contains("K1 FIRST", "K2 REPEAT")
        .doesNotContain("K1 REPEAT", "K2 FIRST");
  }

  @Test
  void aGoalOfFirstConversionsKnowsNoOther() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-09", "search")
            .made(ConversionKind.SALE, "S1", "2026-03-10", "10 EUR")
            .touched("b", "2026-03-11", "search")
            .made(ConversionKind.SALE, "S2", "2026-03-12", "20 EUR");

    assertThat(story.creditOf("first sale", "S1", FIRST)).isEqualTo("a=1");
    assertThat(story.creditOf("first sale", "S2", FIRST)).isEmpty();
    assertThat(story.unconverted("first sale")).as("who has bought cannot buy first").isEmpty();
  }

  @Test
  void whatNoGoalCountsIsNotRemembered() {
    AttributionScenario once =
        new AttributionScenario()
            .touched("a", "2026-03-09", "search")
            .made(ConversionKind.SALE, "S1", "2026-03-10", "10 EUR");
    AttributionState before = once.state();

    AttributionScenario often = once;
    for (int day = 11; day < 30; day++) {
      String sale = "S" + day;
      String on = "2026-03-" + day;
      often =
          often
              .made(ConversionKind.SALE, sale, on, "20 EUR")
              .refunded(ConversionKind.SALE, sale, on, "5 EUR")
              .cancelled(ConversionKind.SALE, sale, on);
    }

    assertThat(often.state().documents()).isEqualTo(before.documents());
    assertThat(often.state().occasions()).isEqualTo(before.occasions());
    assertThat(often.state().cancelled()).isEqualTo(before.cancelled());
    assertThat(
            often
                .refunded(ConversionKind.SALE, "S1", "2026-03-30", "4 EUR")
                .revenueOf("first sale", "S1", FIRST))
        .isEqualTo("a=6");
  }

  @Test
  void aGoalWithoutValueOnlyCounts() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-09", "search")
            .made(ConversionKind.REGISTRATION, "R1", "2026-03-10", null);

    assertThat(story.creditOf("registration", "R1", LAST)).isEqualTo("a=1");
    assertThat(story.lines())
        .filteredOn(line -> line.goal().equals("registration"))
        .allMatch(line -> line.currency() == null && line.revenue().isZero());
  }

  @Test
  void touchesThatNothingReachesAreJourneysOfAWindow() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-01", "search")
            .touched("b", "2026-03-05", "search")
            .touched("c", "2026-03-05T12:00:00.000001Z", "search");

    assertThat(story.unconverted("contract")).isEqualTo("a>a a>b c>c");
    assertThat(story.signed("K1", "2026-03-08", "1 EUR").unconverted("contract"))
        .as("what the window does not reach has not converted")
        .isEqualTo("a>a");
  }

  @Test
  void asOfADayBeforeItAConversionHasNotHappened() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-03-05", "search")
            .touched("b", "2026-03-08", "search")
            .signed("K1", "2026-03-08", "1 EUR");

    assertThat(story.unconvertedAsOf("2026-03-07", "contract")).isEqualTo("a>a");
    assertThat(story.unconvertedAsOf("2026-03-08", "contract")).isEmpty();
  }

  @Test
  void afterAConversionAnotherJourneyBegins() {
    assertThat(
            threeTouches().touched("d", "2026-03-10T13:00:00Z", "search").unconverted("contract"))
        .isEqualTo("d>d");
  }

  @Test
  void whatIsCancelledRemainsAJourneyThatDidNotConvert() {
    assertThat(Paths.of(threeTouches().cancelled("K1", "2026-04-02").lines(), Touch::channel))
        .containsEntry(
            new PathAddress(
                "contract",
                LocalDate.parse("2026-03-01"),
                "EUR",
                List.of("search", "referral", "social")),
            new PathMeasures(0, 1, 0));
  }

  @Test
  void nothingIsKeptThatNoWindowReaches() {
    AttributionScenario story =
        new AttributionScenario()
            .touched("a", "2026-01-01", "search")
            .touched("b", "2026-01-05", "search")
            .signed("K1", "2026-02-01", "1 EUR")
            .touched("c", "2026-02-20", "search")
            .touched("d", "2026-06-01", "search");

    assertThat(story.state().traces().keySet())
        .extracting(Moment::eventId)
        .as("of a conversion that can still be refunded, and of one to come")
        .containsExactly("b", "d");
    assertThat(story.state().open().get("registration").journeys().values()).containsExactly("d");
  }
}
