#include "sim/trace/labels.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {
namespace {

std::string label_of(const TraceEvent& event) {
  static const World world = small_world();
  static Label label;  // Used again, as a writer does.
  assign_label(event, world, label);
  return label.is_shared() ? std::string(kSharedLabels[label.shared]) : label.text;
}

std::string count_of(double value) {
  std::string text;
  append_count(text, value);
  return text;
}

TEST_CASE("labels: counts have commas between thousands", "[trace][labels]") {
  CHECK(count_of(0) == "0");
  CHECK(count_of(999) == "999");
  CHECK(count_of(1'000) == "1,000");
  CHECK(count_of(20'000) == "20,000");
  CHECK(count_of(1'234'567) == "1,234,567");
  CHECK(count_of(-999) == "-999");
  CHECK(count_of(-1'000) == "-1,000");
  CHECK(count_of(1'499.6) == "1,500");
  CHECK(count_of(1e15) == "1e+15");
  CHECK(count_of(999'999'999'999'999.0) == "999,999,999,999,999");
  CHECK(count_of(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(count_of(std::numeric_limits<double>::infinity()) == "inf");
}

TEST_CASE("labels: an event is called what happened, how many, of what", "[trace][labels]") {
  const OrderId order{0};
  const DeviceId chip{0};
  ShipmentRefused refused;
  refused.units = 20'000;
  CHECK(label_of(refused) == "refused 20,000 chip_a");
  refused.on_arrival = true;
  CHECK(label_of(refused) == "turned back 20,000 chip_a");
  CHECK(label_of(DeliveryDue{0_s, order, chip, 1'000}) == "due 1,000 chip_a");
  CHECK(label_of(DeliveryBackordered{0_s, order, chip, 5}) == "out of stock 5 chip_a");
  CHECK(label_of(OrderClosed{0_s, order, chip, 2'000, 1'000, 1'000, 0}) ==
        "closed: 1,000 of 2,000 chip_a");
  CHECK(label_of(JobPlaced{0_s, JobId{0}, PoolId{0}, 64, {}}) == "placed on 64 nodes");
  CHECK(label_of(CheckpointSent{0_s, JobId{0}, SiteId{0}, SiteId{1}, {}}) == "checkpoint to coast");
  ShipmentSent sent;
  sent.units = 3;
  CHECK(label_of(sent) == "sent 3 chip_a");
  sent.substitute = true;
  CHECK(label_of(sent) == "sent instead 3 chip_a");
}

TEST_CASE("labels: a rule is called by its title, or its name where it has none",
          "[trace][labels]") {
  CHECK(label_of(RuleBegan{0_s, RuleId{0}}) == "Advanced computing chips");
  CHECK(label_of(RuleBegan{0_s, RuleId{1}}) == "cn_rule");
}

TEST_CASE("labels: what a step does is called by its part and whose pass it is",
          "[trace][labels]") {
  OperationBegan operation;
  operation.part = StepPart::Optimizer;
  CHECK(label_of(operation) == "optimizer");
  operation.part = StepPart::Products, operation.pass = StepPass::Backward;
  operation.microbatch = 12;
  CHECK(label_of(operation) == "products, backward 12");
}

TEST_CASE("labels: a window says whether demand was met", "[trace][labels]") {
  WindowServed window{0_s, ServiceId{0}, 1_days, Tokens{9}, Tokens{9}, Tokens{9}, Tokens{0}};
  CHECK(label_of(window) == "demand met");
  window.unmet = Tokens{1};
  CHECK(label_of(window) == "demand not met");
}

TEST_CASE("labels: ends of slices and samples have none, all others have one", "[trace][labels]") {
  for (const auto& event : one_of_every_kind()) {
    const bool is_mute =
        timeline_of(event) == Timeline::SliceEnd || timeline_of(event) == Timeline::Sample;
    CHECK(label_of(event).empty() == is_mute);
  }
}

}  // namespace
}  // namespace chokepoint
