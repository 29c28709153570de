// What was in fact sold, refused, licensed or withdrawn, and when, against what the rules say.
//
// Each row of policy_outcomes.csv rests on a public statement, not on anybody's reading of
// thresholds. `documented` is FREE, RESTRICTED (something other than free: the statement does not
// tell under which policy), or the verdict that the statement names. Rows that say why they are not
// graded are printed with our answer and decide nothing.

#include <catch2/catch.hpp>
#include <iostream>
#include <map>

#include "tests/validation/figures.hpp"
#include "tests/validation/policy_world.hpp"

namespace chokepoint::validation {
namespace {

// The goods of a row: a chip, or the category that the row names. A die is made in Taiwan.
Shipment goods_of(const Row& row) {
  const std::string& kind = row.at("kind");
  Item item = item_called(row.at("item")).item;
  if (kind != "foundry") return shipment_of(item, Country(row.at("to")), Country(row.at("to")));
  const OrgId foundry = org_called("tsmc");
  item.category = Category::Foundry;
  item.vendor = foundry;
  item.vendor_headquarters = policy_world().orgs[foundry.value].headquarters;
  Shipment shipment = shipment_of(item, Country(row.at("to")), Country(row.at("to")));
  shipment.packaged_in = item.vendor_headquarters;
  return shipment;
}

Party buyer_of(const Row& row) {
  const World& world = policy_world();
  if (!row.at("buyer").empty()) return world.party(org_called(row.at("buyer")));
  Party buyer;
  buyer.headquarters = Country(row.at("to"));
  buyer.parent_headquarters = Country(row.at("headquarters"));
  for (std::uint32_t i = 0; i < world.buyer_classes.size(); ++i) {
    if (world.buyer_classes[i] == row.at("class")) buyer.classes.push_back(BuyerClassId{i});
  }
  return buyer;
}

std::string answer_to_outcome(const Row& row) {
  Shipment shipment = goods_of(row);
  shipment.buyer = buyer_of(row);
  const Date date = parse_date(row.at("on")).value();
  const Verdict verdict =
      policy_world().regime.judge(Country(row.at("government")), shipment, date).verdict;
  const std::string& documented = row.at("documented");
  const bool any_restriction = documented == "RESTRICTED" && verdict != Verdict::Free;
  return any_restriction ? documented : word_of(verdict);
}

TEST_CASE("policy outcomes: the rules say what was documented to happen", "[validation][policy]") {
  std::size_t graded = 0;
  for (const Row& row : rows_of(beside_tests("policy_outcomes.csv"))) {
    INFO(row.at("id") << " " << row.at("chip") << " to " << row.at("to") << " on " << row.at("on")
                      << ": " << row.at("statement") << " (" << row.at("source") << ")");
    if (row.at("not_graded_because").empty()) {
      ++graded;
      CHECK(answer_to_outcome(row) == row.at("documented"));
    } else {
      std::cout << "not graded: " << row.at("id") << " " << row.at("chip") << ": documented "
                << row.at("documented") << ", ours " << answer_to_outcome(row) << " ("
                << row.at("not_graded_because") << ")\n";
    }
  }
  std::cout << graded << " documented outcomes graded\n";
  CHECK(graded >= 45);
}

}  // namespace
}  // namespace chokepoint::validation
