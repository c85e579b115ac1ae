package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.AreaKind;
import dev.tributary.events.RegionLevel;
import java.util.List;

/**
 * A region.
 *
 * @param parent null for the country
 * @param adjacent counties that border on a county
 */
record Region(String id, String parent, RegionLevel level, AreaKind area, List<String> adjacent) {}
