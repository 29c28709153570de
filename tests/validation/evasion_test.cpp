// The shipped priors of diversion and renting: read with a shipped scenario, and about as large as
// public estimates.

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"

namespace chokepoint::validation {
namespace {

namespace fs = std::filesystem;

// h20_2025 with the ways around the rules opened.
World opened() {
  const fs::path file = fs::temp_directory_path() / "chokepoint_evasion.textproto";
  const fs::path shipped = fs::path(source_dir()) / "scenarios";
  const auto relative = [&](const char* name) {
    return fs::relative(shipped / name, fs::canonical(file.parent_path())).string();
  };
  std::ofstream(file) << "name: \"evasion\" question: \"What comes around the rules?\"\n"
                      << "base: \"" << relative("h20_2025.textproto") << "\"\n"
                      << "import: \"" << relative("catalog/evasion.textproto") << "\"\n"
                      << "set { path: \"market.diversion.enabled\" value: \"true\" }\n"
                      << "set { path: \"market.renting.enabled\" value: \"true\" }\n";
  Diagnostics found;
  const auto composed = compose(file, {}, true, found);
  auto world = composed ? read_world(*composed, found) : std::nullopt;
  fs::remove(file);
  std::ostringstream text;
  print(text, found, "evasion");
  INFO(text.str());
  REQUIRE(world);
  return *std::move(world);
}

TEST_CASE("evasion: a year of diversion is of the order of 140,000 packages",
          "[validation][evasion]") {
  const Diversion diversion = opened().market.diversion;
  double year = 0.0, seized = 0.0;
  for (int month = 0; month < 12; ++month) {
    const Date date = add_months(parse_date("2024-01-01").value(), month);
    for (const auto& flow : diverted(diversion, 100'000, diversion.premium.value, date)) {
      year += flow.diverted;
      seized += flow.seized;
    }
  }
  INFO("diverted " << year << ", seized " << seized);
  CHECK(year >= 10'000);  // The range of the estimate of CNAS.
  CHECK(year <= 400'000);
  CHECK(year == Approx(140'000).epsilon(0.1));
  CHECK(seized < 0.1 * year);
}

TEST_CASE("evasion: chips abroad are for rent as long as no rule closes them",
          "[validation][evasion]") {
  const World world = opened();
  const Party user{std::nullopt, Country("CN"), {}, {}};
  REQUIRE_FALSE(world.market.renting.offshore.empty());
  for (const OffshoreCapacity& capacity : world.market.renting.offshore) {
    const Item& item = world.device_items[capacity.device.value].item;
    INFO(capacity.name);
    const double units = rentable_units(capacity, world.market.renting, item, world.regime, user,
                                        parse_date("2026-01-01").value());
    CHECK(units == std::floor(capacity.units.value * world.market.renting.share.value));
  }
}

}  // namespace
}  // namespace chokepoint::validation
