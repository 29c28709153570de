#include "tools/policy/variant.hpp"

#include <catch2/catch.hpp>

#include "tests/paths.hpp"
#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

PolicyBook shipped_policy() {
  Diagnostics found;
  auto book = read_policy_book(source_dir() + "/scenarios/policy/policy.textproto", found);
  REQUIRE(book);
  return std::move(*book);
}

TEST_CASE("policy variant: without knobs there is nothing to turn", "[policy]") {
  const PolicyBook book = small_policy();
  CHECK_FALSE(best_legal_variant(book, OrgId{0}, {}, day("2025-10-01")));
  CHECK(legal_variants(with_and_without(book, "us_memory"), {}, day("2025-10-01")).empty());
  CHECK(variants_text({}).empty());
}

// The letter caught the H20: what Nvidia may still make is worth less, and stays below its line.
TEST_CASE("policy variant: a rule never leaves a vendor more", "[policy]") {
  const auto pair = with_and_without(shipped_policy(), "us_2025_04_09_bandwidth_letter");
  const auto rows = legal_variants(pair, {}, day("2025-06-01"));
  REQUIRE_FALSE(rows.empty());
  for (const VariantRow& row : rows) {
    INFO(row.vendor);
    if (!row.with) continue;
    REQUIRE(row.without);
    CHECK(row.with->variant.value <= row.without->variant.value);
    CHECK(value_of(Attribute::MemoryBandwidth, row.with->variant.item) < 1400e9);
  }
  const std::string text = variants_text(rows);
  CHECK(has(text, "nvidia"));
  CHECK(has(variants_json(rows).text(), "\"value_retained\": "));
}

}  // namespace
}  // namespace chokepoint
