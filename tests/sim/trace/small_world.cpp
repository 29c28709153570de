#include "tests/sim/trace/small_world.hpp"

#include <chrono>

namespace chokepoint {
namespace {

using namespace std::chrono_literals;

void add_parties(World& world) {
  world.orgs = {{"vendor_us", "Vendor", Country("US"), {}},
                {"buyer_cn", "Buyer", Country("CN"), {}}};
  DeviceSpec device;
  device.name = "chip_a";
  device.vendor = OrgId{0};
  world.devices = {device};
  world.device_items = {NamedItem{"chip_a", "", {}, item_of(DeviceId{0}, device, Country("US"))}};
  world.inputs = {{"devices[chip_a].tdp_w", 400.0, {}, {}, Confidence::Official, SourceId{0}},
                  {"priors[gemm].fraction", 0.6, 0.5, 0.7, Confidence::Estimated, SourceId{0}},
                  {"orders[first].price_usd", 1e4, {}, {}, Confidence::Reported, SourceId{0}}};
}

void add_policy(World& world) {
  Rule export_rule;
  export_rule.name = "us_rule";
  export_rule.title = "Advanced computing chips";
  export_rule.government = Country("US");
  export_rule.item.clause = "3A090.a";
  Rule import_rule;
  import_rule.name = "cn_rule";
  import_rule.government = Country("CN");
  import_rule.item.clause = "1";
  world.regime.rules = {export_rule, import_rule};
  Exception exception;
  exception.name = "us_exception";
  exception.rules = {RuleId{0}};
  world.regime.exceptions = {exception};
  Quota quota;
  quota.name = "us_quota";
  quota.exception = ExceptionId{0};
  world.regime.quotas = {quota};
}

void add_places(World& world) {
  Site inland;
  inland.name = "inland";
  inland.country = Country("CN");
  Site coast = inland;
  coast.name = "coast";
  world.sites = {inland, coast};
  Pool pool;
  pool.name = "inland/train";
  pool.site = SiteId{0};
  Pool other = pool;
  other.name = "coast/train";
  other.site = SiteId{1};
  world.pools = {pool, other};
}

void add_business(World& world) {
  SupplyLine line;
  line.name = "line_a";
  world.supplies = {line};
  world.supply.components = {{"package"}};
  SupplyStage stage;
  stage.name = "cowos";
  world.supply.stages = {stage};
  Order first;
  first.name = "first";
  first.buyer = OrgId{1};
  Order second = first;
  second.name = "second";
  second.pool = PoolId{1};
  world.orders = {first, second};
  TrainingJob job;
  job.name = "big_model";
  job.pools = {PoolId{0}, PoolId{1}};
  world.training_jobs = {job};
  InferenceService service;
  service.name = "chat";
  world.services = {service};
}

}  // namespace

World small_world() {
  World world;
  world.name = "small";
  world.question = "What does a trace hold?";
  world.start = std::chrono::sys_days(2025y / 1 / 1);
  world.end = std::chrono::sys_days(2026y / 1 / 1);
  add_parties(world);
  add_policy(world);
  add_places(world);
  add_business(world);
  return world;
}

pb::Manifest small_manifest() {
  pb::Manifest manifest;
  manifest.set_schema(1);
  manifest.set_program_version("0.1.0");
  manifest.set_scenario_digest("0123456789abcdef");
  manifest.set_seed(7);
  manifest.set_epoch("2025-01-01");
  manifest.mutable_scenario()->set_name("small");
  manifest.mutable_scenario()->set_question("What does a trace hold?");
  manifest.mutable_scenario()->set_start("2025-01-01");
  manifest.mutable_scenario()->set_end("2026-01-01");
  manifest.set_trace_level("job");
  return manifest;
}

std::vector<TraceEvent> one_of_every_kind() {
  const OrderId order{0};
  const DeviceId chip{0};
  const JobId job{0};
  ShipmentRefused refused{2_days,     order,      chip,      20'000,   Gate::Both,
                          RuleId{0},  RuleId{1},  true,      Usd{2e8}, {1.0, 2.0, 3.0},
                          InputId{0}, InputId{1}, InputId{2}};
  ChipStock stock;
  stock.pool = PoolId{1};
  stock.owner = OrgId{1};
  stock.user = OrgId{0};
  stock.use = ChipUse::Inference;
  stock.status = LegalStatus::Rented;
  stock.channel = Channel::Captive;
  return {
      RuleBegan{0_s, RuleId{0}},
      ExceptionBegan{1_days, ExceptionId{0}},
      DeliveryDue{2_days, order, chip, 25'000},
      refused,
      RulingGiven{2_days,
                  order,
                  chip,
                  {Verdict::PresumedDenial, RuleId{0}, ExceptionId{0}},
                  {Verdict::Discouraged, RuleId{1}, ExceptionId{0}},
                  0.5,
                  0.25,
                  25_days,
                  0.15},
      LicenseFiled{2_days, order, chip, 1'000, RuleId{0}, ExceptionId{0}, Verdict::Notified,
                   32_days},
      LicenseDecided{2_days, order, chip, 1'000, RuleId{0}, ExceptionId{0},
                     LicenseOutcome::Refused},
      QuotaDrawn{2_days, QuotaId{0}, order, chip, 400, 100},
      QuotaExhausted{2_days, QuotaId{0}, order, chip, 600},
      DeliveryBackordered{2_days, order, chip, 500},
      ShipmentSent{2_days, order, true, chip, PoolId{1}, 3'500, ExceptionId{0}},
      ShipmentDelivered{9_days, order, true, chip, 3'500, stock, Usd{3.5e7}, Usd{5e6}},
      FeePaid{9_days, order, Country("US"), RuleId{0}, ExceptionId{0}, ChargeKind::Share, Usd{5e6}},
      DeliveryPulled{9_days, order, chip, 50, RuleId{0}, 40_days, 10_days},
      StockWrittenOff{9_days, SupplyId{0}, chip, 50, Usd{5e5}, RuleId{0}},
      StockRestored{9_days, SupplyId{0}, chip, 50, Usd{5e5}},
      ShipmentSeized{9_days, order, chip, 2, RuleId{1}},
      SupplyBottleneck{9_days, SupplyId{0}, chip, 40, ComponentId{0}, StageId{0}, 0.25, 60.0},
      ChoiceMade{9_days, order, chip, WorkKind::Decode, 70, 20, 10, Usd{7e5}, 0.5, 0.25, Usd{300.0},
                 -0.5},
      JobQueued{10_days, job},
      JobPlaced{11_days, job, PoolId{1}, 64, TokensPerSecond{1e6}},
      SegmentBegan{11_days, job},
      CounterSampled{11_days, Counter::DevicesInstalled, 1, 3'500},
      SegmentEnded{12_days, job, Tokens{8.64e10}},
      CheckpointSent{12_days, job, SiteId{1}, SiteId{0}, 2_GB},
      CheckpointArrived{13_days, job, SiteId{1}, SiteId{0}, 2_GB},
      WindowServed{13_days, ServiceId{0}, 1_days, Tokens{9e9}, Tokens{8e9}, Tokens{7e9},
                   Tokens{2e9}},
      JobFinished{14_days, job},
      ExceptionEnded{15_days, ExceptionId{0}},
      RuleEnded{16_days, RuleId{0}},
      OrderClosed{17_days, order, chip, 25'000, 3'500, 20'000, 1'500},
      JobUnfinished{17_days, job, Tokens{8.64e10}},
      RunEnded{17_days},
  };
}

}  // namespace chokepoint
