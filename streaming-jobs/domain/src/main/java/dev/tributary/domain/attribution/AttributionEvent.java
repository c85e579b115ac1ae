package dev.tributary.domain.attribution;

/** What a customer did, or was done to, that says who earned a sale. */
public sealed interface AttributionEvent
    permits Trace, ConversionMade, ConversionRevalued, ConversionReduced, ConversionCancelled {}
