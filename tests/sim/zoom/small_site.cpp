#include "tests/sim/zoom/small_site.hpp"

#include <fmt/format.h>
#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>

#include "models/device_speed.hpp"
#include "sim/engine/engine.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/zoom/zoomed_site.hpp"
#include "sim/zoom/zoomed_study.hpp"
#include "tests/paths.hpp"
#include "tests/sim/engine/in_child.hpp"

namespace chokepoint {
namespace {

const Composed& catalog() {
  static const Composed composed = [] {
    Diagnostics found;
    auto read = compose(source_dir() + "/scenarios/catalog/catalog.textproto", {}, false, found);
    REQUIRE(read);
    return std::move(*read);
  }();
  return composed;
}

std::string figure(const std::string& field, const std::string& value) {
  return field + " { value: " + value + " source: \"guess\" confidence: ESTIMATED } ";
}

std::string job_text(const std::string& name, int nodes, double tokens_bn,
                     const std::string& submitted) {
  return "training_jobs { name: \"" + name + "\" owner: \"we\" transformer: \"Llama-3.1-8B\" " +
         figure("tokens_bn", std::to_string(tokens_bn)) + "submitted: \"" + submitted +
         "\" devices: " + std::to_string(8 * nodes) + " pools: \"pod/h100\" }\n";
}

std::string site_text(const SmallSite& small) {
  return "sources { name: \"guess\" what: \"A guess\" location: \"-\" confidence: ESTIMATED } "
         "orgs { name: \"we\" headquarters: \"US\" } name: \"small\" question: \"What?\" start: "
         "\"2025-01-01\" end: \"2025-02-01\"\n"
         "sites { name: \"pod\" country: \"US\" " +
         figure("power_cap_mw", std::to_string(small.power_cap_mw)) + figure("pue", "1.25") +
         figure("idle_power_share", "0.3") + figure("install_days", "0") +
         "pools { name: \"h100\" node: \"hgx_h100\" stocks { name: \"all\" owner: \"we\" "
         "status: LEGAL " +
         figure("units", std::to_string(8 * small.nodes)) + "} } }\n";
}

std::string service_text(const SmallSite& small, double demand_bn_per_day) {
  return "services { name: \"chat\" owner: \"we\" transformer: \"Llama-3.1-8B\" prompt_tokens: " +
         std::to_string(small.prompt) + " output_tokens: " + std::to_string(small.output) + " " +
         figure("tpot_target_ms", std::to_string(small.tpot_ms)) +
         figure("demand_bn_tokens_per_day", std::to_string(demand_bn_per_day)) +
         figure("growth_per_year", std::to_string(small.growth_per_year)) +
         "shares { pool: \"pod/h100\" share: " + fmt::format("{}", small.serving_share) + " } }\n";
}

Composed with_text(const std::string& text) {
  pb::Scenario scenario = catalog().scenario;
  pb::Scenario more;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &more));
  scenario.MergeFrom(more);
  return composed_from(std::move(scenario), "small.textproto");
}

// Tokens that the first job trains in a day.
double bn_per_day(const World& world) {
  return (gang_throughput(world, world.training_jobs[0], PoolId{0}) * 1_days).value / 1e9;
}

}  // namespace

World site_world(const Composed& composed) {
  Diagnostics found;
  auto world = read_world(composed, found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(world);
  return std::move(*world);
}

World study_world(const std::string& text) {
  pb::Scenario study;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &study));
  return site_world(composed_from(std::move(study), "study.textproto"));
}

Composed composed_site(const SmallSite& small) {
  const std::string first = job_text("long", small.gang_nodes, 1e5, "2024-12-01");
  const World probe = site_world(with_text(site_text(small) + service_text(small, 1) + first));
  const double devices = 8.0 * small.nodes * small.serving_share;
  const auto group = replica_group(probe, ServiceId{0}, PoolId{0}, devices);
  REQUIRE(group);
  const double demand = small.load * (group->capacity * 1_days).value / 1e9;
  const double of_a_node = bn_per_day(probe) / small.gang_nodes;
  std::string text = site_text(small) + service_text(small, demand) + first;
  if (small.short_job_days > 0) {
    text += job_text("short", 1, of_a_node * small.short_job_days, "2024-12-01");
  }
  if (!small.third_job_comes.empty()) {
    text += job_text("third", 1, of_a_node * 1000, small.third_job_comes);
  }
  return with_text(text);
}

WatchedSite watched(const World& world, int from_day, int days) {
  SiteWatch watch({SiteId{0}, from_day * 1_days, (from_day + days) * 1_days});
  MemorySink sink;
  run(world, sink, {}, &watch);
  return watch.seen();
}

SiteBothWays both_ways(const SmallSite& small, int from_day, int days) {
  const Composed composed = composed_site(small);
  const auto run_both = [&]() -> std::vector<SiteBothWays> {
    const World world = site_world(composed);
    const WatchedSite seen = watched(world, from_day, days);
    const World study = study_world(study_text(zoomed_study(composed, world, seen)));
    const PlayedSite played = play_site(study);
    SiteBothWays both{};
    for (const WatchedService& service : seen.services) {
      both.served_by_segments += service.served.served.value;
    }
    for (const WatchedJob& job : seen.jobs) both.trained_by_segments += job.trained.value;
    both.served_zoomed = played.served.value;
    both.trained_zoomed = played.trained.value;
    both.energy_by_segments = seen.energy.value;
    both.energy_zoomed = played.energy.value;
    return {both};
  };
  return in_child<SiteBothWays>(run_both).at(0);
}

}  // namespace chokepoint
