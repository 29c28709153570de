#include "sim/trace/describe.hpp"

#include <google/protobuf/message.h>

#include <catch2/catch.hpp>
#include <string>

#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {
namespace {

std::string told(const TraceEvent& event) {
  static const World world = small_world();
  pb::Fact fact;
  describe(event, world, fact);
  return fact.ShortDebugString();
}

TEST_CASE("describe: ids become names", "[trace][describe]") {
  CHECK(told(RuleBegan{0_s, RuleId{0}}) ==
        R"(rule { name: "us_rule" government: "US" began: true })");
  CHECK(told(RuleEnded{0_s, RuleId{1}}) == R"(rule { name: "cn_rule" government: "CN" })");
  CHECK(told(ExceptionEnded{0_s, ExceptionId{0}}) ==
        R"(rule { name: "us_exception" government: "US" exception: true })");
  CHECK(told(DeliveryDue{0_s, OrderId{1}, DeviceId{0}, 7}) ==
        R"(delivery_due { order: "second" device: "chip_a" units: 7 })");
  CHECK(told(RunEnded{0_s}) == "end { }");
}

TEST_CASE("describe: a refusal names gate, rules, both governments and the weakest figures",
          "[trace][describe]") {
  ShipmentRefused refused;
  refused.units = 10;
  refused.gate = Gate::Exporter;
  refused.exporter_rule = RuleId{0};
  CHECK(told(refused) == R"(refused { order: "first" device: "chip_a" units: 10 gate: EXPORTER )"
                         R"(exporter_rule: "us_rule" exporter: "US" importer: "CN" })");
  refused.gate = Gate::Both;
  refused.importer_rule = RuleId{1};
  refused.least_certain_prefill = InputId{1};
  CHECK(told(refused) ==
        R"(refused { order: "first" device: "chip_a" units: 10 gate: BOTH )"
        R"(exporter_rule: "us_rule" importer_rule: "cn_rule" exporter: "US" importer: "CN" )"
        R"(least_certain_prefill: "priors[gemm].fraction" })");
  refused.gate = Gate::Importer;
  CHECK(told(refused).find("gate: IMPORTER") != std::string::npos);
}

TEST_CASE("describe: a sample carries name and unit of its counter and whom it is of",
          "[trace][describe]") {
  CHECK(told(CounterSampled{0_s, Counter::SitePower, 1, 5.5}) ==
        R"(counter { counter: "site_power" unit: "W" subject: "coast" value: 5.5 })");
  CHECK(told(CounterSampled{0_s, Counter::Tpp, 0, 1}) ==
        R"(counter { counter: "tpp" unit: "TPP" subject: "inland/train" value: 1 })");
  CHECK(told(CounterSampled{0_s, Counter::SupplyStock, 0, 1}).find(R"("line_a")") !=
        std::string::npos);
  CHECK(told(CounterSampled{0_s, Counter::TokensServed, 0, 1}).find(R"("chat")") !=
        std::string::npos);
  CHECK(told(CounterSampled{0_s, Counter::TrainingFlops, 0, 1}).find(R"("big_model")") !=
        std::string::npos);
}

TEST_CASE("describe: a delivery says where the chips stand, whose they are, who uses them and how",
          "[trace][describe]") {
  ChipStock stock;
  stock.pool = PoolId{1};
  stock.owner = OrgId{1};
  stock.user = OrgId{0};
  stock.status = LegalStatus::Diverted;
  stock.use = ChipUse::Training;
  CHECK(told(ShipmentDelivered{0_s, OrderId{0}, false, DeviceId{0}, 3, stock, Usd{}, Usd{}}) ==
        R"(delivered { order: "first" device: "chip_a" units: 3 pool: "coast/train" )"
        R"(location: "CN" owner: "buyer_cn" user: "vendor_us" status: "diverted" )"
        R"(channel: "merchant" use: "training" })");
}

/// Sets every field of `message` and of those in it to something that no event says.
void fill(google::protobuf::Message& message) {
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto* field = message.GetDescriptor()->field(i);
    switch (field->cpp_type()) {
      case google::protobuf::FieldDescriptor::CPPTYPE_STRING:
        reflection->SetString(&message, field, "left over");
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE:
        reflection->SetDouble(&message, field, 4711.0);
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_BOOL:
        reflection->SetBool(&message, field, true);
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_UINT32:
        reflection->SetUInt32(&message, field, 4711);
        break;
      case google::protobuf::FieldDescriptor::CPPTYPE_UINT64:
        reflection->SetUInt64(&message, field, 4711);
        break;
      default:
        break;
    }
  }
}

TEST_CASE("describe: nothing is left over of the fact before", "[trace][describe]") {
  const World world = small_world();
  for (const auto& event : one_of_every_kind()) {
    pb::Fact fresh;
    describe(event, world, fresh);
    pb::Fact used = fresh;
    const auto* reflection = used.GetReflection();
    const auto* kind =
        reflection->GetOneofFieldDescriptor(used, used.GetDescriptor()->oneof_decl(0));
    fill(*reflection->MutableMessage(&used, kind));
    describe(event, world, used);
    CHECK(used.ShortDebugString() == fresh.ShortDebugString());
  }
}

// An event whose fields are all set leaves no field of its fact unset. `exception` and `began` of
// the end of a rule are false, and a step of a job has the fields of its own kind only.
TEST_CASE("describe: every field of a fact is told", "[trace][describe]") {
  const World world = small_world();
  for (const auto& event : one_of_every_kind()) {
    pb::Fact fact;
    describe(event, world, fact);
    if (fact.has_rule() || fact.has_job() || fact.has_checkpoint()) continue;
    const auto* reflection = fact.GetReflection();
    const auto* kind =
        reflection->GetOneofFieldDescriptor(fact, fact.GetDescriptor()->oneof_decl(0));
    const auto& message = reflection->GetMessage(fact, kind);
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const auto* field = message.GetDescriptor()->field(i);
      INFO(field->full_name());
      CHECK(message.GetReflection()->HasField(message, field));
    }
  }
  CHECK(told(JobPlaced{0_s, JobId{0}, PoolId{1}, 64, TokensPerSecond{5}}) ==
        R"(job { job: "big_model" what: PLACED pool: "coast/train" nodes: 64 tokens_per_s: 5 })");
  CHECK(told(JobUnfinished{0_s, JobId{0}, Tokens{9}}) ==
        R"(job { job: "big_model" what: UNFINISHED tokens: 9 })");
  CHECK(told(CheckpointArrived{0_s, JobId{0}, SiteId{1}, SiteId{0}, Bytes{8}}) ==
        R"(checkpoint { job: "big_model" from: "coast" to: "inland" bytes: 8 arrived: true })");
}

TEST_CASE("describe: time is in nanoseconds, to the nearest", "[trace][describe]") {
  CHECK(nanoseconds(0_s) == 0);
  CHECK(nanoseconds(Seconds{1.5e-9}) == 2);
  CHECK(nanoseconds(Seconds{1.4e-9}) == 1);
  CHECK(nanoseconds(1_days) == 86'400'000'000'000ULL);
  CHECK(nanoseconds(36'525_days) == 3'155'760'000'000'000'000ULL);  // A century fits.
}

}  // namespace
}  // namespace chokepoint
