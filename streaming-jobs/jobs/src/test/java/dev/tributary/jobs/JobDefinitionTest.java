package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDefinitionTest {

  @Test
  void whatTheJobSetsMakesCuts() {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration());

    define(env);

    assertThat(OperatorsTest.uids(env.getStreamGraph(false))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "execution.checkpointing.mode,                       AT_LEAST_ONCE, EXACTLY_ONCE",
    "execution.checkpointing.unaligned.enabled,          true,          false",
    "execution.checkpointing.aligned-checkpoint-timeout, 30 s,          PT0S",
    "execution.checkpointing.max-concurrent-checkpoints, 2,             1"
  })
  void aJobWhoseCheckpointsWouldMakeNoCutsDoesNotStart(String key, String set, String needed) {
    Configuration configuration = configuration();
    configuration.setString(key, set);

    assertThatThrownBy(() -> define(new StreamExecutionEnvironment(configuration)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(key, "needs it to be " + needed);
  }

  @Test
  void aJobWithoutCheckpointsDoesNotStart() {
    Configuration configuration = configuration();
    configuration.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);

    assertThatThrownBy(() -> define(new StreamExecutionEnvironment(configuration)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(CheckpointingOptions.CHECKPOINTING_INTERVAL.key());
  }

  private static Configuration configuration() {
    return JobDefinition.configuration(Mode.LIVE, 1, Duration.ofSeconds(2), "heap");
  }

  private static void define(StreamExecutionEnvironment env) {
    new JobDefinition(
            "unused:9092", JobLauncher.catalogLoader("http://unused"), Mode.LIVE, Policy.shipped())
        .define(env, null, 1);
  }
}
