package dev.tributary.runtime.lake;

import java.io.Serializable;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/**
 * A table the job writes.
 *
 * @param schema the columns as the job writes them; ids are assigned by the catalog, columns are
 *     matched by name
 */
public record LakeTable(String namespace, String name, Schema schema, Layer layer)
    implements Serializable {

  /** Every written table carries the cut that its rows are stamped with. */
  static final String CUT = "cut";

  public LakeTable {
    if (schema.findField(CUT) == null) {
      throw new IllegalArgumentException(
          namespace + "." + name + " has no column \"" + CUT + "\": every written table needs one");
    }
  }

  /** The name with its namespace, as in {@code ledger.promotions}. */
  public String qualifiedName() {
    return namespace + "." + name;
  }

  /** The shape of a {@code RowData} for this table. */
  public RowType rowType() {
    return FlinkSchemaUtil.convert(schema);
  }

  TableIdentifier identifier() {
    return TableIdentifier.of(Namespace.of(namespace), name);
  }

  int cutPosition() {
    return schema.columns().indexOf(schema.findField(CUT));
  }
}
