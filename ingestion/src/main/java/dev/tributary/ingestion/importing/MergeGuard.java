package dev.tributary.ingestion.importing;

import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.Envelope;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Refuses a merge of two customers whom earlier rows of the same import made one already: it would
 * close a circle, and undoing one merge of a circle undoes nothing.
 */
final class MergeGuard {

  private record Merge(String company, String one, String other) {}

  private final Map<String, Merge> merges = new LinkedHashMap<>();
  private final Map<String, String> parents = new HashMap<>();

  /** What is wrong with a row's merge; empty for every other event. Call once per row. */
  Optional<Decoded.Bad> check(SpecificRecord event) {
    return switch (event) {
      case CustomerMerged merged -> merge(merged);
      case CustomerSplit split -> {
        if (merges.remove(split.getMergeEventId()) != null) {
          rebuild();
        }

        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Decoded.Bad> merge(CustomerMerged merged) {
    Envelope envelope = merged.getEnvelope();
    String id = envelope.getCorrects() == null ? envelope.getEventId() : envelope.getCorrects();
    Merge merge = new Merge(envelope.getCompany(), merged.getCustomerId(), merged.getDuplicateId());
    Merge before = merges.remove(id);
    if (before != null) {
      rebuild();
    }

    if (root(merge.company(), merge.one()).equals(root(merge.company(), merge.other()))) {
      if (before != null) {
        merges.put(id, before);
        rebuild();
      }

      return Optional.of(
          new Decoded.Bad(
              RejectReason.MERGE_CYCLE,
              "duplicate_id",
              "'%s' and '%s' are one customer already, by earlier rows. Remove this row, or split them first."
                  .formatted(merge.one(), merge.other())));
    }

    merges.put(id, merge);
    join(merge);
    return Optional.empty();
  }

  private void rebuild() {
    parents.clear();
    merges.values().forEach(this::join);
  }

  private void join(Merge merge) {
    parents.put(root(merge.company(), merge.one()), root(merge.company(), merge.other()));
  }

  private String root(String company, String customer) {
    String id = company + "\u0000" + customer;
    String parent = parents.get(id);
    while (parent != null && !parent.equals(id)) {
      id = parent;
      parent = parents.get(id);
    }

    return id;
  }
}
