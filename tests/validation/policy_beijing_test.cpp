// Beijing's gate goes by what a chip is and who buys it: what it says of the chips that it named,
// and that a chip which nobody has named meets the gate of its class.

#include <catch2/catch.hpp>
#include <set>

#include "tests/validation/figures.hpp"
#include "tests/validation/policy_world.hpp"

namespace chokepoint::validation {
namespace {

Party in_china(const std::string& buyer, const std::string& of_class) {
  const World& world = policy_world();
  if (!buyer.empty()) return world.party(org_called(buyer));
  Party party;
  party.headquarters = kCn;
  for (std::uint32_t i = 0; i < world.buyer_classes.size(); ++i) {
    if (world.buyer_classes[i] == of_class) party.classes.push_back(BuyerClassId{i});
  }
  CHECK(party.classes.empty() == of_class.empty());
  return party;
}

Ruling of_beijing(const Item& item, const Party& buyer, Date date) {
  Shipment shipment = shipment_of(item, kCn, kCn);
  shipment.buyer = buyer;
  return policy_world().regime.judge(kCn, shipment, date);
}

const Rule& rule_called(const std::string& name) {
  for (const Rule& rule : policy_world().regime.rules) {
    if (rule.name == name) return rule;
  }
  FAIL("no rule is called '" << name << "'");
  std::abort();
}

// Names of all chips that `rule` looks for, on record as devices or as items for rules alone.
std::set<std::string> covered_by(const std::string& rule) {
  const World& world = policy_world();
  std::set<std::string> names;
  for (const auto* chips : {&world.device_items, &world.items}) {
    for (const NamedItem& chip : *chips) {
      const bool is_chip = chip.item.category == Category::Chip;
      if (is_chip && matches(rule_called(rule).item, chip.item)) names.insert(chip.name);
    }
  }
  return names;
}

bool is_like_h200(const Item& item) {
  return item.vendor_headquarters != kCn && item.category == Category::Chip &&
         value_of(Attribute::DesignedForDatacenter, item) == 1.0 &&
         value_of(Attribute::Tpp, item).value_or(0.0) >= 4800.0;
}

TEST_CASE("policy of Beijing: what it says of each chip to each buyer", "[validation][policy]") {
  for (const Row& row : rows_of(beside_tests("policy_beijing.csv"))) {
    INFO(row.at("item") << " for " << row.at("buyer") << row.at("class") << " on " << row.at("on")
                        << ": " << row.at("statement"));
    const Ruling ruling =
        of_beijing(item_called(row.at("item")).item, in_china(row.at("buyer"), row.at("class")),
                   parse_date(row.at("on")).value());
    CHECK(word_of(ruling.verdict) == row.at("verdict"));
    CHECK(ruling.admitted_share == std::stod(row.at("share")));
  }
}

TEST_CASE("policy of Beijing: classes cover, of what is on record, what was named",
          "[validation][policy]") {
  const std::set<std::string> h20 = {"nv_h20_96", "nv_h20_141"};
  CHECK(covered_by("cn_2025_07_31_guidance") == h20);
  CHECK(covered_by("cn_2025_08_12_h20_government_work") == h20);
  CHECK(covered_by("cn_2025_08_12_mi308_guidance") == std::set<std::string>{"amd_mi308x"});
  std::set<std::string> made_for_china = h20;
  made_for_china.insert("nv_rtx_pro_6000d");
  CHECK(covered_by("cn_2025_09_15_stop") == made_for_china);
  const auto stopped = covered_by("cn_2026_01_14_h200_customs_stop");
  CHECK(covered_by("cn_2026_01_07_h200_pause") == stopped);
  CHECK(covered_by("cn_2026_01_08_h200_barred_buyers") == stopped);
  CHECK(stopped.count("nv_h200") == 1);
}

TEST_CASE("law: Beijing says of every foreign chip of the class what it says of H200",
          "[validation][policy]") {
  const World& world = policy_world();
  const Item& h200 = item_called("nv_h200").item;
  std::vector<Party> buyers;
  for (std::uint32_t i = 0; i < world.orgs.size(); ++i) buyers.push_back(world.party(OrgId{i}));
  for (std::uint32_t i = 0; i < world.buyer_classes.size(); ++i) {
    buyers.push_back(in_china("", world.buyer_classes[i]));
  }
  std::size_t alike = 0;
  for (const NamedItem& chip : world.device_items) {
    if (!is_like_h200(chip.item)) continue;
    INFO(chip.name);
    ++alike;
    for (Date date = parse_date("2022-08-01").value(); date < parse_date("2027-02-01").value();
         date += std::chrono::days(9)) {
      for (const Party& buyer : buyers) {
        const Ruling as_h200 = of_beijing(h200, buyer, date);
        const Ruling ruling = of_beijing(chip.item, buyer, date);
        REQUIRE(ruling.verdict == as_h200.verdict);
        REQUIRE(ruling.admitted_share == as_h200.admitted_share);
      }
    }
  }
  CHECK(alike > 15);
}

}  // namespace
}  // namespace chokepoint::validation
