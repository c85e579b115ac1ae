package dev.tributary.domain.attribution;

/** What a conversion looks back at. */
public sealed interface Trace extends AttributionEvent permits Touch, MilestoneReached {}
