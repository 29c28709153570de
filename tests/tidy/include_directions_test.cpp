// Checks that the source tree keeps its layers. The compiler cannot: every header of every layer is
// reachable from the repository root, and <simgrid/...> from /usr/include.

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace chokepoint::tidy {
namespace {

struct Layer {
  std::string folder;
  std::vector<std::string> may_include;  // Prefixes, beyond the standard library and POSIX.
};

// Deepest folder first: a file belongs to the first layer that it lies in.
const std::vector<Layer> kLayers = {
    {"models/hardware/", {"models/units", "models/ids", "models/sourced", "models/hardware/"}},
    {"models/software/",
     {"models/units", "models/ids", "models/sourced", "models/curve", "models/hardware/",
      "models/software/"}},
    {"models/workload/",
     {"models/units", "models/ids", "models/sourced", "models/calendar", "models/curve",
      "models/random", "models/hardware/", "models/software/", "models/workload/"}},
    {"models/network/",
     {"models/units", "models/ids", "models/sourced", "models/hardware/", "models/network/",
      "boost/graph/", "boost/property_map/"}},
    {"models/performance/",
     {"models/units", "models/ids", "models/sourced", "models/hardware/", "models/software/",
      "models/workload/", "models/network/", "models/performance/"}},
    {"models/serving/",
     {"models/units", "models/ids", "models/random", "models/hardware/", "models/workload/",
      "models/performance/", "models/serving/"}},
    {"models/cluster/",
     {"models/units", "models/ids", "models/sourced", "models/calendar", "models/random",
      "models/hardware/", "models/performance/", "models/network/", "models/training/run/",
      "models/cluster/", "boost/math/"}},
    {"models/graph/", {"models/units", "models/graph/", "boost/graph/"}},
    {"models/policy/",
     {"models/units", "models/ids", "models/sourced", "models/calendar", "models/random",
      "models/hardware/", "models/policy/", "boost/graph/", "boost/property_map/"}},
    {"models/supply/",
     {"models/units", "models/ids", "models/sourced", "models/calendar", "models/curve",
      "models/supply/", "boost/graph/", "boost/property_map/"}},
    {"models/market/",
     {"models/units", "models/ids", "models/sourced", "models/calendar", "models/hardware/",
      "models/performance/", "models/software/", "models/policy/", "models/supply/", "models/curve",
      "models/market/"}},
    {"models/ecosystem/",
     {"models/units", "models/ids", "models/sourced", "models/calendar", "models/curve",
      "models/hardware/", "models/software/", "models/workload/", "models/performance/",
      "models/market/", "models/ecosystem/"}},
    {"models/scoring/",
     {"models/units", "models/ids", "models/sourced", "models/calendar", "models/ecosystem/",
      "models/scoring/", "boost/math/"}},
    {"models/", {"models/", "boost/math/", "boost/random/"}},
    {"sim/files/", {"sim/files/"}},
    {"sim/trace/",
     {"sim/trace/", "sim/files/", "models/", "chokepoint/", "perfetto/", "google/protobuf/"}},
    {"sim/scenario/text/",
     {"sim/scenario/text/", "sim/files/", "models/", "chokepoint/", "google/protobuf/"}},
    {"sim/scenario/compose/",
     {"sim/scenario/text/", "sim/scenario/compose/", "models/", "chokepoint/", "google/protobuf/"}},
    {"sim/scenario/reading/",
     {"sim/scenario/text/", "sim/scenario/compose/", "sim/scenario/reading/", "models/",
      "chokepoint/", "google/protobuf/"}},
    {"sim/scenario/", {"sim/scenario/", "models/", "chokepoint/", "google/protobuf/"}},
    {"sim/engine/kernel/",
     {"sim/engine/kernel/", "sim/trace/event", "sim/trace/sink.hpp", "models/", "simgrid/",
      "xbt/"}},
    {"sim/engine/government/",
     {"sim/engine/kernel/", "sim/engine/government/", "sim/trace/event", "sim/trace/sink.hpp",
      "models/"}},
    {"sim/engine/datacenter/",
     {"sim/engine/kernel/", "sim/engine/datacenter/", "sim/trace/event", "sim/trace/sink.hpp",
      "models/"}},
    {"sim/engine/trade/",
     {"sim/engine/kernel/", "sim/engine/government/", "sim/engine/datacenter/", "sim/engine/trade/",
      "sim/trace/event", "sim/trace/sink.hpp", "models/"}},
    {"sim/engine/economy/",
     {"sim/engine/kernel/", "sim/engine/government/", "sim/engine/datacenter/", "sim/engine/trade/",
      "sim/engine/economy/", "sim/trace/event", "sim/trace/sink.hpp", "models/"}},
    {"sim/engine/",
     {"sim/engine/", "sim/trace/event", "sim/trace/sink.hpp", "models/", "simgrid/"}},
    {"sim/network/",
     {"sim/network/", "sim/engine/kernel/configure_simgrid.hpp", "models/", "simgrid/"}},
    {"sim/serving/",
     {"sim/serving/", "sim/network/lane_platform.hpp", "sim/engine/kernel/configure_simgrid.hpp",
      "models/", "simgrid/"}},
    {"sim/zoom/",
     {"sim/zoom/", "sim/engine/site_watch.hpp", "sim/scenario/", "models/", "chokepoint/",
      "google/protobuf/"}},
    {"sim/indicators/",
     {"sim/indicators/", "sim/trace/counter_names.hpp", "sim/trace/event", "sim/trace/naming.hpp",
      "sim/trace/nanoseconds.hpp", "sim/trace/sink.hpp", "models/"}},
    {"sim/logs/", {"sim/logs/", "sim/files/", "sim/scenario/text/", "models/", "boost/iostreams/"}},
    {"sim/graph/", {"sim/graph/", "sim/scenario/text/", "models/", "chakra/", "google/protobuf/"}},
    {"sim/jobs/", {"sim/jobs/", "sim/logs/", "sim/scenario/text/", "models/"}},
    {"sim/measure/logs/",
     {"sim/measure/", "sim/scenario/text/", "models/", "chokepoint/", "google/protobuf/"}},
    {"sim/measure/", {"sim/measure/", "models/", "ceres/"}},
    {"sim/sweep/",
     {"sim/sweep/", "sim/scenario/", "sim/engine/engine.hpp", "sim/trace/", "sim/indicators/",
      "boost/", "models/", "chokepoint/", "google/protobuf/"}},
    {"sim/study/causes/",
     {"sim/study/causes/", "sim/scenario/", "sim/engine/", "sim/trace/", "sim/indicators/",
      "sim/sweep/", "models/", "chokepoint/", "google/protobuf/"}},
    {"sim/study/forecast/",
     {"sim/study/forecast/", "sim/scenario/", "sim/indicators/", "sim/sweep/", "models/",
      "chokepoint/", "nlopt.hpp"}},
    {"tools/print/", {"tools/print/", "sim/scenario/text/", "models/", "google/protobuf/", "fmt/"}},
    {"tools/console/",
     {"tools/console/", "tools/print/", "sim/files/", "sim/trace/", "sim/scenario/", "models/",
      "chokepoint/", "google/protobuf/", "fmt/"}},
    {"tools/export/",
     {"tools/export/", "tools/console/", "tools/print/", "sim/trace/", "sim/indicators/",
      "sim/sweep/", "sim/scenario/", "sim/graph/", "models/", "chokepoint/", "google/protobuf/",
      "fmt/"}},
    {"tools/catalog/",
     {"tools/catalog/", "tools/print/", "models/", "chokepoint/", "google/protobuf/", "fmt/"}},
    {"tools/policy/",
     {"tools/policy/", "tools/print/", "sim/scenario/", "models/", "chokepoint/",
      "google/protobuf/", "fmt/"}},
    {"tools/estimate/",
     {"tools/estimate/", "tools/print/", "tools/report/", "sim/measure/", "sim/scenario/",
      "models/", "chokepoint/", "google/protobuf/", "fmt/"}},
    {"tools/fleet/",
     {"tools/fleet/", "tools/estimate/", "tools/console/", "tools/print/", "sim/files/",
      "sim/logs/", "sim/scenario/", "sim/trace/", "models/", "chokepoint/", "google/protobuf/",
      "fmt/"}},
    {"tools/zoom/",
     {"tools/zoom/", "tools/print/", "sim/engine/site_watch.hpp", "sim/scenario/", "sim/zoom/",
      "models/", "google/protobuf/", "fmt/"}},
    {"tools/sweep/",
     {"tools/sweep/", "tools/export/sqlite_export.hpp", "tools/console/", "tools/report/",
      "tools/print/", "sim/files/", "sim/logs/csv_line.hpp", "sim/scenario/", "sim/indicators/",
      "sim/sweep/", "sim/study/forecast/", "models/", "chokepoint/", "fmt/"}},
    {"tools/network/",
     {"tools/network/", "tools/fleet/cluster.hpp", "tools/print/", "sim/measure/measured_table.hpp",
      "sim/network/flow_player.hpp", "sim/scenario/", "models/", "fmt/"}},
    {"tools/graph/",
     {"tools/graph/", "tools/fleet/", "tools/estimate/", "tools/print/", "sim/files/", "sim/graph/",
      "sim/measure/", "sim/scenario/", "models/", "fmt/"}},
    {"tools/jobs/",
     {"tools/jobs/", "tools/graph/", "tools/fleet/", "tools/estimate/", "tools/console/",
      "tools/print/", "sim/jobs/", "sim/trace/", "sim/measure/", "sim/scenario/", "models/",
      "fmt/"}},
    {"tools/report/",
     {"tools/report/", "tools/print/", "models/", "sim/trace/", "sim/indicators/", "sim/measure/",
      "sim/study/", "sim/sweep/", "sim/scenario/", "sim/files/", "chokepoint/", "google/protobuf/",
      "fmt/"}},
    {"tools/page/",
     {"tools/page/", "tools/console/", "tools/report/", "tools/print/", "models/", "sim/trace/",
      "sim/indicators/", "sim/measure/", "sim/study/", "sim/sweep/", "sim/scenario/", "sim/files/",
      "chokepoint/", "fmt/"}},
    {"tools/", {"tools/", "sim/", "models/", "chokepoint/", "google/protobuf/", "fmt/", "CLI/"}},
};

// The standard library ("vector") and POSIX ("unistd.h", "sys/wait.h").
bool is_system(const std::string& header) {
  static const std::regex standard(R"([a-z_0-9]+)");
  static const std::regex posix(R"((sys/)?[a-z_0-9]+\.h)");
  return std::regex_match(header, standard) || std::regex_match(header, posix);
}

const Layer* layer_of(const std::string& file) {
  for (const auto& layer : kLayers) {
    if (file.rfind(layer.folder, 0) == 0) return &layer;
  }
  return nullptr;
}

bool may_include(const Layer& layer, const std::string& header) {
  return is_system(header) ||
         std::any_of(layer.may_include.begin(), layer.may_include.end(),
                     [&](const std::string& prefix) { return header.rfind(prefix, 0) == 0; });
}

std::vector<std::string> violations_in(const std::string& file) {
  static const std::regex include(R"(^\s*#include\s*[<"]([^>"]+)[>"])");
  const Layer* layer = layer_of(file);
  std::vector<std::string> found;
  int number = 0;
  for (const auto& line : lines_of(file)) {
    ++number;
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string header = match[1];
    const bool cli_outside = header.rfind("CLI/", 0) == 0 && file.rfind("tools/commands/", 0) != 0;
    if (layer == nullptr || !may_include(*layer, header) || cli_outside) {
      found.push_back(file + ":" + std::to_string(number) + ": may not include " + header);
    }
  }
  return found;
}

TEST_CASE("tidy: every layer includes only what it may", "[tidy]") {
  for (const std::string folder : {"models", "sim", "tools"}) {
    for (const auto& file : files_below(folder, {".hpp", ".cpp"})) {
      for (const auto& violation : violations_in(file)) FAIL_CHECK(violation);
    }
  }
}

// The check above is worth what its table is: two sentences that must be false.
TEST_CASE("tidy: the include table forbids what it should", "[tidy]") {
  CHECK_FALSE(may_include(*layer_of("models/policy/rule.cpp"), "simgrid/s4u.hpp"));
  CHECK_FALSE(may_include(*layer_of("sim/engine/trade/market.cpp"), "google/protobuf/message.h"));
  CHECK_FALSE(may_include(*layer_of("models/hardware/device.cpp"), "models/policy/rule.hpp"));
  CHECK_FALSE(may_include(*layer_of("sim/indicators/yearly.cpp"), "fmt/format.h"));
  CHECK_FALSE(may_include(*layer_of("sim/indicators/yearly.cpp"), "sim/sweep/replicas.hpp"));
  CHECK_FALSE(may_include(*layer_of("sim/study/causes/bindings.cpp"), "tools/print/json.hpp"));
  CHECK(may_include(*layer_of("models/network/topology.cpp"), "boost/graph/adjacency_list.hpp"));
}

}  // namespace
}  // namespace chokepoint::tidy
