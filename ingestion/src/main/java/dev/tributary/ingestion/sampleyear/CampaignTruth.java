package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.SaleLine;
import dev.tributary.ingestion.sampleyear.Campaigns.Effect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each promotion truly brought, counted basket by basket. Sales net, in cents. */
final class CampaignTruth {

  /** Baskets and their net sales. */
  static final class Sum {
    private long baskets;
    private long cents;

    private void add(long basketCents) {
      baskets++;
      cents += basketCents;
    }

    long baskets() {
      return baskets;
    }

    long cents() {
      return cents;
    }
  }

  private final Map<Integer, Map<Campaigns.Kind, Sum>> effects = new HashMap<>();
  private final Map<String, Long> codedCents = new HashMap<>();
  private final Map<Integer, Long> costCents = new HashMap<>();

  /** A basket that an effect caused, or, for a dip, prevented. */
  void moved(Effect effect, long cents) {
    effects
        .computeIfAbsent(effect.campaign().number(), number -> new HashMap<>())
        .computeIfAbsent(effect.kind(), kind -> new Sum())
        .add(cents);
  }

  void coded(List<SaleLine> lines) {
    for (SaleLine line : lines) {
      if (line.getPromotionId() != null) {
        codedCents.merge(line.getPromotionId(), line.getNetAmountMicros() / 10_000, Long::sum);
      }
    }
  }

  void cost(Campaign campaign, long cents) {
    costCents.merge(campaign.number(), cents, Long::sum);
  }

  Sum sum(Campaign campaign, Campaigns.Kind kind) {
    return effects.getOrDefault(campaign.number(), Map.of()).getOrDefault(kind, new Sum());
  }

  long codedCents(Campaign campaign) {
    return codedCents.getOrDefault(campaign.id(), 0L);
  }

  long costCents(Campaign campaign) {
    return costCents.getOrDefault(campaign.number(), 0L);
  }
}
