#include "models/policy/attribute.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

TEST_CASE("attribute: each has a row with a field of its own, and words", "[policy][attribute]") {
  std::set<std::string> fields, names;
  for (const AttributeRow& row : attributes()) {
    CHECK(&row_of(row.attribute) == &row);
    CHECK(fields.insert(row.field).second);
    CHECK(names.insert(row.name).second);
    const bool says_yes_and_no = *row.yes != '\0' && *row.no != '\0';
    CHECK(says_yes_and_no == row.is_yes_no);
    if (row.statement.is_given()) CHECK(*row.statement.flag != '\0');
  }
}

TEST_CASE("attribute: nothing is known where nobody says, but what is assumed",
          "[policy][attribute]") {
  const Attributes known;
  for (const AttributeRow& row : attributes()) {
    const bool is_assumed = row.attribute == Attribute::DesignedForDatacenter;
    CHECK(known[row.attribute] == (is_assumed ? std::optional(1.0) : std::nullopt));
  }
}

TEST_CASE("attribute: bandwidths add up where both are known", "[policy][attribute]") {
  Attributes known;
  known.set(Attribute::MemoryBandwidth, 4000e9);
  CHECK_FALSE(known[Attribute::TotalBandwidth]);
  known.set(Attribute::IoBandwidth, 900e9);
  CHECK(known[Attribute::TotalBandwidth] == 4900e9);
}

TEST_CASE("attribute: density is stated by the die area, and goes with its score",
          "[policy][attribute]") {
  Attributes known;
  known.state(Attribute::PerformanceDensity, 600);
  CHECK_FALSE(known[Attribute::PerformanceDensity]);  // Of no score.
  known.state(Attribute::Tpp, 3000);
  known.state(Attribute::PerformanceDensity, 600);
  CHECK(known[Attribute::PerformanceDensity] == 5.0);
  known.state(Attribute::Tpp, 4000);
  CHECK_FALSE(known[Attribute::PerformanceDensity]);
}

TEST_CASE("attribute: a device has what its datasheet says", "[policy][attribute]") {
  DeviceSpec device = h20();
  device.process_node_nm = 4;
  device.transistors = 80e9;
  device.memory_kind = MemoryKind::Hbm;
  const Attributes known = attributes_of(device);
  CHECK(known[Attribute::Tpp] == 2368);
  CHECK(known[Attribute::MemoryBandwidth] == 4000e9);
  CHECK(known[Attribute::ProcessNode] == 4);
  CHECK(known[Attribute::Transistors] == 80e9);
  CHECK(known[Attribute::HasHbm] == 1.0);
  CHECK_FALSE(known[Attribute::Nonplanar]);
  CHECK_FALSE(attributes_of(DeviceSpec{})[Attribute::Tpp]);
}

}  // namespace
}  // namespace chokepoint
