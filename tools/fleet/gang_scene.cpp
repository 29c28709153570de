#include "tools/fleet/gang_scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/calendar.hpp"
#include "models/find_named.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr const char* kFirstDay = "2000-01-01";  // A gang has no date of its own.
constexpr double kLongestDays = 18'000;          // That a scenario may last.

void set_choice(pb::Sourced& figure, double value) {
  figure.set_value(value);
  figure.set_source("scenario_prior");
  figure.set_confidence(pb::ESTIMATED);
  figure.set_note("a choice");
}

double nodes_of(const SceneOfGang& gang, const NodeSpec& node) {
  return std::ceil(gang.devices / static_cast<double>(node.devices_per_node)) + gang.spare_nodes;
}

void add_gang_cluster(pb::Scenario& scenario, const SceneOfGang& gang, const NodeSpec& node) {
  const double nodes = nodes_of(gang, node);
  pb::Org& org = *scenario.add_orgs();
  org.set_name("operator"), org.set_display("Whoever runs the cluster");
  org.set_headquarters("CN"), org.add_classes("other");
  pb::Site& site = *scenario.add_sites();
  site.set_name("cluster"), site.set_display("The cluster"), site.set_country("CN");
  set_choice(*site.mutable_power_cap_mw(),
             std::max(0.01, nodes * node.full_power.value.value * 4e-6));
  set_choice(*site.mutable_pue(), 1.3);
  set_choice(*site.mutable_idle_power_share(), gang.idle_power_share);
  set_choice(*site.mutable_install_days(), 0);
  pb::Pool& pool = *site.add_pools();
  pool.set_name("gang"), pool.set_node(node.name);
  pb::Stock& stock = *pool.add_stocks();
  stock.set_name("all"), stock.set_owner("operator"), stock.set_status(pb::LEGAL);
  set_choice(*stock.mutable_units(), nodes * node.devices_per_node);
}

void add_gang_job(pb::Scenario& scenario, const SceneOfGang& gang, const TrainingSubject& subject) {
  pb::TrainingJob& job = *scenario.add_training_jobs();
  job.set_name(gang.job), job.set_owner("operator");
  job.set_transformer(subject.known.model_name);
  set_choice(*job.mutable_tokens_bn(), gang.tokens / 1e9);
  job.set_sequence_tokens(subject.known.plan.sequence);
  job.set_submitted(kFirstDay);
  job.set_devices(static_cast<std::uint32_t>(gang.devices));
  job.add_pools("cluster/gang");
  if (gang.checkpoint_hours) job.set_checkpoint_hours(*gang.checkpoint_hours);
}

// The first day after all of it.
std::string last_day(Seconds wall) {
  const double days = std::min(kLongestDays, std::floor(wall / 1_days) + 1);
  return format_date(*parse_date(kFirstDay) + std::chrono::days(static_cast<int>(days)));
}

const NodeSpec* server_of(const TrainingSubject& subject, const World& world) {
  const auto node = std::ranges::find_if(world.nodes, [&](const NodeSpec& one) {
    return world.devices[one.device.value].name == subject.known.device_name;
  });
  return node == world.nodes.end() ? nullptr : &*node;
}

}  // namespace

std::variant<RunScene, Misunderstanding> scene_of(const SceneOfGang& gang,
                                                  const TrainingSubject& subject,
                                                  const std::filesystem::path& root) {
  Diagnostics found;
  const auto file = root / "scenarios" / "catalog" / "training.textproto";
  auto composed = compose(file, {}, false, found);
  auto catalog = composed ? read_catalog(*composed, found) : std::nullopt;
  const NodeSpec* node = catalog ? server_of(subject, *catalog) : nullptr;
  if (node == nullptr) {
    return Misunderstanding{concat("no server of the catalogue has ", subject.known.device_name),
                            "leave out -o, or add one to scenarios/catalog/nodes.textproto"};
  }
  pb::Scenario& scenario = composed->scenario;
  scenario.set_name(gang.name);
  scenario.set_question(gang.question);
  scenario.set_start(kFirstDay), scenario.set_end(last_day(gang.wall));
  scenario.set_seed(gang.seed);
  add_gang_cluster(scenario, gang, *node);
  add_gang_job(scenario, gang, subject);
  auto world = read_catalog(*composed, found);
  if (!world) {
    const auto& first = found.items().front();
    return Misunderstanding{"the gang is no scenario: " + first.message, first.help};
  }
  return RunScene{std::move(*composed), std::move(*world)};
}

}  // namespace chokepoint
