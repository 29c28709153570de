#include "sim/jobs/elastic_cells.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("elastic cells: least, devices and most are in order, whole, and the share is below 1",
          "[jobs]") {
  const auto wrong = [](const ElasticCells& cells) -> std::optional<JobRole> {
    const auto found = elastic_complaint(cells, 4);
    return found ? std::optional(found->first) : std::nullopt;
  };
  CHECK_FALSE(wrong({1, 8, 0.5}));
  CHECK_FALSE(wrong({4, 4, 0}));
  CHECK(wrong({0, 8, 0}) == JobRole::MinDevices);
  CHECK(wrong({5, 8, 0}) == JobRole::MinDevices);
  CHECK(wrong({1.5, 8, 0}) == JobRole::MinDevices);
  CHECK(wrong({1, 3, 0}) == JobRole::MaxDevices);
  CHECK(wrong({1, 8.5, 0}) == JobRole::MaxDevices);
  CHECK(wrong({1, 8, 1}) == JobRole::SerialShare);
}

}  // namespace
}  // namespace chokepoint
