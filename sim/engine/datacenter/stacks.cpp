#include "sim/engine/datacenter/stacks.hpp"

#include <algorithm>

#include "models/device_speed.hpp"
#include "models/ecosystem/region.hpp"

namespace chokepoint {

namespace {

constexpr double kLeastMissing = 0.02;  // Of operators: every model has some of its own.
constexpr std::uint32_t kCudaNest = 0, kCompilesNest = 1, kOtherNest = 2;

/// The stack on a day by its law and effort alone, nobody counted who uses it.
Maturity on_day(const StackHistory& history, Date day) {
  Maturity maturity = first_maturity(history.law);
  for (Date month = history.since; month < day; month = add_months(month, 1)) {
    maturity = next_month(maturity, history.law, {value_on(history.effort, month), 0.0});
  }
  return maturity;
}

FamilyTurnover turnover_of(const World& world) {
  FamilyTurnover turnover;
  if (world.stack_histories.empty()) return turnover;
  turnover.families = world.choice.families.value;
  turnover.life_months = world.maturation.family_life_months.value;
  turnover.team_engineers = world.maturation.team_engineers.value;
  turnover.kept_per_generation = world.maturation.kept_per_generation.value;
  turnover.research_families = world.maturation.research_families.value;
  turnover.research_life_months = world.maturation.research_life_months.value;
  turnover.new_share = world.maturation.new_share.value;
  turnover.new_factor = world.maturation.new_factor.value;
  return turnover;
}

/// No stack gets more out of its chips than the reference's gets out of the reference.
double headroom(const DeviceWorth& worth, WorkKind kind) {
  const double had = usable(worth, kind);
  return had > 0.0 ? std::max(1.0, nominal(worth, kind) / had) : 1.0;
}

}  // namespace

Stacks::Stacks(const World& world, Agenda& agenda, const Sites& sites)
    : world_(world),
      agenda_(agenda),
      sites_(sites),
      lines_(world.stacks.size()),
      sold_since_(world.devices.size(), world.first_day()),
      installed_(world.stacks.size(), 0.0),
      ports_(world.stacks.size(), turnover_of(world), world.maturation.porting),
      reached_(world.devices.size()) {
  for (const StackHistory& history : world.stack_histories) {
    Line& line = lines_[history.stack.value];
    line.history = &history;
    line.measured = on_day(history, history.measured_on);
    const Date now = std::max(history.since, world.first_day());
    line.generations.push_back({history.since, on_day(history, now)});
    for (const Date from : history.generations) {
      if (from > world.first_day()) continue;
      line.generations.push_back({from, line.generations.back().maturity});
    }
  }
  for (const Offer& offer : world.offers) {
    if (!offer.price.points.empty()) {
      sold_since_[offer.device.value] = offer.price.points.front().on;
    }
  }
  port_before_start();
}

// What is in use on the first day has been ported for as long as it is in use.
void Stacks::port_before_start() {
  if (world_.stack_histories.empty()) return;
  const int months = static_cast<int>(world_.maturation.family_life_months.value);
  for (int month = -months; month < 0; ++month) {
    const Date then = add_months(first_of_month(world_.first_day()), month);
    std::vector<StackMonth> all(lines_.size());
    for (std::uint32_t i = 0; i < lines_.size(); ++i) all[i] = port_month(StackId{i}, then);
    ports_.on_month(all);
  }
  ported_before_ = ports_.spent();
}

StackMonth Stacks::port_month(StackId stack, Date today) const {
  StackMonth month;
  month.need = nest(stack) == kCudaNest ? 0.0 : need(stack, 1.0);
  month.engineers = port_engineers(lines_[stack.value], today);
  month.is_in_use = installed_[stack.value] > 0.0;
  return month;
}

void Stacks::start() {
  for (const Seconds date : month_starts(world_)) {
    agenda_.at(date, Phase::Maturation, [this] { on_month(); });
  }
}

void Stacks::on_month() {
  const Date today = world_.calendar().date_at(agenda_.now());
  std::ranges::fill(installed_, 0.0);
  for (std::uint32_t i = 0; i < world_.pools.size(); ++i) {
    const StackId stack = world_.devices[world_.pools[i].device.value].stack;
    installed_[stack.value] += sites_.installed(PoolId{i});
  }
  std::vector<StackMonth> months(lines_.size());
  for (std::uint32_t i = 0; i < lines_.size(); ++i) {
    const bool is_new_generation = mature(lines_[i], today);
    months[i] = port_month(StackId{i}, today);
    months[i].is_new_generation = is_new_generation;
  }
  ports_.on_month(months);
  std::ranges::fill(reached_, OfWork{});
}

bool Stacks::mature(Line& line, Date today) const {
  if (line.history == nullptr || today <= line.history->since) return false;
  const StackHistory& history = *line.history;
  const std::size_t before = line.generations.size();
  for (const Date from : history.generations) {
    if (from > line.generations.back().from && from <= today) {
      line.generations.push_back(
          {from, on_new_generation(line.generations.back().maturity, history.law)});
    }
  }
  const Effort effort{value_on(history.effort, today), installed_[history.stack.value]};
  for (Generation& generation : line.generations) {
    generation.maturity = next_month(generation.maturity, history.law, effort);
  }
  return line.generations.size() > before;
}

// What benchmarks measure are models that run tuned, so a stack's fractions are theirs. The others
// run on what it has instead, or not at all.
double Stacks::factor(DeviceId device, WorkKind kind, double research) const {
  const Generation* generation = generation_of(device);
  if (generation == nullptr) return device_speed(world_, device, kind);
  auto& known = reached_[device.value][static_cast<std::size_t>(kind)];
  if (!known) {
    known = {reached(device, kind, *generation, false), reached(device, kind, *generation, true)};
  }
  const double all = (1.0 - research) * known->deployed + research * known->research;
  const double measured = lines_[world_.devices[device.value].stack.value].measured.speed;
  return std::min(all / measured, headroom(world_.worth[device.value], kind));
}

double Stacks::reached(DeviceId device, WorkKind kind, const Generation& generation,
                       bool is_research) const {
  const DeviceSpec& spec = world_.devices[device.value];
  const Ported ported = ports_.ported(spec.stack.value, is_research);
  const double generic = useful_factor(generation.maturity, kind, is_research ? 1.0 : 0.0,
                                       spec.kind, world_.maturation.fallback);
  return ported.tuned * std::max(generation.maturity.speed, generic) + ported.generic * generic;
}

double Stacks::factor_of_tuned(DeviceId device, WorkKind kind) const {
  const Generation* generation = generation_of(device);
  if (generation == nullptr) return device_speed(world_, device, kind);
  const double measured = lines_[world_.devices[device.value].stack.value].measured.speed;
  return std::min(generation->maturity.speed / measured,
                  headroom(world_.worth[device.value], kind));
}

double Stacks::port_engineers(const Line& line, Date today) const {
  if (line.history == nullptr) return 0.0;
  // On samples of chips that are not sold yet.
  const int lead = static_cast<int>(world_.maturation.port_lead_months.value);
  if (today < add_months(line.history->since, -lead)) return 0.0;
  const Date counted = std::max(today, line.history->since);
  return value_on(line.history->effort, counted) * world_.maturation.port_teams.value *
         world_.maturation.team_engineers.value;
}

const Stacks::Generation* Stacks::generation_of(DeviceId device) const {
  const Line& line = lines_[world_.devices[device.value].stack.value];
  if (line.history == nullptr) return nullptr;
  const Generation* found = &line.generations.front();
  for (const Generation& generation : line.generations) {
    if (generation.from <= sold_since_[device.value]) found = &generation;
  }
  return found;
}

double Stacks::need(StackId stack, double families) const {
  const Line& line = lines_[stack.value];
  if (line.history == nullptr) return 0.0;
  const double missing = std::max(kLeastMissing, 1.0 - maturity(stack).breadth);
  const double tuning = world_.maturation.tuning_share.value;
  const double by_hand =
      line.history->porting_engineer_months.value * families * (tuning + (1.0 - tuning) * missing);
  return porting_need(world_.maturation.porting, {by_hand, 1.0}, {0.0, installed_[stack.value]});
}

double Stacks::porting_months(DeviceId device, double families) const {
  if (world_.stack_histories.empty()) return 0.0;
  const StackId stack = world_.devices[device.value].stack;
  if (nest(device) == kCudaNest) return 0.0;  // Models are written for it.
  const double left = families * (1.0 - ports_.ported(stack.value, false).tuned);
  return chokepoint::porting_months(world_.maturation.porting, need(stack, left),
                                    world_.maturation.team_engineers.value);
}

std::uint32_t Stacks::nest(DeviceId device) const {
  return nest(world_.devices[device.value].stack);
}

std::uint32_t Stacks::nest(StackId stack) const {
  const Line& line = lines_[stack.value];
  if (line.history != nullptr && line.history->compiles) return kCompilesNest;
  const auto& histories = world_.stack_histories;
  const bool is_compiled =
      std::ranges::any_of(histories, [&](const StackHistory& h) { return h.compiles == stack; });
  return is_compiled ? kCudaNest : kOtherNest;
}

Maturity Stacks::maturity(StackId stack) const {
  const Line& line = lines_[stack.value];
  return line.history == nullptr ? Maturity{1.0, 1.0} : line.generations.back().maturity;
}

// One family stands for all: what is installed of a stack runs it, and could move to each other.
std::vector<Deployment> Stacks::deployments() const {
  std::vector<Deployment> deployments;
  for (std::uint32_t i = 0; i < installed_.size(); ++i) {
    if (installed_[i] > 0.0) deployments.push_back({TransformerId{}, StackId{i}, installed_[i]});
  }
  return deployments;
}

double Stacks::months_to_move() const {
  const auto deployed = deployments();
  std::vector<PortingProject> pairs;
  for (const Deployment& deployment : deployed) {
    PortingProject pair;
    pair.stack = deployment.stack;
    pair.need = need(deployment.stack, 1.0);
    pairs.push_back(pair);
  }
  return expected_months_to_move(deployed, pairs, world_.maturation.porting,
                                 world_.maturation.team_engineers.value);
}

double Stacks::shared_artefacts() const {
  const auto deployed = deployments();
  StackSides sides;
  for (const Deployment& deployment : deployed) {
    const StackId stack = deployment.stack;
    const Line& line = lines_[stack.value];
    const double generations =
        line.history == nullptr ? 0.0 : static_cast<double>(line.generations.size() - 1);
    const Country home = world_.orgs[world_.stacks[stack.value].vendor.value].headquarters;
    auto& side = home == kHomeCountry ? sides.there : sides.here;
    side.push_back({stack, maturity(stack).breadth, generations});
  }
  if (sides.here.empty() || sides.there.empty()) return 1.0;
  return chokepoint::shared_artefacts(deployed, sides, world_.maturation.kept_per_generation.value);
}

}  // namespace chokepoint
