#include "tools/size/training_size.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "tools/estimate/training/training_answer.hpp"
#include "tools/estimate/training/training_search_text.hpp"
#include "tools/size/size_answer.hpp"

namespace chokepoint {
namespace {

TrainingQuestion asked_of(const TrainingSizeQuestion& question, const std::string& device) {
  TrainingQuestion asked = question.of;
  asked.device = device;
  asked.devices = 1;
  return without_degrees(asked);
}

int per_server(const TrainingSubject& subject, const TrainingWorld& world) {
  constexpr int kUsual = 8;
  const auto node = std::ranges::find_if(world.nodes, [&](const NodeSpec& one) {
    return &world.devices[one.device.value] == subject.known.device;
  });
  return node == world.nodes.end() ? kUsual : node->devices_per_node;
}

void size_kind(const TrainingSizeQuestion& question, const TrainingWorld& world,
               SizedGangKind& kind) {
  auto subject = understand(asked_of(question, kind.device), world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    kind.left_out = wrong->message;
    return;
  }
  kind.subject = std::get<TrainingSubject>(std::move(subject));
  const TrainingSystem system = kind.subject->known.system(world.figures);
  // Gangs are sized to plans that take them whole.
  TrainingTask task = task_of(question.of, *kind.subject);
  task.grid = PlanGrid::Usual;
  kind.found =
      least_gang(system, task, question.target, per_server(*kind.subject, world), question.most);
  if (!kind.found.least) return;
  const double rate = question.target.tokens / kind.found.least->run.value;
  kind.cost = fleet_cost(kind.subject->upkeep, kind.found.least->devices, rate);
  if (const auto per_million = kind.cost.usd_per_million_tokens) {
    kind.run = Usd{*per_million * question.target.tokens * 1e-6};
  }
}

std::vector<std::string> names_of(const TrainingSizeQuestion& question, const World& world) {
  if (!question.devices.empty()) return question.devices;
  return question.asks_all ? all_kinds(world) : default_kinds(world);
}

// Least first.
auto rank(const SizedGangKind& kind) {
  const bool makes_it = kind.found.least.has_value();
  const double devices = makes_it ? kind.found.least->devices : 0;
  return std::tuple(!kind.left_out.empty(), !makes_it, !kind.run.has_value(),
                    kind.run ? kind.run->value : devices);
}

}  // namespace

std::optional<Misunderstanding> complaint_of(const TrainingSizeQuestion& question,
                                             const TrainingWorld& world) {
  std::optional<Misunderstanding> first;
  for (const std::string& device : names_of(question, world)) {
    const auto subject = understand(asked_of(question, device), world);
    const auto* wrong = std::get_if<Misunderstanding>(&subject);
    // Of the defaults some may lack a format; all of them lack a model that there is not.
    if (wrong == nullptr && question.devices.empty()) return std::nullopt;
    if (wrong != nullptr && !first) first = *wrong;
  }
  return first;
}

std::vector<SizedGangKind> size_gangs(const TrainingSizeQuestion& question,
                                      const TrainingWorld& world,
                                      const std::optional<SiteQuestion>& site) {
  std::vector<SizedGangKind> kinds;
  for (const std::string& name : names_of(question, world)) {
    SizedGangKind kind;
    kind.device = name;
    if (site) kind.ruling = ruling_for(*site, name);
    const auto sold_from = first_sale(name, world);
    if (!kind.ruling.may_buy) {
      kind.left_out = kind.ruling.text();
    } else if (question.on && sold_from && *question.on < *sold_from) {
      kind.left_out = "not sold before " + format_date(*sold_from);
    }
    if (kind.left_out.empty()) size_kind(question, world, kind);
    kinds.push_back(std::move(kind));
  }
  std::ranges::stable_sort(
      kinds, [](const SizedGangKind& a, const SizedGangKind& b) { return rank(a) < rank(b); });
  return kinds;
}

}  // namespace chokepoint
