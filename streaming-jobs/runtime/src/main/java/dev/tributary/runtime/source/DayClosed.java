package dev.tributary.runtime.source;

import java.time.LocalDate;

/**
 * A company's business day that is in effect as closed: it has passed, and so have those before.
 */
public record DayClosed(String company, LocalDate day) {}
