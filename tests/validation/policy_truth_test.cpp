// The publicly known status of devices under the rules of the United States, by device and day.
//
// policy_truth.csv has a row for each question that was asked of the law: may this thing go to
// China, or to a firm of China elsewhere; is it in the tariff's bands; may a foundry of Taiwan make
// it for its designer. A row whose column `argued` is not empty is one where we read the law
// otherwise than the source, and says why; there the test wants our reading, so that neither can
// change unseen.

#include <catch2/catch.hpp>
#include <iostream>

#include "tests/validation/figures.hpp"
#include "tests/validation/policy_world.hpp"

namespace chokepoint::validation {
namespace {

const Country kMy("MY");
const Country kTw("TW");

Date on(const Row& row) {
  return parse_date(row.at("on")).value();
}

// What the United States say of the device itself.
Ruling of_chip(const Row& row, Country to, Country headquarters) {
  const Shipment shipment = shipment_of(item_called(row.at("item")).item, to, headquarters);
  return policy_world().regime.judge(kUs, shipment, on(row));
}

// Of its die, made in Taiwan for the vendor of the device and packaged there.
Ruling of_die(const Row& row) {
  Shipment shipment;
  shipment.item = item_called(row.at("item")).item;
  shipment.item.category = Category::Foundry;
  const OrgId designer = shipment.item.vendor.value();
  shipment.buyer = policy_world().party(designer);
  shipment.item.vendor = org_called("tsmc");
  shipment.item.vendor_headquarters = kTw;
  shipment.from = shipment.exported_from = kTw;
  shipment.to = shipment.buyer.headquarters;
  shipment.packaged_in = kTw;
  return policy_world().regime.judge(kUs, shipment, on(row));
}

std::string answer_to_question(const Row& row) {
  const std::string& question = row.at("question");
  if (question == "china") return word_of(of_chip(row, kCn, kCn).verdict);
  // "Is a licence requirement met at all?": a notification is the way out of one.
  if (question == "china_hq_abroad") {
    return of_chip(row, kMy, kCn).verdict == Verdict::Free ? "FREE" : "LICENSE";
  }
  if (question == "tariff") return of_chip(row, kCn, kCn).tariff_share > 0.0 ? "25%" : "NONE";
  if (question == "foundry") return of_die(row).admitted_share > 0.0 ? "OPEN" : "BLOCKED";
  return "no such question";
}

TEST_CASE("policy truth: every device gets its known status on every day", "[validation][policy]") {
  std::size_t argued = 0;
  const auto rows = rows_of(beside_tests("policy_truth.csv"));
  for (const Row& row : rows) {
    const bool is_argued = !row.at("argued").empty();
    if (is_argued) ++argued;
    INFO(row.at("chip") << ", " << row.at("question") << " on " << row.at("on") << ": "
                        << row.at("argued"));
    CHECK(answer_to_question(row) == (is_argued ? row.at("ours") : row.at("known")));
  }
  std::cout << rows.size() << " known statuses, " << argued << " of them argued\n";
}

// The rules are judged with the numbers that the source judged them with.
TEST_CASE("policy truth: attributes are those of the source", "[validation][policy]") {
  for (const Row& row : rows_of(beside_tests("policy_devices.csv"))) {
    const Item& item = item_called(row.at("item")).item;
    INFO(row.at("chip"));
    CHECK(*value_of(Attribute::Tpp, item) == Approx(number_in(row, "tpp").value()).epsilon(1e-3));
    if (const auto density = number_in(row, "density")) {
      CHECK(value_of(Attribute::PerformanceDensity, item).value_or(0.0) ==
            Approx(*density).epsilon(2e-3));
    }
    CHECK(value_of(Attribute::MemoryBandwidth, item).value_or(0.0) / 1e9 ==
          Approx(number_in(row, "memory_bandwidth_gb_s").value()).epsilon(1e-3));
    CHECK(value_of(Attribute::IoBandwidth, item).value_or(0.0) / 1e9 ==
          Approx(number_in(row, "io_bandwidth_gb_s").value()).epsilon(1e-3));
    CHECK(value_of(Attribute::DesignedForDatacenter, item) == (row.at("datacenter") == "yes"));
    CHECK(item.sold_in.has(kUs) == (row.at("sold_in_us") == "yes"));
  }
}

}  // namespace
}  // namespace chokepoint::validation
