package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.AdDocument;
import dev.tributary.events.AdMethod;
import dev.tributary.events.AdvertisementEvidenceFiled;
import dev.tributary.events.AdvertisementPublished;
import dev.tributary.events.CostClass;
import dev.tributary.events.MaterialMovement;
import dev.tributary.events.PromotionAdjusted;
import dev.tributary.events.PromotionApprovalStep;
import dev.tributary.events.PromotionApproved;
import dev.tributary.events.PromotionArchived;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionEvaluated;
import dev.tributary.events.PromotionFinished;
import dev.tributary.events.PromotionKind;
import dev.tributary.events.PromotionMaterialsMoved;
import dev.tributary.events.PromotionObjectivesSet;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.PromotionStarted;
import java.util.List;

/** One promotion from its plan to the archive, with its costs, goods and advertisements. */
final class CampaignLife {

  private static final int NINE = 9 * 3600;
  private static final int NOON = 12 * 3600;
  private static final long WHOLE_UNIT = 1_000_000L;
  private static final String DIRECTOR = "manager-01";
  private static final String SUPERVISOR = "supervisor-01";

  private final World world;
  private final Outbox outbox;
  private final Campaign campaign;
  private final CampaignTruth truth;
  private final Draws draws;
  private final List<String> regions;

  CampaignLife(World world, Outbox outbox, Campaign campaign, CampaignTruth truth) {
    this.world = world;
    this.outbox = outbox;
    this.campaign = campaign;
    this.truth = truth;
    this.draws = world.draws(campaign.id() + "/life");
    this.regions = campaign.counties().stream().map(world.geography()::county).toList();
  }

  /** The source of a promotion names the scale, since its costs and crowds follow it. */
  static String entity(Campaign campaign, SampleYear year) {
    return "%s at scale %s".formatted(campaign.id(), year.scale());
  }

  /** Tells of everything at once. */
  void live() {
    plan();
    approve();
    run();
    spend();
    moveMaterials();
    int advertisements = draws.between(1, 2);
    for (int i = 1; i <= advertisements; i++) {
      advertise(i);
    }

    finish();
  }

  /** A sum in cents that is so many yuan at scale 1. */
  private long yuan(int least, int most) {
    return Math.max(100, Math.round(100.0 * draws.between(least, most) * world.year().scale()));
  }

  /** A number of people that is so large at scale 1. */
  private int people(int least, int most) {
    return (int) Math.max(1, Math.round(draws.between(least, most) * world.year().scale()));
  }

  private String region() {
    return regions.size() == 1 ? regions.getFirst() : null;
  }

  private void plan() {
    int day = Math.max(0, campaign.first() - 20);
    long planned = World.micros(yuan(40_000, 200_000));
    outbox.post(
        day,
        NINE,
        campaign.id() + ":planned",
        envelope ->
            new PromotionPlanned(
                envelope,
                campaign.id(),
                "Promotion " + (campaign.number() + 1),
                List.of(campaign.channel()),
                region(),
                world.days().date(campaign.first()),
                world.days().date(campaign.last()),
                planned,
                SampleYear.CURRENCY));
    int participants = people(50, 300);
    outbox.post(
        day,
        NINE + 60,
        campaign.id() + ":objectives",
        envelope ->
            new PromotionObjectivesSet(
                envelope,
                campaign.id(),
                PromotionKind.CAMPAIGN,
                regions,
                "more sales in " + String.join(" and ", regions),
                participants,
                Math.max(1, participants / 5),
                planned * 3,
                100,
                800,
                world.days().date(campaign.last() + 30),
                null,
                SampleYear.CURRENCY));
  }

  private void approve() {
    int first = Math.max(0, campaign.first() - 15);
    // One in ten starts before management has approved it.
    int last = draws.chance(100) ? campaign.first() + 2 : Math.max(first, campaign.first() - 5);
    approval(first, PromotionApprovalStep.DEPARTMENT_HEAD, campaign.id());
    approval(last, PromotionApprovalStep.MANAGEMENT, campaign.id());
  }

  private void approval(int day, PromotionApprovalStep step, String id) {
    outbox.post(
        day,
        NOON,
        "%s:approved:%s".formatted(id, step),
        envelope -> new PromotionApproved(envelope, id, step, true, DIRECTOR));
  }

  private void run() {
    outbox.post(
        campaign.first(),
        NINE,
        campaign.id() + ":started",
        envelope ->
            new PromotionStarted(
                envelope, campaign.id(), world.days().date(campaign.first()), regions));
    if (draws.chance(200)) {
      outbox.post(
          campaign.first() + 3,
          NOON,
          campaign.id() + ":adjusted",
          envelope ->
              new PromotionAdjusted(
                  envelope, campaign.id(), null, null, SampleYear.CURRENCY, "more staff on site"));
    }
  }

  private void spend() {
    int parts = draws.between(3, 7);
    CostClass[] classes = CostClass.values();
    for (int i = 1; i <= parts; i++) {
      int day = campaign.first() + draws.below(campaign.last() - campaign.first() + 1);
      long cents = yuan(5_000, 40_000);
      CostClass costClass = classes[draws.below(classes.length)];
      String region = draws.pick(regions);
      truth.cost(campaign, cents);
      outbox.post(
          day,
          NOON,
          "%s:cost:%s".formatted(campaign.id(), i),
          envelope ->
              new PromotionCostIncurred(
                  envelope,
                  campaign.id(),
                  costClass,
                  world.days().date(day),
                  World.micros(cents),
                  SampleYear.CURRENCY,
                  region));
    }
  }

  private void moveMaterials() {
    int issued = draws.between(100, 1_000);
    int returned = issued * draws.between(0, 15) / 100;
    int lost = draws.below(4);
    // One in twenty cannot account for a part.
    int missing = draws.chance(50) ? draws.between(5, 30) : 0;
    move(campaign.first(), MaterialMovement.ISSUED, issued);
    move(campaign.last(), MaterialMovement.HANDED_OUT, issued - returned - lost - missing);
    move(campaign.last() + 1, MaterialMovement.RETURNED, returned);
    move(campaign.last() + 1, MaterialMovement.LOST, lost);
  }

  private void move(int day, MaterialMovement movement, int units) {
    String id = "%s:materials:%s".formatted(campaign.id(), movement);
    outbox.post(
        day,
        NINE + 600,
        id,
        envelope ->
            new PromotionMaterialsMoved(
                envelope,
                campaign.id(),
                id,
                "gift bag",
                movement,
                world.days().date(day),
                units * WHOLE_UNIT,
                World.micros(350),
                SampleYear.CURRENCY,
                SUPERVISOR));
  }

  private void advertise(int number) {
    String id = "advertisement-%s-%s".formatted(campaign.id(), number);
    String region = draws.pick(regions);
    AdMethod method = method();
    long cents = yuan(2_500, 30_000);
    // One in ten is published without anybody's signature.
    if (draws.chance(900)) {
      int day = Math.max(0, campaign.first() - 7);
      approval(day, PromotionApprovalStep.SALES_HEAD, id);
      approval(day, PromotionApprovalStep.PLANNING_HEAD, id);
      approval(day, PromotionApprovalStep.BRAND_REVIEW, id);
      approval(day, PromotionApprovalStep.DEPUTY_DIRECTOR, id);
    }

    outbox.post(
        campaign.first(),
        NINE + 300,
        id,
        envelope ->
            new AdvertisementPublished(
                envelope,
                id,
                campaign.id(),
                region,
                method,
                campaign.channel(),
                world.days().date(campaign.first()),
                world.days().date(campaign.last()),
                World.micros(cents),
                SampleYear.CURRENCY,
                SUPERVISOR));
    for (AdDocument document : documents(method)) {
      if (draws.chance(900)) {
        file(campaign.first() + draws.between(1, 20), id, document);
      }
    }
  }

  private void file(int day, String id, AdDocument document) {
    outbox.post(
        day,
        NOON,
        "%s:filed:%s".formatted(id, document),
        envelope ->
            new AdvertisementEvidenceFiled(
                envelope, id, document, world.days().date(day), SUPERVISOR));
  }

  private AdMethod method() {
    return switch (campaign.channel()) {
      case "outdoor" -> AdMethod.OUTDOOR;
      case "radio" -> AdMethod.RADIO;
      case "newspaper" -> AdMethod.NEWSPAPER;
      case "tv" -> AdMethod.TV;
      case "print" -> AdMethod.PRINT;
      default -> AdMethod.ONLINE;
    };
  }

  private static List<AdDocument> documents(AdMethod method) {
    return switch (method) {
      case NEWSPAPER ->
          List.of(
              AdDocument.MEDIA_PRICE_LIST, AdDocument.CONTRACT_ORIGINAL, AdDocument.WHOLE_ISSUE);
      case TV, RADIO ->
          List.of(
              AdDocument.MEDIA_PRICE_LIST,
              AdDocument.CONTRACT_ORIGINAL,
              AdDocument.SCHEDULE,
              AdDocument.MONITORING_RECORDING);
      case OUTDOOR ->
          List.of(
              AdDocument.POSITION_AND_SIZE,
              AdDocument.LAWFUL_USE_PROOF,
              AdDocument.CONTRACT_ORIGINAL,
              AdDocument.NEAR_PHOTO,
              AdDocument.FAR_PHOTO);
      case PRINT -> List.of(AdDocument.PRODUCTION_SPECIFICATION, AdDocument.CONTRACT_ORIGINAL);
      case ONLINE, OTHER -> List.of(AdDocument.MEDIA_PRICE_LIST, AdDocument.CONTRACT_ORIGINAL);
    };
  }

  private void finish() {
    outbox.post(
        campaign.last(),
        NINE + NOON - 3600,
        campaign.id() + ":finished",
        envelope ->
            new PromotionFinished(envelope, campaign.id(), world.days().date(campaign.last())));
    if (draws.chance(50)) {
      return;
    }

    int evaluated =
        campaign.last() + (draws.chance(100) ? 31 + draws.below(20) : 5 + draws.below(25));
    int participants = people(40, 320);
    int awareness = draws.between(0, 200);
    int satisfied = draws.between(700, 950);
    outbox.post(
        evaluated,
        NOON,
        campaign.id() + ":evaluated",
        envelope ->
            new PromotionEvaluated(
                envelope,
                campaign.id(),
                SUPERVISOR,
                world.days().date(evaluated),
                participants,
                awareness,
                satisfied,
                200));
    outbox.post(
        evaluated + 10,
        NOON,
        campaign.id() + ":archived",
        envelope ->
            new PromotionArchived(envelope, campaign.id(), world.days().date(evaluated + 10)));
  }
}
