package dev.tributary.warehouse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What {@code metadata.yaml} says about a table.
 *
 * @param description what it holds
 * @param grain what one row is
 * @param key columns that name one row; empty where there are none
 * @param owner who answers for it
 * @param writtenBy who writes it
 * @param containsPersonalData whether persons can be told from it
 * @param upkeep how it is kept small
 * @param columns one sentence per column, in the order of the table
 */
public record TableMetadata(
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) String grain,
    List<String> key,
    @JsonProperty(required = true) String owner,
    @JsonProperty(value = "written_by", required = true) String writtenBy,
    @JsonProperty(value = "contains_personal_data", required = true) boolean containsPersonalData,
    @JsonProperty(required = true) UpkeepPolicy upkeep,
    @JsonProperty(required = true) Map<String, String> columns) {

  public TableMetadata {
    key = key == null ? List.of() : List.copyOf(key);
  }
}
