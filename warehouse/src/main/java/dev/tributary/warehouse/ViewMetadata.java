package dev.tributary.warehouse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What {@code metadata.yaml} says about a view.
 *
 * @param description what it shows
 * @param grain what one row is
 * @param owner who answers for it
 * @param kind what may be asked of it
 * @param security with whose rights it reads
 * @param audience who is granted it
 * @param upkeep {@code none}: a view holds nothing
 * @param columns one sentence per column, in the order of the view
 */
public record ViewMetadata(
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) String grain,
    @JsonProperty(required = true) String owner,
    @JsonProperty(required = true) Kind kind,
    @JsonProperty(required = true) Security security,
    @JsonProperty(required = true) Audience audience,
    @JsonProperty(required = true) String upkeep,
    @JsonProperty(required = true) Map<String, String> columns) {

  /** What may be asked of a view. */
  public enum Kind {
    /** Lines with their cut and rights columns: the only source of marts. */
    @JsonProperty("line")
    LINE,
    /** A reading at one cut; no rows at a cut that does not exist. */
    @JsonProperty("mart")
    MART,
    /** Like a mart, but always one row: it says that the cut does not exist. */
    @JsonProperty("head")
    HEAD,
    /** What a control offers, at no cut. */
    @JsonProperty("list")
    LIST
  }

  /** With whose rights a view reads. */
  public enum Security {
    /** The owner's: the view is granted, and what it reads is not. */
    @JsonProperty("definer")
    DEFINER,
    /** The reader's, so that the row filters on the lines hold. */
    @JsonProperty("invoker")
    INVOKER
  }

  /** Who is granted a view. */
  public enum Audience {
    /** Everybody who may open a page; row filters apply. */
    @JsonProperty("readers")
    READERS,
    /** Only who sees every row: totals of a part would look like errors. */
    @JsonProperty("operators")
    OPERATORS
  }
}
