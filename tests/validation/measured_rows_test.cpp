// The published results that ship: each row joins the catalogue and says where it is from.

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"
#include "tests/validation/figures.hpp"

namespace chokepoint::validation {
namespace {

namespace fs = std::filesystem;

fs::path measured(const std::string& name) {
  return fs::path(source_dir()) / "scenarios/measured" / name;
}

struct Names {
  std::set<std::string> devices;
  std::set<std::string> transformers;
};

Names names_of_catalog() {
  Diagnostics found;
  const auto composed =
      compose(fs::path(source_dir()) / "scenarios/catalog/catalog.textproto", {}, false, found);
  REQUIRE(composed);
  const auto world = read_catalog(*composed, found);
  REQUIRE(world);
  Names names;
  for (const DeviceSpec& device : world->devices) names.devices.insert(device.name);
  for (const Transformer& model : world->transformers) names.transformers.insert(model.name);
  return names;
}

std::set<std::string> sources() {
  std::set<std::string> keys;
  for (const Row& row : rows_of(measured("sources.csv"))) {
    CHECK(keys.insert(row.at("key")).second);
    CHECK_FALSE(row.at("address").empty());
    CHECK_FALSE(row.at("licence").empty());
  }
  return keys;
}

// Devices of one engine: every rank of tensor, pipeline and data parallelism.
double ranks(const Row& row) {
  return number_in(row, "tp").value_or(1.0) * number_in(row, "pp").value_or(1.0) *
         number_in(row, "attention_dp").value_or(1.0);
}

TEST_CASE("measured rows: devices, models and sources are known", "[validation][measured]") {
  const Names names = names_of_catalog();
  const auto keys = sources();
  for (const std::string file : {"serving.csv", "vllm_ascend.csv"}) {
    std::set<std::string> ids;
    for (const Row& row : rows_of(measured(file))) {
      INFO(file << ": " << row.at("id"));
      CHECK(ids.insert(row.at("id")).second);
      CHECK(names.transformers.count(row.at("model_id")) == 1);
      CHECK(keys.count(row.at("source")) == 1);
      if (row.at("chip_id").empty()) CHECK_FALSE(row.at("left_out").empty());
      if (!row.at("chip_id").empty()) CHECK(names.devices.count(row.at("chip_id")) == 1);
      CHECK(number_in(row, "value").value_or(0.0) > 0.0);
    }
  }
}

TEST_CASE("measured rows: a usable row says what a prediction needs", "[validation][measured]") {
  int usable = 0;
  for (const std::string file : {"serving.csv", "vllm_ascend.csv"}) {
    for (const Row& row : rows_of(measured(file))) {
      if (!row.at("left_out").empty()) continue;
      INFO(file << ": " << row.at("id"));
      ++usable;
      CHECK(number_in(row, "isl").value_or(0.0) > 0.0);
      CHECK(number_in(row, "osl").value_or(0.0) > 0.0);
      CHECK_FALSE(row.at("precision").empty());
      CHECK_FALSE(row.at("framework").empty());
      CHECK_FALSE(row.at("concurrency_or_batch").empty());
      CHECK(number_in(row, "engine_devices").value_or(0.0) > 0.0);
    }
  }
  CHECK(usable == 1656 + 26);
}

TEST_CASE("measured rows: the ranks of an engine are its devices", "[validation][measured]") {
  for (const Row& row : rows_of(measured("vllm_ascend.csv"))) {
    if (row.at("tp").empty()) continue;
    INFO(row.at("id"));
    CHECK(ranks(row) == number_in(row, "engine_devices").value_or(0.0));
  }
}

}  // namespace
}  // namespace chokepoint::validation
