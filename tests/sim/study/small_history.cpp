#include "tests/sim/study/small_history.hpp"

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <utility>

#include "sim/sweep/information_set.hpp"
#include "tests/paths.hpp"

namespace chokepoint {

namespace {

std::string file_text(const std::string& file) {
  std::ifstream in(source_dir() + "/tests/sim/scenario/" + file);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string quarter(const std::string& name, const std::string& begin, const std::string& end,
                    int units, const std::string& use) {
  return "observations { name: \"" + name + "\" begin: \"" + begin + "\" end: \"" + end +
         "\" use: " + use + " value { value: " + std::to_string(units) +
         " source: \"sheet\" confidence: OFFICIAL } } ";
}

std::string quarters() {
  return "observation_series { name: \"east_units\" counted_as: UNITS_DELIVERED "
         "counted { devices: \"east_npu\" } unit: \"packages\" scale: 100 " +
         quarter("Q1", "2025-01-01", "2025-04-01", 1'300, "CALIBRATE") +
         quarter("Q2", "2025-04-01", "2025-07-01", 400, "CALIBRATE") +
         quarter("Q3", "2025-07-01", "2025-10-01", 700, "VALIDATE") +
         quarter("Q4", "2025-10-01", "2026-01-01", 900, "VALIDATE") + "} ";
}

}  // namespace

Composed small_history_with(const std::string& text) {
  pb::Scenario scenario;
  const std::string all = file_text("small.textproto") + file_text("economy.textproto") + text;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(all, &scenario));
  scenario.clear_training_jobs();  // They take time and nobody looks at them.
  scenario.clear_services();
  scenario.clear_observation_series();
  google::protobuf::TextFormat::MergeFromString(quarters(), &scenario);
  auto& stock = *scenario.mutable_supplies(1)->mutable_stock_units();
  stock.set_value(1'000.0);
  stock.set_low(100.0);
  stock.set_high(10'000.0);
  stock.set_source("guess");
  stock.set_confidence(pb::ESTIMATED);
  return composed_from(std::move(scenario), "small_history.textproto");
}

Composed small_history() {
  return small_history_with("");
}

World small_history_world() {
  return world_from(small_history(), {});
}

}  // namespace chokepoint
