// The score that the rules look at, for every device of the catalogue, against tables of others.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "models/hardware/device.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"
#include "tests/validation/figures.hpp"

namespace chokepoint::validation {
namespace {

constexpr double kTppTolerance = 0.001;

// Devices whose published TPP is not what their peaks give, and why.
const std::map<std::string, std::string> kPublishedElse = {
    {"hw_ascend_950pr_pcie", "6,244 is the FP4 headline x 4; the BF16 headline x 16 is more"},
    {"hw_ascend_950pr", "8,000 is the keynote's 1 PFLOPS FP8; the white paper gives 2.8 % less"},
    {"hw_ascend_950dt", "8,000 is the keynote's 1 PFLOPS FP8; the white paper gives 2.8 % less"},
    {"ix_bi_v100", "2,352 is FP16 x 16; INT8 of 295 x 8 is 0.3 % more"},
};

// Devices whose TPP differs from the table's, and why.
const std::map<std::string, std::string> kTableElse = {
    {"ef_t20", "the table leaves TF32 out: 160 x 19 bits is more than 160 x 16"},
};

// Devices of the catalogue that the table does not score.
const std::set<std::string> kNotInTable = {
    "nv_h100_96_500w", "nv_gh200",           "nv_gb300",           "nv_l4",           "nv_rtx5090",
    "nv_rtx_pro_6000", "nv_rtx_pro_6000_ws", "nv_rtx3090",         "nv_a10",          "nv_t4",
    "nv_v100_16",      "nv_v100_32",         "nv_p100_16",         "nv_h100_pcie",    "amd_mi325x",
    "amd_mi350x",      "amd_mi355x",         "hw_ascend_910c_die", "hw_ascend_960pr", "nv_gb10",
    "nv_h200_nvl"};

World catalog() {
  Diagnostics found;
  const auto file = std::filesystem::path(source_dir()) / "scenarios/catalog/catalog.textproto";
  const auto composed = compose(file, {}, false, found);
  std::ostringstream text;
  print(text, found, "catalog.textproto");
  INFO(text.str());
  REQUIRE(composed);
  auto world = read_catalog(*composed, found);
  print(text, found, "catalog.textproto");
  INFO(text.str());
  REQUIRE(world);
  return *std::move(world);
}

std::map<std::string, DeviceSpec> devices_by_name(const World& world) {
  std::map<std::string, DeviceSpec> devices;
  for (const auto& device : world.devices) devices[device.name] = device;
  return devices;
}

// Half a unit in the last printed digit of `text`.
double half_last_digit(const std::string& text) {
  const auto point = text.find('.');
  const auto digits = point == std::string::npos ? 0 : text.size() - point - 1;
  return 0.5 * std::pow(10.0, -static_cast<double>(digits));
}

bool agree(double predicted, double measured, double rounding) {
  return std::abs(predicted - measured) <= kTppTolerance * measured + rounding;
}

TEST_CASE("TPP: the catalogue's devices are the table's and those named here",
          "[validation][tpp]") {
  const auto devices = devices_by_name(catalog());
  std::set<std::string> missing;
  for (const auto& entry : devices) missing.insert(entry.first);
  for (const auto& row : rows_of(beside_tests("tpp.csv"))) {
    INFO(row.at("device"));
    CHECK(missing.erase(row.at("device")) == 1);
  }
  CHECK(missing == kNotInTable);
}

TEST_CASE("TPP: computed scores are the table's within 0.1 %", "[validation][tpp]") {
  const auto devices = devices_by_name(catalog());
  for (const auto& row : rows_of(beside_tests("tpp.csv"))) {
    const std::string& name = row.at("device");
    const double predicted = tpp(devices.at(name).peaks);
    const double measured = number_in(row, "tpp").value();
    INFO(name << ": predicted " << predicted << ", table " << measured << ", ratio "
              << predicted / measured);
    CHECK(agree(predicted, measured, 0.0) == (kTableElse.count(name) == 0));
  }
}

TEST_CASE("TPP: computed densities are the table's within 0.1 %", "[validation][tpp]") {
  const auto devices = devices_by_name(catalog());
  int compared = 0;
  for (const auto& row : rows_of(beside_tests("tpp.csv"))) {
    const std::string& name = row.at("device");
    const auto predicted = performance_density(devices.at(name));
    const auto measured = number_in(row, "performance_density");
    INFO(name);
    REQUIRE(predicted.has_value() == measured.has_value());  // A die area for both, or for none.
    if (!predicted) continue;
    ++compared;
    INFO("predicted " << *predicted << ", table " << *measured << ", ratio "
                      << *predicted / *measured);
    CHECK(agree(*predicted, *measured, half_last_digit(row.at("performance_density"))));
  }
  CHECK(compared > 30);
}

TEST_CASE("TPP: computed scores are those published, but for what is listed", "[validation][tpp]") {
  const auto devices = devices_by_name(catalog());
  for (const auto& row : rows_of(beside_tests("tpp.csv"))) {
    const std::string& name = row.at("device");
    const DeviceSpec& device = devices.at(name);
    const auto published = number_in(row, "published_tpp");
    INFO(name);
    REQUIRE(device.published_tpp.has_value() == published.has_value());
    if (!published) continue;
    const double predicted = tpp(device.peaks);
    INFO("predicted " << predicted << ", published " << *published << ", ratio "
                      << predicted / *published);
    CHECK(*device.published_tpp == Approx(*published));
    CHECK(agree(predicted, *published, 0.0) == (kPublishedElse.count(name) == 0));

    const auto density = number_in(row, "published_performance_density");
    if (!density) continue;
    CHECK(agree(performance_density(device).value(), *density,
                half_last_digit(row.at("published_performance_density"))));
  }
}

TEST_CASE("TPP: the parts designed to the line of October 2023 stay below it",
          "[validation][tpp]") {
  const auto devices = devices_by_name(catalog());
  for (const std::string name : {"nv_h20_96", "nv_l20", "nv_l2", "nv_rtx_pro_6000d"}) {
    const DeviceSpec& device = devices.at(name);
    INFO(name << ": TPP " << tpp(device.peaks) << ", density "
              << performance_density(device).value());
    CHECK(tpp(device.peaks) < 2400.0);
    CHECK((tpp(device.peaks) < 1600.0 || performance_density(device).value() < 3.2));
  }
  CHECK(tpp(devices.at("nv_rtx4090d").peaks) < 4800.0);
  CHECK(tpp(devices.at("nv_rtx4090").peaks) >= 4800.0);
}

}  // namespace
}  // namespace chokepoint::validation
