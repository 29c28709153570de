#pragma once

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"
#include "tools/catalog/entries.hpp"

namespace chokepoint {

/// tests/sim/scenario/small.textproto as a catalogue, with `more` merged into its first device.
inline Catalog small_catalog(const std::string& more = "") {
  std::ifstream in(source_dir() + "/tests/sim/scenario/small.textproto");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  chokepoint::v1::Scenario scenario;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &scenario));
  google::protobuf::TextFormat::Parser parser;
  REQUIRE(parser.MergeFromString(more, scenario.mutable_devices(0)));
  Diagnostics found;
  auto world = read_catalog(composed_from(scenario, "small"), found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(world);
  return {scenario, std::move(*world)};
}

}  // namespace chokepoint
