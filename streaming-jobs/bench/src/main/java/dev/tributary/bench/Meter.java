package dev.tributary.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Measures what this process uses: every thread of it, so the collector's and the compiler's. */
final class Meter {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /** Processor time the idle process uses per time that passes. */
  private final double idle;

  private Meter(double idle) {
    this.idle = idle;
  }

  /**
   * A meter that leaves out what the process uses while nothing is asked of it: the least of
   * several stretches, because what earlier work left to the compiler and to the broker is not
   * idling.
   */
  static Meter afterIdling(int stretches, Duration each) throws InterruptedException {
    Meter everything = new Meter(0);
    double least = Double.MAX_VALUE;
    for (int i = 0; i < stretches; i++) {
      Running idling = everything.begin();
      Thread.sleep(each);
      Cost cost = idling.end();
      least = Math.min(least, (double) cost.cpuNanos() / cost.wallNanos());
    }
    return new Meter(least);
  }

  /** Share of one processor that the idle process uses. */
  double idle() {
    return idle;
  }

  /** Clears the heap of what earlier work left and begins. */
  Running begin() {
    System.gc();
    return new Running();
  }

  /** A measurement that has begun. */
  final class Running {
    private final long wall = System.nanoTime();
    private final long cpu = PROCESS.getProcessCpuTime();
    private final long allocated = THREADS.getTotalThreadAllocatedBytes();

    Cost end() {
      long wallNanos = System.nanoTime() - wall;
      return new Cost(
          wallNanos,
          PROCESS.getProcessCpuTime() - cpu - Math.round(idle * wallNanos),
          THREADS.getTotalThreadAllocatedBytes() - allocated);
    }
  }
}
