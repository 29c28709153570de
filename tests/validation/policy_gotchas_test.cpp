// Where others who encode these rules go wrong. Each case is about rules and figures that ship.

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/validation/policy_world.hpp"

namespace chokepoint::validation {
namespace {

// What the United States say of it for China.
Ruling ruled(const Item& item, const char* date, const char* exported_from = "US") {
  Shipment shipment = shipment_of(item, kCn, kCn);
  shipment.exported_from = Country(exported_from);
  return policy_world().regime.judge(kUs, shipment, parse_date(date).value());
}

Ruling ruled(const std::string& name, const char* date) {
  return ruled(item_called(name).item, date);
}

std::string clause(const std::string& name, const char* date) {
  const Ruling ruling = ruled(name, date);
  REQUIRE(ruling.rule);
  return clause_of(policy_world().regime.rules[ruling.rule->value].item, item_called(name).item);
}

TEST_CASE("policy gotcha: density is never rounded before it is compared", "[validation][policy]") {
  for (const char* name : {"nv_a10", "nv_a30", "nv_rtx_pro_6000d"}) {
    const double density = value_of(Attribute::PerformanceDensity, item_called(name).item).value();
    INFO(name << " has " << density);
    CHECK(density < 3.2);
    CHECK(std::round(density * 10.0) / 10.0 == 3.2);
  }
  CHECK(ruled("nv_a10", "2023-11-17").verdict == Verdict::Free);
  CHECK(ruled("nv_rtx_pro_6000d", "2025-09-01").verdict == Verdict::Free);
  CHECK(clause("nv_a30", "2023-11-17") == "3A090.b.1");
  Item rounded = item_called("nv_a10").item;
  rounded.attributes.set(Attribute::PerformanceDensity, 3.2);
  CHECK(ruled(rounded, "2023-11-17").verdict != Verdict::Free);
}

TEST_CASE("policy gotcha: in 2022 performance and links, in 2023 performance or density",
          "[validation][policy]") {
  Item item = item_called("nv_a100_80").item;
  CHECK(ruled(item, "2022-10-21").verdict == Verdict::PresumedDenial);
  item.attributes.set(Attribute::IoBandwidth, 599e9);
  CHECK(ruled(item, "2022-10-21").verdict == Verdict::Free);
  CHECK(ruled(item, "2023-11-17").verdict == Verdict::PresumedDenial);
  item.attributes.set(Attribute::IoBandwidth, 600e9);
  item.attributes.set(Attribute::Tpp, 4799);
  CHECK(ruled(item, "2022-10-21").verdict == Verdict::Free);
  CHECK(ruled(item, "2023-11-17").verdict == Verdict::PresumedDenial);  // By density.
}

TEST_CASE("policy gotcha: the small L4 is denied where the faster L40 is notified",
          "[validation][policy]") {
  CHECK(value_of(Attribute::Tpp, item_called("nv_l4").item) <
        value_of(Attribute::Tpp, item_called("nv_l40").item));
  CHECK(clause("nv_l4", "2023-11-17") == "3A090.a.2");
  CHECK(ruled("nv_l4", "2023-11-17").verdict == Verdict::PresumedDenial);
  CHECK(clause("nv_l40", "2023-11-17").rfind("3A090.b", 0) == 0);
  CHECK(ruled("nv_l40", "2023-11-17").verdict == Verdict::Notified);
}

TEST_CASE("policy gotcha: the H20 was free until the letter", "[validation][policy]") {
  CHECK(ruled("nv_h20_96", "2025-04-08").verdict == Verdict::Free);
  CHECK(ruled("nv_h20_96", "2025-04-09").verdict == Verdict::Informed);
  CHECK(clause("nv_h20_96", "2025-04-09") == "memory bandwidth");
}

TEST_CASE("policy gotcha: what was never sold at home stays denied in 2026",
          "[validation][policy]") {
  for (const auto& [made_for_china, original] :
       {std::pair("nv_a800_80", "nv_a100_80"), std::pair("nv_h800_sxm", "nv_h100_sxm")}) {
    CHECK(ruled(made_for_china, "2026-01-15").verdict == Verdict::PresumedDenial);
    CHECK(ruled(original, "2026-01-15").verdict == Verdict::CaseByCase);
    CHECK(ruled(original, "2026-01-14").verdict == Verdict::PresumedDenial);
  }
  // Only from the United States: re-exports stay denied.
  CHECK(ruled(item_called("nv_h200").item, "2026-01-15", "SG").verdict == Verdict::PresumedDenial);
}

TEST_CASE("policy gotcha: H200 NVL is looked at and pays the duty", "[validation][policy]") {
  CHECK(ruled("nv_h200_nvl", "2026-01-15").verdict == Verdict::CaseByCase);
  CHECK(ruled("nv_h200_nvl", "2026-01-15").tariff_share == 0.25);
  Item by_data_sheet = item_called("nv_h200_nvl").item;
  by_data_sheet.attributes.set(Attribute::Tpp, 13364);
  CHECK(ruled(by_data_sheet, "2026-01-15").tariff_share == 0.0);
  CHECK(ruled("nv_h200", "2026-01-15").tariff_share == 0.25);
  CHECK(ruled(item_called("nv_h200").item, "2026-01-15", "SG").tariff_share == 0.0);
}

TEST_CASE("policy gotcha: I/O counts all links, both directions", "[validation][policy]") {
  Item item = item_called("amd_mi250x").item;
  CHECK(ruled(item, "2022-10-21").verdict == Verdict::PresumedDenial);
  item.attributes.set(Attribute::IoBandwidth,
                      100e9);  // One of its eight, as a public table has it.
  CHECK(ruled(item, "2022-10-21").verdict == Verdict::Free);
}

TEST_CASE("policy gotcha: a quarter of an MI300X would not have been free",
          "[validation][policy]") {
  Item item = item_called("amd_mi308x").item;
  CHECK(ruled(item, "2024-06-01").verdict == Verdict::Free);
  item.attributes.set(Attribute::Tpp, 5230);
  CHECK(ruled(item, "2024-06-01").verdict == Verdict::PresumedDenial);
}

TEST_CASE("policy gotcha: a notification takes time and may be refused", "[validation][policy]") {
  const Ruling ruling = ruled("nv_rtx4090", "2023-11-17");
  CHECK(ruling.verdict == Verdict::Notified);
  CHECK(ruling.wait >= 25_days);
  CHECK(ruling.refusal_probability > 0.0);
  CHECK(ruling.exception);
}

TEST_CASE("policy gotcha: purpose decides between 4,799 and 4,800", "[validation][policy]") {
  Item item = item_called("nv_rtx4090d").item;
  CHECK(ruled(item, "2024-01-01").verdict == Verdict::Free);
  item.attributes.set(Attribute::Tpp, 4800);
  CHECK(ruled(item, "2024-01-01").verdict == Verdict::Notified);
  item.attributes.set(Attribute::Tpp, 4799);
  item.attributes.set(Attribute::DesignedForDatacenter, true);
  CHECK(ruled(item, "2024-01-01").verdict == Verdict::PresumedDenial);
}

TEST_CASE("policy gotcha: the buyer's headquarters count wherever it is", "[validation][policy]") {
  const Regime& regime = policy_world().regime;
  const Date date = parse_date("2024-06-01").value();
  const auto to_malaysia = [&](Country headquarters) {
    const Shipment shipment =
        shipment_of(item_called("nv_h100_sxm").item, Country("MY"), headquarters);
    return regime.judge(kUs, shipment, date).verdict;
  };
  CHECK(to_malaysia(Country("MY")) == Verdict::Free);
  CHECK(to_malaysia(kCn) == Verdict::PresumedDenial);
}

TEST_CASE("policy gotcha: the Emirates are opened by buyer, not by country",
          "[validation][policy]") {
  const World& world = policy_world();
  const auto to_emirates = [&](const Party& buyer, const char* date) {
    Shipment shipment = shipment_of(item_called("nv_gb300").item, Country("AE"), Country("AE"));
    shipment.buyer = buyer;
    return world.regime.judge(kUs, shipment, parse_date(date).value()).verdict;
  };
  const Party g42 = world.party(org_called("g42"));
  CHECK(to_emirates(g42, "2026-07-09") == Verdict::Granted);
  CHECK(to_emirates(g42, "2026-07-10") == Verdict::Free);
  CHECK(to_emirates(world.party(org_called("core42")), "2026-07-10") == Verdict::Free);
  CHECK(to_emirates(g42, "2027-04-06") == Verdict::Granted);
  Party unlisted;
  unlisted.headquarters = Country("AE");
  CHECK(to_emirates(unlisted, "2026-08-01") == Verdict::PresumedApproval);
  Party chinese = unlisted;
  chinese.parent_headquarters = kCn;
  CHECK(to_emirates(chinese, "2026-08-01") == Verdict::PresumedDenial);
}

TEST_CASE("policy gotcha: a designer's status ends on the day known by then",
          "[validation][policy]") {
  const auto packaged_in_china = [](const char* date) {
    Item die;
    die.category = Category::Foundry;
    die.attributes.set(Attribute::Tpp, 1000);
    die.attributes.set(Attribute::ProcessNode, 5);
    die.attributes.set(Attribute::Transistors, 40e9);
    die.vendor = org_called("tsmc");
    die.vendor_headquarters = Country("TW");
    Shipment shipment = shipment_of(die, kCn, Country("JP"));
    shipment.buyer.headquarters = Country("JP");
    shipment.packaged_in = kCn;
    return policy_world().regime.judge(kUs, shipment, parse_date(date).value()).verdict;
  };
  CHECK(packaged_in_china("2026-04-12") == Verdict::Free);
  CHECK(packaged_in_china("2026-05-01") == Verdict::Free);
  CHECK(packaged_in_china("2026-12-31") == Verdict::Free);
  CHECK(packaged_in_china("2027-01-01") == Verdict::PresumedDenial);
}

TEST_CASE("policy gotcha: NAC asked for no notice of firms abroad until April 2024",
          "[validation][policy]") {
  const auto ruled_to = [](const char* to, const char* date) {
    const Shipment shipment = shipment_of(item_called("nv_rtx4090").item, Country(to), kCn);
    return policy_world().regime.judge(kUs, shipment, parse_date(date).value()).verdict;
  };
  CHECK(ruled_to("VN", "2024-04-03") == Verdict::Free);
  CHECK(ruled_to("VN", "2024-04-04") == Verdict::Notified);
  CHECK(ruled_to("SG", "2024-04-03") == Verdict::Free);
  CHECK(ruled_to("CN", "2024-04-03") == Verdict::Notified);
}

TEST_CASE("policy gotcha: who is half owned by listed parties counts as listed, while that holds",
          "[validation][policy]") {
  const auto owned = [](std::optional<double> share, const char* date) {
    Shipment shipment = shipment_of(item_called("nv_rtx5080").item, Country("SG"), Country("SG"));
    shipment.buyer.owned_by_listed = share;
    return policy_world().regime.judge(kUs, shipment, parse_date(date).value()).verdict;
  };
  CHECK(owned(0.6, "2025-11-09") != Verdict::Free);
  CHECK(owned(0.6, "2025-11-10") == Verdict::Free);
  CHECK(owned(0.6, "2026-11-09") == Verdict::Free);
  CHECK(owned(0.6, "2026-11-10") == Verdict::PresumedDenial);
  CHECK(owned(0.5, "2026-11-15") == Verdict::PresumedDenial);
  CHECK(owned(0.49, "2026-11-15") == Verdict::Free);
  CHECK(owned(std::nullopt, "2026-11-15") == Verdict::Free);
}

TEST_CASE("policy gotcha: one name, a card for servers and one for desks", "[validation][policy]") {
  CHECK(ruled("nv_rtx_pro_6000", "2026-06-01").verdict == Verdict::CaseByCase);
  CHECK(clause("nv_rtx_pro_6000", "2025-04-01") == "3A090.a.1");
  CHECK(ruled("nv_rtx_pro_6000_ws", "2025-04-01").verdict == Verdict::Notified);
  CHECK(ruled("nv_gb10", "2026-06-01").verdict == Verdict::Free);
}

TEST_CASE("policy gotcha: a chip without DRAM has bandwidth, and it is zero",
          "[validation][policy]") {
  Item item;
  item.attributes.set(Attribute::Tpp, 6000);
  item.vendor_headquarters = kUs;
  item.sold_in.add(kUs);
  CHECK(ruled(item, "2026-06-01").verdict == Verdict::PresumedDenial);  // Not known.
  item.attributes.set(Attribute::MemoryBandwidth, 0.0);
  CHECK(ruled(item, "2026-06-01").verdict == Verdict::CaseByCase);
}

}  // namespace
}  // namespace chokepoint::validation
