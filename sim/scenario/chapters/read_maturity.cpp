#include "sim/scenario/chapters/chapters.hpp"

#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "sim/scenario/reading/read_curve.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

constexpr Unit kMonthsOfWork = at_least(0.01, 1.0, 600.0, "a month; 50 years are the most");
constexpr Unit kEffort = at_least(0.0, 1.0, 1e4, "as many engineers as usual");
constexpr Unit kSlowdown = at_least(1.0, 1.0, 1e4, "a factor");
constexpr Unit kExponent = at_least(1e-3, 1.0, 100.0, "a power of the breadth");
constexpr Unit kPower = at_least(0.0, 1.0, 10.0, "a power");
constexpr Unit kEngineers = at_least(1e-3, 1.0, 1e5, "a person at work");
constexpr Unit kEngineerMonths = at_least(0.0, 1.0, 1e5, "a month of one person's work");
// Where proto/software says "unset".
constexpr double kFamilyLifeMonths = 24.0, kResearchLifeMonths = 6.0;
constexpr Unit kLeadMonths = at_least(0.0, 1.0, 60.0, "a month");
constexpr Unit kTeams = at_least(0.0, 1.0, 1e4, "one");
constexpr Unit kSpeed = at_least(0.0, 1.0, 1e4, "what the catalogue says of the device");
constexpr Unit kSomePackages = at_least(1e-3, 1.0, 1e9, "a package");

/// The share that is written per month where half of what is missing takes so many months.
Sourced<double> per_month(const Sourced<double>& half_months) {
  const double share = half_months.value > 0.0 ? std::log(2.0) / half_months.value : 0.0;
  return {share, half_months.input};
}

void read_generations(const Cursor& at, const pb::StackMaturity& in, StackHistory& out) {
  for (int i = 0; i < in.generations_size(); ++i) {
    const std::string field = concat("generations[", i, "]");
    const auto date = read_date(at, field, in.generations(i));
    if (!date) continue;
    if (!out.generations.empty() && *date <= out.generations.back()) {
      at.error(field,
               concat("a generation on ", format_date(*date), " after one on ",
                      format_date(out.generations.back())),
               "dates out of order: generations come one after the other");
    }
    out.generations.push_back(*date);
  }
}

void read_history(Reading& reading, const Cursor& at, std::set<StackId>& seen) {
  const auto& in = as<pb::StackMaturity>(at);
  StackHistory out;
  const auto stack = reading.stacks.resolve(at, "name", in.name());
  out.stack = stack.value_or(StackId{});
  if (stack && !seen.insert(*stack).second) {
    at.error("name", concat("a second maturity of stack ", in_quotes(in.name())),
             "one maturity per stack");
  }
  out.since = read_date(at, "since", in.since()).value_or(Date());
  out.measured_on = read_date(at, "measured_on", in.measured_on()).value_or(Date());
  const auto read = [&](const char* field, const Unit& unit) {
    return read_required<double>(reading, at, field, unit);
  };
  out.law.breadth_start = read("breadth_start", kShare);
  out.law.breadth_written = per_month(read("breadth_half_months", kMonthsOfWork));
  out.law.speed_start = read("speed_start", kFraction);
  out.law.speed_half_months = read("speed_half_months", kMonthsOfWork);
  out.law.reset_share_breadth = read("reset_breadth_share", kShare);
  out.law.reset_share_speed = read("reset_speed_share", kShare);
  out.law.decay_per_month = read("decay_per_month", kShare);
  out.law.reference_engineers = {1.0, {}};
  out.effort = read_required_curve(reading, at, "effort", kEffort);
  out.porting_engineer_months = read("porting_engineer_months", kEngineerMonths);
  if (!in.compiles().empty()) {
    out.compiles = reading.stacks.resolve(at, "compiles", in.compiles());
  }
  read_generations(at, in, out);
  reading.world.stack_histories.push_back(std::move(out));
}

// What all stacks share, taken into the law of each.
void read_shared(Reading& reading, const Cursor& at) {
  const auto read = [&](const char* field, const Unit& unit) {
    return read_required<double>(reading, at, field, unit);
  };
  const auto elasticity = read("engineer_elasticity", kFraction);
  const auto learning = read("base_learning", kPower);
  const auto base = read("base_units", kSomePackages);
  const auto upkeep = read("upkeep_effort", kEngineers);
  const auto doubling = read("breadth_doubling_months", kMonthsOfWork);
  for (StackHistory& history : reading.world.stack_histories) {
    history.law.engineer_elasticity = elasticity;
    history.law.base_learning = learning;
    history.law.base_units = base;
    history.law.upkeep_engineers = upkeep;
    history.law.breadth_doubling_months = doubling;
  }
  Maturation& out = reading.world.maturation;
  out.fallback.slowdown = {read("npu_slowdown", kSlowdown), read("ppu_slowdown", kSlowdown),
                           read("dsa_slowdown", kSlowdown), read("gpu_slowdown", kSlowdown)};
  const auto training = read("training_exponent", kExponent);
  const auto of_training = [&](const char* field) {
    const auto share = read(field, kFraction);
    return Sourced<double>{training.value * share.value, share.input};
  };
  out.fallback.exponent = {training, of_training("prefill_exponent_share"),
                           of_training("decode_exponent_share")};
  out.fallback.newness = read("newness", kPower);
  out.porting.generic_share = read("generic_share", kFraction);
  out.porting.port_learning = read("port_learning", kPower);
  out.porting.base_learning = read("port_base_learning", kPower);
  out.porting.base_units = base;
  out.porting.crowd = read("crowd_engineers", kEngineers);
  out.porting.least_months = read("least_months", kMonthsOfWork);
  out.porting.engineer_month =
      read_required<Usd>(reading, at, "engineer_month_usd", kUsdPerMachine);
  out.team_engineers = read("team_engineers", kEngineers);
  out.kept_per_generation = read("kept_per_generation", kShare);
  out.family_life_months =
      read_figure_or(reading, at, "family_life_months", kMonthsOfWork, kFamilyLifeMonths);
  out.port_teams = read_figure_or(reading, at, "port_teams", kTeams, 0.0);
  out.port_lead_months = read_figure_or(reading, at, "port_lead_months", kLeadMonths, 0.0);
  out.research_families = read_figure_or(reading, at, "research_families", kTeams, 0.0);
  out.research_life_months =
      read_figure_or(reading, at, "research_life_months", kMonthsOfWork, kResearchLifeMonths);
  out.new_share = read_figure_or(reading, at, "new_architecture_share", kShare, 0.0);
  out.new_factor = read_figure_or(reading, at, "new_architecture_factor", kSlowdown, 1.0);
  out.tuning_share = read_figure_or(reading, at, "tuning_share", kShare, 0.0);
}

void read_device_speeds(Reading& reading) {
  World& world = reading.world;
  const auto written = reading.root.children("device_speeds");
  if (written.empty()) return;
  if (reading.scenario.maturities_size() > 0) {
    written.front().error("name", "device_speeds beside maturities",
                          "leave one of the two out: stacks mature, or stay as they were on a day");
  }
  world.device_speeds.assign(world.devices.size(), {1.0, 1.0, 1.0});
  for (const Cursor& at : written) {
    const auto device = reading.devices.resolve(at, "name", at.name());
    std::array<double, kWorkKinds> speeds{};
    for (std::size_t kind = 0; kind < kWorkKinds; ++kind) {
      speeds[kind] = read_number(at, kWorkNames[kind], kSpeed, 1.0).value_or(1.0);
    }
    if (device) world.device_speeds[device->value] = speeds;
  }
}

}  // namespace

void read_maturation(Reading& reading) {
  const auto& in = reading.scenario;
  std::set<StackId> seen;
  for (const Cursor& at : reading.root.children("maturities")) read_history(reading, at, seen);
  if (in.has_maturation()) {
    read_shared(reading, reading.root.child("maturation"));
  } else if (in.maturities_size() > 0) {
    reading.root.error("maturation", "maturation is missing, though stacks mature",
                       "say what all stacks have in common: maturation { ... }");
  }
  read_device_speeds(reading);
}

}  // namespace chokepoint
