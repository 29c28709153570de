#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

void read_network(Reading& reading) {
  for (const auto& exchange : reading.scenario.exchanges()) {
    reading.world.exchanges.push_back(exchange.name());
  }
  for (const Cursor& at : reading.root.children("links")) {
    const auto& in = as<pb::Link>(at);
    const auto a = reading.places.resolve(at, "a", in.a());
    const auto b = reading.places.resolve(at, "b", in.b());
    if (a && b && *a == *b) {
      at.error("b", concat("link from ", in_quotes(in.a()), " to itself"),
               "join two different places");
    }
    LinkSpec out{in.name(), a.value_or(PlaceId{}), b.value_or(PlaceId{}), {}, {}};
    out.bandwidth = read_required<BytesPerSecond>(reading, at, "bandwidth_gbit_s", kGbitPerSecond);
    out.latency = read_required<Seconds>(reading, at, "latency_ms", kMilliseconds);
    if (a && b && *a != *b && out.bandwidth.input && out.latency.input) {
      reading.sound_links.push_back(out);
    }
    reading.world.links.push_back(std::move(out));
  }
}

}  // namespace chokepoint
