#include "sim/scenario/read_world.hpp"

#include "sim/scenario/chapters/chapters.hpp"
#include "sim/scenario/fleet/read_fleet.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

constexpr double kLongestDays = 18'263.0;  // 50 years.

void read_period(Reading& reading) {
  const auto& in = reading.scenario;
  const auto start = read_moment(reading.root, "start", in.start());
  const auto end = read_moment(reading.root, "end", in.end());
  if (!start || !end) return;
  if (*end <= *start) {
    reading.root.error(
        "end", concat("end ", format_moment(*end), " is not after start ", format_moment(*start)),
        "dates out of order: end is the first day after the last");
  }
  const Seconds length = Calendar{*start}.at(*end);
  if (const double days = length / 1_days; days > kLongestDays) {
    reading.root.error("end", concat("the scenario is ", days, " days long, more than 50 years"),
                       "no figure here holds for so long");
  }
  reading.world.start = *start;
  reading.world.end = *end;
}

void read_subject(Reading& reading) {
  const auto& in = reading.scenario;
  World& world = reading.world;
  world.name = in.name();
  world.question = in.question();
  if (!in.name().empty() && !is_name(in.name())) {
    reading.root.error("name", concat(in_quotes(in.name()), " is no name"),
                       "names begin with a letter or digit and go on with letters, digits, '_', "
                       "'.' and '-'");
  }
  if (in.has_seed()) world.seed = in.seed();
  if (!in.as_of().empty()) world.as_of = read_date(reading.root, "as_of", in.as_of());
  world.policy_as_of = in.policy_as_of().empty()
                           ? world.as_of
                           : read_date(reading.root, "policy_as_of", in.policy_as_of());
  if (in.has_sample_days()) {
    const auto period = read_number(reading.root, "sample_days", kSampleDays);
    if (period) world.sample_period = Seconds{*period};
  }
}

/// False where errors were found.
bool read_chapters(Reading& reading, const Diagnostics& found) {
  read_subject(reading);
  read_sources(reading);
  read_country_groups(reading);
  read_orgs(reading);
  read_devices(reading);
  read_nodes(reading);
  read_software(reading);
  read_maturation(reading);
  read_transformers(reading);
  read_serving_engines(reading);
  read_kernels(reading);
  read_reliability(reading);
  read_reference(reading);
  read_serving(reading);
  read_redesign(reading);
  read_items(reading);
  read_policy(reading);
  check_outlooks(reading);
  read_sites(reading);
  read_network(reading);
  read_market(reading);
  read_supply(reading);
  read_buyers(reading);
  read_history(reading);
  read_evasion(reading);
  read_training_jobs(reading);
  read_services(reading);
  read_serving_fleet(reading);
  if (found.has_errors()) return false;
  check_load(reading);
  return !found.has_errors();
}

}  // namespace

std::optional<World> read_world(const Composed& composed, Diagnostics& found,
                                const StandIns& stand_ins) {
  if (!check_size(composed, found)) return std::nullopt;
  Reading reading(composed, found);
  reading.stand_ins = &stand_ins;
  read_period(reading);
  if (!read_chapters(reading, found)) return std::nullopt;
  reading.world.worth = worth_of_devices(reading);
  weigh_served_models(reading.world);
  return std::move(reading.world);
}

std::optional<World> read_catalog(const Composed& composed, Diagnostics& found) {
  if (!check_size(composed, found)) return std::nullopt;
  Reading reading(composed, found);
  const bool has_period = !composed.scenario.start().empty() || !composed.scenario.end().empty();
  if (has_period) read_period(reading);
  if (!read_chapters(reading, found)) return std::nullopt;
  return std::move(reading.world);
}

}  // namespace chokepoint
