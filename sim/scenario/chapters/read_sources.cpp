#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"

namespace chokepoint {

void read_sources(Reading& reading) {
  for (const Cursor& at : reading.root.children("sources")) {
    const auto& in = as<pb::Source>(at);
    require_text(at, "what", in.what(), "say in a sentence what the source is");
    require_text(at, "location", in.location(), "a URL, a DOI, or \"-\" for what is recalled");
    read_enum_number(at, "confidence", true);
    reading.world.sources.push_back(in.name());
  }
}

}  // namespace chokepoint
