package dev.tributary.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributionPolicyTest {

  private static final Map<String, ChannelKind> CHANNELS = Map.of("other", ChannelKind.FREE);
  private static final Goal STANDARD = Goal.standard("contract", ConversionKind.CONTRACT, 90);

  @Test
  void theStandardIsTheUsual() {
    assertThat(STANDARD.positionPermille()).containsExactly(400, 200, 400);
    assertThat(STANDARD.halfLifeDays()).isEqualTo(7);
    assertThat(STANDARD.wShapePermille()).containsExactly(300, 300, 300, 100);
    assertThat(STANDARD.valued()).isTrue();
    assertThat(Goal.standard("new", ConversionKind.REGISTRATION, 1).valued()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 732})
  void aWindowIsWithinItsBounds(int days) {
    refused(
        () -> Goal.standard("contract", ConversionKind.CONTRACT, days),
        "goals.contract.windowDays is %s: use 1 to 731".formatted(days));
    refused(
        () -> goal(days, List.of(400, 200, 400), List.of(300, 300, 300, 100), true),
        "goals.contract.halfLifeDays is %s: use 1 to 731".formatted(days));
    assertThat(Goal.standard("contract", ConversionKind.CONTRACT, 731).windowDays()).isEqualTo(731);
  }

  @ParameterizedTest
  @CsvSource({"400, 200, 399", "400, 200, 401", "-1, 601, 400", "1000, 0, 0", "0, 0, 1000"})
  void positionWeightsAddUp(int first, int between, int last) {
    List<Integer> weights = List.of(first, between, last);
    ThrowingCallable made = () -> goal(7, weights, List.of(1_000, 0, 0, 0), true);
    if (first == 1_000 || last == 1_000) {
      assertThat(goal(7, weights, List.of(1_000, 0, 0, 0), true).positionPermille())
          .isEqualTo(weights);
    } else {
      refused(
          made,
          "goals.contract.positionPermille is %s: use 3 thousandths, none negative, that add up to 1000"
              .formatted(weights));
    }
  }

  @Test
  void weightsAreAsManyAsTheModelAsksFor() {
    refused(
        () -> goal(7, List.of(500, 500), List.of(1_000, 0, 0, 0), true),
        "goals.contract.positionPermille is [500, 500]: use 3 thousandths, none negative, that add"
            + " up to 1000");
    refused(
        () -> goal(7, List.of(400, 200, 400), List.of(300, 300, 400), true),
        "goals.contract.wShapePermille is [300, 300, 400]: use 4 thousandths, none negative, that"
            + " add up to 1000");
    refused(
        () -> goal(7, List.of(400, 200, 400), List.of(0, 500, 500, 0), true),
        "goals.contract.wShapePermille is [0, 500, 500, 0]: use more than 0 for the first touch,"
            + " all that a journey without milestones may have");
  }

  @Test
  void aGoalOfValueNeedsAKindThatCarriesOne() {
    refused(
        () ->
            new Goal(
                "new",
                ConversionKind.REGISTRATION,
                false,
                true,
                90,
                List.of(400, 200, 400),
                7,
                List.of(300, 300, 300, 100)),
        "goals.new.valued is true: use false, since REGISTRATION carries no value");
    refused(() -> Goal.standard(" ", ConversionKind.SALE, 90), "goals.name is ' ': use a name");
  }

  @Test
  void goalsHaveNamesOfTheirOwn() {
    refused(
        () -> new AttributionPolicy(ZoneOffset.UTC, List.of(), CHANNELS, "other"),
        "goals is empty: name at least one");
    refused(
        () -> new AttributionPolicy(ZoneOffset.UTC, List.of(STANDARD, STANDARD), CHANNELS, "other"),
        "goals.contract is there twice: use a name of its own");
  }

  @Test
  void theDefaultIsOneOfTheChannels() {
    refused(
        () -> new AttributionPolicy(ZoneOffset.UTC, List.of(STANDARD), CHANNELS, "unmapped"),
        "defaultChannel is unmapped, which channels does not have: add it, or use another");
    refused(
        () -> new AttributionPolicy(ZoneOffset.UTC, List.of(STANDARD), CHANNELS, null),
        "defaultChannel is null, which channels does not have: add it, or use another");
  }

  @Test
  void eventsThatContradictThemselvesAreRefused() {
    DocumentId contract = new DocumentId(ConversionKind.CONTRACT, "K1");
    DocumentId registration = new DocumentId(ConversionKind.REGISTRATION, "R1");
    LocalDate day = LocalDate.parse("2026-03-01");
    Money value = new Money(1, "EUR");

    assertThatThrownBy(() -> new ConversionMade(contract, day, null))
        .hasMessageContaining("kinds that carry a value need one");
    assertThatThrownBy(() -> new ConversionMade(registration, day, value))
        .hasMessageContaining("others have none");
    assertThatThrownBy(() -> new ConversionMade(contract, day, value.negate()))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> new ConversionReduced(contract, day, value.negate()))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> new ConversionRevalued(contract, day, value.negate()))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> new Touch(TouchKind.CALL, "search", null, null, null, null, null))
        .hasMessageContaining("calls have one");
    assertThatThrownBy(() -> new Call(Call.Direction.INBOUND, Call.Result.RESOLVED, -1))
        .hasMessageContaining("use 0 or more");
  }

  private static Goal goal(
      int halfLifeDays, List<Integer> position, List<Integer> wShape, boolean valued) {
    return new Goal(
        "contract", ConversionKind.CONTRACT, false, valued, 90, position, halfLifeDays, wShape);
  }

  private static void refused(ThrowingCallable made, String message) {
    assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
