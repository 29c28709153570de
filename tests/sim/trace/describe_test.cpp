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
// the end of a rule are false, and steps of jobs, requests, runs, nodes, storage and of training
// have the fields of their own kinds only.
TEST_CASE("describe: every field of a fact is told", "[trace][describe]") {
  const World world = small_world();
  for (const auto& event : one_of_every_kind()) {
    pb::Fact fact;
    describe(event, world, fact);
    if (fact.has_rule() || fact.has_job() || fact.has_checkpoint() || fact.has_request() ||
        fact.has_phase() || fact.has_step() || fact.has_operation() || fact.has_exchange() ||
        fact.has_held() || fact.has_node() || fact.has_storage()) {
      continue;
    }
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
  CHECK(
      told(PhaseEnded{0_s, 7, ServingPoolId{1}, 3, RequestPhase::Decode, true}) ==
      R"(request { request: 7 pool: "writers" replica: 3 phase: DECODE ended: true leaves: true })");
  CHECK(told(JobUnfinished{0_s, JobId{0}, Tokens{9}}) ==
        R"(job { job: "big_model" what: UNFINISHED tokens: 9 })");
  CHECK(told(RunInterrupted{0_s, JobId{0}, FailureScope::Nodes, true, Tokens{5}}) ==
        R"(interruption { job: "big_model" scope: NODES broken: true lost_tokens: 5 })");
  CHECK(told(RunPhaseEnded{0_s, JobId{0}, RunPhase::Save}) ==
        R"(phase { job: "big_model" phase: SAVE ended: true })");
  CHECK(told(StepBegan{0_s, JobId{0}, 2, 3, 4, 5, 6, 7, 8, 9}) ==
        R"(step { job: "big_model" tensor: 2 pipeline: 3 context: 4 data: 5 expert: 6 )"
        R"(expert_division: 7 chunks: 8 microbatches: 9 })");
  CHECK(told(OperationBegan{0_s, JobId{0}, 2, 3, StepPart::Head, StepBusy::Device,
                            StepPass::Forward, 4, 5, Flops{6}, Bytes{7}, 0.5}) ==
        R"(operation { job: "big_model" rank: 2 number: 3 part: "head" busy: DEVICE )"
        R"(pass: PASS_FORWARD microbatch: 4 chunk: 5 operations: 6 bytes: 7 rate_share: 0.5 })");
  CHECK(told(ExchangeBegan{0_s, JobId{0}, 2, 3, StepGroup::Pipeline, true, StepPart::HandOver,
                           StepExchange::Send, StepPass::Backward, 4, 5, Bytes{6}, 1}) ==
        R"(exchange { job: "big_model" rank: 2 number: 3 group: "pipeline" hidden: true )"
        R"(part: "hand_over" what: SEND pass: PASS_BACKWARD microbatch: 4 chunk: 5 bytes: 6 )"
        R"(peer: 1 })");
  CHECK(told(ExchangeEnded{0_s, JobId{0}, 2, 3, StepGroup::Copies, true}) ==
        R"(exchange { job: "big_model" rank: 2 number: 3 ended: true group: "copies" )"
        R"(hidden: true })");
  CHECK(told(NodeHeld{0_s, PoolId{1}, 3, "a1", 2, 18}) ==
        R"(held { job: "a1" pool: "coast/train" node: 3 devices: 2 job_devices: 18 })");
  CHECK(told(NodeLeft{0_s, PoolId{1}, 3, "a1", HoldEnd::Preempted}) ==
        R"(held { job: "a1" pool: "coast/train" node: 3 ended: true why: PREEMPTED })");
  CHECK(told(NodeFailed{0_s, PoolId{1}, 3, "nic", true}) ==
        R"(node { pool: "coast/train" node: 3 cause: "nic" broken: true })");
  CHECK(told(NodeReturned{0_s, PoolId{1}, 3}) ==
        R"(node { pool: "coast/train" node: 3 ended: true })");
  CHECK(told(StorageFailed{0_s, SiteId{1}, "storage"}) ==
        R"(storage { site: "coast" cause: "storage" })");
  CHECK(told(StorageReturned{0_s, SiteId{1}}) == R"(storage { site: "coast" ended: true })");
  CHECK(told(CheckpointArrived{0_s, JobId{0}, SiteId{1}, SiteId{0}, Bytes{8}}) ==
        R"(checkpoint { job: "big_model" from: "coast" to: "inland" bytes: 8 arrived: true })");
}

TEST_CASE("describe: a ruling names verdict, rule, paragraph and exception of both gates",
          "[trace][describe]") {
  RulingGiven ruling;
  ruling.exporter = {Verdict::PresumedDenial, RuleId{0}, std::nullopt};
  ruling.wait = 25_days;
  ruling.admitted_share = 0.0;
  CHECK(told(ruling) ==
        R"(ruling { order: "first" device: "chip_a" exporter_verdict: PRESUMED_DENIAL )"
        R"(exporter_rule: "us_rule" exporter_clause: "3A090.a" importer_verdict: FREE )"
        R"(wait_days: 25 })");
  ruling.exporter.exception = ExceptionId{0};
  ruling.importer = {Verdict::Discouraged, RuleId{1}, std::nullopt};
  const std::string text = told(ruling);
  CHECK(text.find(R"(exporter_exception: "us_exception")") != std::string::npos);
  CHECK(text.find(R"(importer_verdict: DISCOURAGED importer_rule: "cn_rule")") !=
        std::string::npos);
}

TEST_CASE("describe: an application says under what, and how it ended", "[trace][describe]") {
  CHECK(told(LicenseFiled{0_s, OrderId{0}, DeviceId{0}, 7, RuleId{0}, std::nullopt,
                          Verdict::CaseByCase, 1_days}) ==
        R"(filed { order: "first" device: "chip_a" units: 7 rule: "us_rule" )"
        R"(verdict: CASE_BY_CASE until_ns: 86400000000000 })");
  const auto outcome = [](LicenseOutcome how) {
    pb::Fact fact;
    describe(LicenseDecided{0_s, OrderId{0}, DeviceId{0}, 7, RuleId{0}, ExceptionId{0}, how},
             small_world(), fact);
    return fact.decided().outcome();
  };
  CHECK(outcome(LicenseOutcome::Granted) == pb::DecidedFact::GRANTED);
  CHECK(outcome(LicenseOutcome::Refused) == pb::DecidedFact::REFUSED);
  CHECK(outcome(LicenseOutcome::Void) == pb::DecidedFact::VOID);
}

TEST_CASE("describe: fees tell shares of revenue from duties", "[trace][describe]") {
  CHECK(told(FeePaid{0_s, OrderId{0}, Country("US"), RuleId{0}, ExceptionId{0}, ChargeKind::Share,
                     Usd{5.0}}) ==
        R"(fee { order: "first" government: "US" rule: "us_rule" exception: "us_exception" )"
        R"(kind: SHARE amount_usd: 5 })");
  CHECK(told(FeePaid{0_s, OrderId{0}, Country("CN"), RuleId{1}, std::nullopt, ChargeKind::Tariff,
                     Usd{5.0}}) ==
        R"(fee { order: "first" government: "CN" rule: "cn_rule" kind: TARIFF amount_usd: 5 })");
}

TEST_CASE("describe: quotas and stocks are named", "[trace][describe]") {
  CHECK(told(QuotaDrawn{0_s, QuotaId{0}, OrderId{1}, DeviceId{0}, 3, 4}) ==
        R"(quota_drawn { order: "second" device: "chip_a" units: 3 quota: "us_quota" left: 4 })");
  CHECK(told(StockWrittenOff{0_s, SupplyId{0}, DeviceId{0}, 3, Usd{9.0}, RuleId{0}}) ==
        R"(written_off { supply: "line_a" device: "chip_a" units: 3 value_usd: 9 )"
        R"(rule: "us_rule" })");
}

}  // namespace
}  // namespace chokepoint
