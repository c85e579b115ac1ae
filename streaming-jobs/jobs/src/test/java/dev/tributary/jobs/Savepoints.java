package dev.tributary.jobs;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;

/** Savepoints as files: packed, unpacked, and the names of what is in them. */
final class Savepoints {

  private Savepoints() {}

  /** Packs a savepoint's files, which name each other without saying where they lie. */
  static void pack(Path savepoint, Path zip) throws IOException {
    try (Stream<Path> files = Files.list(savepoint);
        OutputStream target = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(target)) {
      for (Path file : files.sorted().toList()) {
        ZipEntry entry = new ZipEntry(file.getFileName().toString());
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        packed.putNextEntry(entry);
        Files.copy(file, packed);
      }
    }
  }

  /** Unpacks a savepoint into a directory. */
  static Path unpack(InputStream zip, Path savepoint) throws IOException {
    Files.createDirectories(savepoint);
    try (ZipInputStream packed = new ZipInputStream(zip)) {
      for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
        Files.copy(packed, savepoint.resolve(Path.of(entry.getName()).getFileName()));
      }
    }
    return savepoint;
  }

  /** The names of the states that a canonical savepoint holds, by the uid of their operator. */
  static SortedMap<String, SortedSet<String>> stateNames(Path savepoint) throws IOException {
    SortedMap<String, SortedSet<String>> names = new TreeMap<>();
    for (OperatorState operator : read(savepoint).getOperatorStates()) {
      SortedSet<String> ofOperator =
          names.computeIfAbsent(operator.getOperatorUid().orElseThrow(), uid -> new TreeSet<>());
      for (OperatorSubtaskState subtask : operator.getStates()) {
        for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
          ofOperator.addAll(handle.getStateNameToPartitionOffsets().keySet());
        }
        for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
          ofOperator.addAll(keyedNames((KeyGroupsStateHandle) handle));
        }
      }
    }
    return names;
  }

  private static CheckpointMetadata read(Path savepoint) throws IOException {
    try (DataInputStream metadata =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(savepoint.resolve("_metadata"))))) {
      return Checkpoints.loadCheckpointMetadata(
          metadata, Savepoints.class.getClassLoader(), savepoint.toUri().toString());
    }
  }

  private static List<String> keyedNames(KeyGroupsStateHandle handle) throws IOException {
    try (FSDataInputStream stream = handle.openInputStream()) {
      KeyedBackendSerializationProxy<?> header =
          new KeyedBackendSerializationProxy<>(Savepoints.class.getClassLoader());
      header.read(new DataInputViewStreamWrapper(stream));
      return header.getStateMetaInfoSnapshots().stream().map(state -> state.getName()).toList();
    }
  }
}
