package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The uids of the job are an interface: every checkpoint and savepoint refers to them. */
class OperatorsTest {

  @Test
  void everyOperatorHasTheUidItWasReleasedWith() {
    List<String> uids = uids(liveGraph());

    assertThat(uids).as(Operators.ADVICE).doesNotHaveDuplicates();
    assertThat(uids)
        .as(Operators.ADVICE)
        .containsExactlyInAnyOrderElementsOf(Operators.listed().keySet());
  }

  @Test
  void anOperatorWithoutUidIsRefused() {
    assertThat(configuration().get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
  }

  /** Kryo would write whatever it is given, in a layout of its own that no release keeps. */
  @Test
  void aTypeThatOnlyKryoCouldWriteIsRefused() {
    assertThat(configuration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
  }

  static List<String> uids(StreamGraph graph) {
    List<String> uids = new ArrayList<>();
    for (StreamNode node : graph.getStreamNodes()) {
      assertThat(node.getTransformationUID()).as("uid of %s", node).isNotNull();
      uids.add(node.getTransformationUID());
    }
    return uids;
  }

  /** The job as it runs live. A rebuild's own sources begin without state, whatever their uids. */
  static StreamGraph liveGraph() {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration());
    JobDefinition.assemble(
        JobDefinition.kafka(env, settings().bootstrapServers(), Map.of()),
        Optional.empty(),
        Policy.shipped(),
        LakeLayout.tables(),
        JobLauncher.catalogLoader("http://unused"),
        dev.tributary.runtime.lake.CutSettings.live(1, "unused"));
    return env.getStreamGraph(false);
  }

  private static Configuration configuration() {
    return JobLauncher.configuration(settings(), new StateDir(Path.of("unused")), 1);
  }

  private static JobSettings settings() {
    return JobSettings.live("unused:9092", "http://unused", Path.of("unused"));
  }
}
