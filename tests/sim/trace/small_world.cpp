#include "tests/sim/trace/small_world.hpp"

#include <chrono>

#include "tests/sim/trace/made_event.hpp"

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
  world.device_items = {
      NamedItem{"chip_a", "", {}, item_of(DeviceId{0}, device, Country("US")), "", ""}};
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
  ServedPool pool;
  pool.name = "readers";
  ServedPool other = pool;
  other.name = "writers";
  world.served.pools = {pool, other};
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
  return made_events(small_world(), 0);
}

}  // namespace chokepoint
