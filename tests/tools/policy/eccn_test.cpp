#include "tools/policy/eccn.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

// Paragraphs of 3A090 that shipped rules name are asked for in tests/validation/policy_cases.csv.
TEST_CASE("ECCN: as its vendor gives it, of American chips alone", "[policy]") {
  const PolicyBook book = small_policy();
  const auto eccn = [&](const Subject& subject) {
    return eccn_text(check_shipment(book, subject, {}, day("2025-10-01")), book);
  };
  Subject big = small_subject(book, "west_big");
  CHECK(eccn(big).empty());  // No rule of this policy names 3A090.
  big.eccn = "4A090.a";
  CHECK(eccn(big) == "4A090.a, by its vendor's table");
  CHECK(eccn(changed(big, {{Attribute::Tpp, 100}})).empty());  // Another chip.
  Subject east = small_subject(book, "east_npu");
  east.eccn = "4A090.a";
  CHECK(eccn(east).empty());
  Subject stack = small_subject(book, "stack");
  stack.eccn = "4A090.a";
  CHECK(eccn(stack).empty());
}

}  // namespace
}  // namespace chokepoint
