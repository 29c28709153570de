#include "sim/scenario/chapters/read_sources.hpp"

#include "sim/scenario/reading/read_field.hpp"

namespace chokepoint {

void read_sources(Reading& reading) {
  for (int i = 0; i < reading.scenario.sources_size(); ++i) {
    const auto& in = reading.scenario.sources(i);
    const Cursor at = reading.root.child("sources", i);
    require_text(at, "what", in.what(), "say in a sentence what the source is");
    require_text(at, "location", in.location(), "a URL, a DOI, or \"-\" for what is recalled");
    read_enum_number(at, "confidence", true);
    reading.world.sources.push_back(in.name());
  }
}

}  // namespace chokepoint
