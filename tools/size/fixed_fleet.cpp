#include "tools/size/fixed_fleet.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr std::int64_t kMostDevices = 1'048'576;
constexpr const char* kFleetForm = "write it like nv_h20_96:64,hw_ascend_910c:32";

/// The entry of a kind, which is made where there is none.
CountedKind& entry_of(std::vector<CountedKind>& fleet, const CountedKind& kind) {
  const auto known = std::ranges::find_if(fleet, [&](const CountedKind& other) {
    return std::tie(other.device, other.node, other.pue) ==
           std::tie(kind.device, kind.node, kind.pue);
  });
  return known != fleet.end() ? *known : fleet.emplace_back(kind);
}

/// What is wrong with an entry that begins at byte `at`; counts it in where nothing is.
void read_entry(std::string_view entry, std::size_t at, std::vector<CountedKind>& fleet,
                Diagnostics& found) {
  const auto complain = [&](std::size_t offset, std::string message) {
    found.error({"--fleet", 1, static_cast<int>(at + offset) + 1}, std::move(message), kFleetForm);
  };
  const auto colon = entry.find(':');
  if (entry.empty()) return complain(0, "nothing stands here");
  if (colon == std::string_view::npos) {
    return complain(0, concat(in_quotes(entry), " does not say how many devices"));
  }
  const std::string_view digits = entry.substr(colon + 1);
  std::int64_t count = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || count < 1 ||
      count > kMostDevices) {
    return complain(colon + 1, concat(in_quotes(digits), " is no number from 1 to 1048576"));
  }
  CountedKind& kind = entry_of(fleet, {std::string(entry.substr(0, colon))});
  if (kind.count > 0) return complain(0, concat(in_quotes(kind.device), " is there twice"));
  kind.count = count;
}

/// The question about one kind of a fleet.
SizeQuestion asked_about(const SizeQuestion& question, const CountedKind& kind) {
  SizeQuestion asked = question;
  if (!kind.node.empty()) asked.of.node = kind.node;
  asked.of.pue = kind.pue.value_or(question.of.pue);
  return asked;
}

HeldKind held_alone(const SizeQuestion& question, const CountedKind& counted,
                    const ServingCatalog& world) {
  HeldKind held;
  held.kind = counted;
  const SizeQuestion asked = asked_about(question, counted);
  auto understood = subject_of(asked, counted.device, world);
  held.subject = std::make_shared<const ServingSubject>(std::get<ServingSubject>(understood));
  const auto formats = formats_for(asked, counted.device, world);
  const SizingChoice choice = choice_of(*held.subject, formats);
  auto found = best_of_devices(choice, question.load.load, counted.count, question.target.bounds);
  if (auto* best = std::get_if<HeldFleet>(&found)) {
    held.cost = fleet_cost(held.subject->upkeep, static_cast<double>(best->devices()),
                           best->breaking.rate * question.load.output.value);
    held.found = *best;
  } else {
    held.found = std::get<NoFleet>(found);
  }
  return held;
}

/// What pools of the whole fleet need, with costs that outlive them.
struct Together {
  std::deque<StepCosts> costs;
  TrialFleet fleet;
  double rate = 0;  ///< Of all kinds alone.
};

Together all_of(const std::vector<HeldKind>& kinds) {
  Together made;
  for (const HeldKind& kind : kinds) {
    const HeldFleet* held = kind.fleet();
    if (held == nullptr) continue;
    const ServingSubject& subject = *kind.subject;
    made.costs.push_back(step_costs(subject.task, held->estimate.plan));
    const SizingChoice choice = choice_of(subject, {});
    const TrialFleet own =
        trial_fleet(choice, held->estimate, made.costs.back(), held->replicas, held->breaking.rate);
    TrialPool pool = own.pools.front();
    // Each gets as much as it holds: the weight of a request is the part of that that it takes.
    pool.weight = static_cast<double>(held->replicas) / held->breaking.rate;
    made.fleet.pools.push_back(pool);
    made.fleet.stay = std::max(made.fleet.stay, own.stay);
    made.rate += held->breaking.rate;
  }
  return made;
}

}  // namespace

std::optional<std::vector<CountedKind>> read_fleet(const std::string& text, Diagnostics& found) {
  const std::size_t before = found.errors();
  found.remember("--fleet", text);
  std::vector<CountedKind> fleet;
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    read_entry(std::string_view(text).substr(at, comma - at), at, fleet, found);
    at = comma + 1;
  }
  return found.errors() > before ? std::nullopt : std::optional(std::move(fleet));
}

std::optional<std::vector<CountedKind>> fleet_in(const std::filesystem::path& file,
                                                 Diagnostics& found) {
  const auto composed = compose(file, {}, false, found);
  const auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!world) return std::nullopt;
  std::vector<CountedKind> fleet;
  for (const ChipStock& stock : world->stocks) {
    const Pool& pool = world->pools[stock.pool.value];
    const CountedKind kind{world->devices[pool.device.value].name, 0,
                           world->nodes[pool.node.value].name,
                           world->sites[pool.site.value].pue.value};
    entry_of(fleet, kind).count += std::llround(stock.units.value);
  }
  std::erase_if(fleet, [](const CountedKind& kind) { return kind.count < 1; });
  if (!fleet.empty()) return fleet;
  found.error({file.string(), 0, 0}, "holds no devices in place", "give its pools stocks");
  return std::nullopt;
}

std::optional<Misunderstanding> complaint_of(const SizeQuestion& question,
                                             const std::vector<CountedKind>& fleet,
                                             const ServingCatalog& world) {
  for (const CountedKind& kind : fleet) {
    const auto subject = subject_of(asked_about(question, kind), kind.device, world);
    if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) return *wrong;
  }
  return std::nullopt;
}

HeldAnswer hold_fleet(const SizeQuestion& question, const std::vector<CountedKind>& fleet,
                      const ServingCatalog& world,
                      const std::function<void(const HeldKind&)>& done) {
  HeldAnswer answer;
  for (const CountedKind& kind : fleet) {
    answer.kinds.push_back(held_alone(question, kind, world));
    if (done) done(answer.kinds.back());
  }
  const SizingLoad& load = question.load.load;
  const auto& bounds = question.target.bounds;
  const auto holds = [](const HeldKind& kind) { return kind.fleet() != nullptr; };
  const auto holding = std::ranges::count_if(answer.kinds, holds);
  if (question.target.rate) answer.keeps_rate = false;
  if (holding == 0) return answer;
  const Together all = all_of(answer.kinds);
  answer.together = holding == 1 ? std::ranges::find_if(answer.kinds, holds)->fleet()->breaking
                                 : highest_rate(all.fleet, load, bounds, all.rate);
  if (!question.target.rate || !answer.together) return answer;
  // The highest rate is known within 2 %: what is above it may be kept all the same.
  const double rate = *question.target.rate;
  answer.keeps_rate = rate <= answer.together->rate ||
                      trial_at(all.fleet, load, rate, bounds, {.stops_early = true}).keeps();
  return answer;
}

}  // namespace chokepoint
