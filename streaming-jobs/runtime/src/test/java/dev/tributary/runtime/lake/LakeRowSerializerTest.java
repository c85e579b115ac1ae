package dev.tributary.runtime.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

class LakeRowSerializerTest {

  private final LakeRowSerializer serializer = new LakeRowSerializer(PairsLake.TABLES);

  @Test
  void rowsArriveAsTheyWereSent() throws IOException {
    int plus = PairsLake.TABLES.indexOf("ledger.plus");

    LakeRow row = sent(LakeRow.of(plus, GenericRowData.of(7L, 1L, 1_000_000_001L)));

    assertThat(row.table()).isEqualTo(plus);
    RowData columns = row.row();
    assertThat(List.of(columns.getLong(0), columns.getLong(1), columns.getLong(2)))
        .containsExactly(7L, 1L, 1_000_000_001L);
  }

  @Test
  void factsArriveAsTheyWereSent() throws IOException {
    List<CutFact> facts =
        List.of(
            new CutFact.WatermarkReached(1_772_539_200_000_000L),
            new CutFact.DayClosed("acme", LocalDate.of(2026, 3, 3)),
            new CutFact.RowsReplayed(86_837));
    for (CutFact fact : facts) {
      assertThat(sent(LakeRow.of(fact)).fact()).isEqualTo(fact);
    }
  }

  private LakeRow sent(LakeRow row) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(64);
    serializer.serialize(row, target);
    return serializer.deserialize(new DataInputDeserializer(target.getCopyOfBuffer()));
  }
}
