#include "tools/report/indicators.hpp"

#include <functional>
#include <map>
#include <utility>

#include "sim/trace/counter_names.hpp"

namespace chokepoint {
namespace {

constexpr double kTokensPerUnit = 1e12;
constexpr double kPercentPoint = 0.01;

using Parts = std::map<std::string, double>;

struct Title {
  std::string name;
  std::string unit;
};

/// Parts of a whole that is listed already.
void add_parts(const Title& title, const std::string& split, const Parts& parts,
               std::vector<Indicator>& into) {
  for (const auto& [subject, value] : parts) {
    into.push_back({title.name, split, subject, title.unit, value});
  }
}

/// The whole, then its parts. The whole of nothing is zero and is said, too.
void add_split(const Title& title, const std::string& split, const Parts& parts,
               std::vector<Indicator>& into) {
  double whole = 0.0;
  for (const auto& [subject, value] : parts) whole += value;
  into.push_back({title.name, "", "", title.unit, whole});
  add_parts(title, split, parts, into);
}

using DeliveryValue = std::function<double(const DeliveryMonth&)>;
using DeliverySubject = std::function<std::string(const DeliveryKey&)>;

Parts deliveries_by(const RunAccount& account, const DeliverySubject& subject,
                    const DeliveryValue& value) {
  Parts parts;
  for (const auto& [key, delivery] : account.deliveries) {
    const double amount = value(delivery);
    if (amount != 0.0) parts[subject(key)] += amount;
  }
  return parts;
}

Parts deliveries_by_device(const RunAccount& account, bool substitutes,
                           double DeliveryMonth::*value) {
  Parts parts;
  for (const auto& [key, delivery] : account.deliveries) {
    if (key.substitute != substitutes || delivery.*value == 0.0) continue;
    parts[name_of(*account.world, key.device)] += delivery.*value;
  }
  return parts;
}

Parts outstanding_by_device(const RunAccount& account) {
  Parts parts;
  for (const auto& order : account.orders) {
    if (order.outstanding != 0.0) {
      parts[name_of(*account.world, order.device)] += order.outstanding;
    }
  }
  return parts;
}

Parts refused_by(const RunAccount& account,
                 const std::function<std::string(const RefusalKey&)>& subject) {
  Parts parts;
  for (const auto& [key, refused] : account.refusals) parts[subject(key)] += refused.units;
  return parts;
}

/// Last samples of `counter`, scaled, by their subjects.
Parts latest_by_subject(const RunAccount& account, Counter counter, double per_unit) {
  Parts parts;
  for (const auto& [key, value] : account.latest) {
    if (key.counter != counter) continue;
    parts[subject_name(*account.world, {{}, counter, key.index})] += value / per_unit;
  }
  return parts;
}

/// Last samples of a counter of pools, by what the pools hold.
Parts latest_by_device(const RunAccount& account, Counter counter) {
  const World& world = *account.world;
  Parts parts;
  for (const auto& [key, value] : account.latest) {
    if (key.counter == counter) parts[name_of(world, world.pools[key.index].device)] += value;
  }
  return parts;
}

void add_deliveries(const RunAccount& account, std::vector<Indicator>& into) {
  const Title refused{"refused", "packages"};
  add_split({"ordered", "packages"}, "device",
            deliveries_by_device(account, false, &DeliveryMonth::ordered), into);
  add_split({"delivered", "packages"}, "device",
            deliveries_by_device(account, false, &DeliveryMonth::delivered), into);
  add_split(refused, "device", deliveries_by_device(account, false, &DeliveryMonth::refused), into);
  add_parts(refused, "gate", refused_by(account, [](const RefusalKey& key) { return key.gate(); }),
            into);
  const auto rules = [&](const RefusalKey& key) { return rules_of(key, *account.world); };
  add_parts(refused, "rule", refused_by(account, rules), into);
  add_split({"outstanding", "packages"}, "device", outstanding_by_device(account), into);
  add_split({"substitutes_delivered", "packages"}, "device",
            deliveries_by_device(account, true, &DeliveryMonth::delivered), into);
}

void add_compute(const RunAccount& account, std::vector<Indicator>& into) {
  add_split({"devices_installed", "packages"}, "device",
            latest_by_device(account, Counter::DevicesInstalled), into);
  add_split({"devices_powered", "packages"}, "device",
            latest_by_device(account, Counter::DevicesPowered), into);
  into.push_back({"installed_tpp", "", "", "1e6 TPP", account.latest_sum(Counter::Tpp) / 1e6});
  const std::vector<std::pair<std::string, Counter>> ways = {
      {"installed_h100e_peak", Counter::H100ePeak},
      {"usable_h100e_training", Counter::H100eTraining},
      {"usable_h100e_prefill", Counter::H100ePrefill},
      {"usable_h100e_decode", Counter::H100eDecode}};
  for (const auto& [name, counter] : ways) {
    into.push_back({name, "", "", "H100e", account.latest_sum(counter)});
  }
}

/// Of jobs that were placed; all of the time where nothing may stop one. Empty where the scenario
/// does not ask.
Parts goodput_of(const RunAccount& account) {
  if (!account.world->interrupted_jobs) return {};
  Parts goodput = latest_by_subject(account, Counter::TrainingGoodput, kPercentPoint);
  for (const auto& [job, tokens] : latest_by_subject(account, Counter::TrainingTokens, 1.0)) {
    if (tokens > 0.0) goodput.try_emplace(job, 1.0 / kPercentPoint);
  }
  return goodput;
}

/// Sums of `amount` in units of `per`, over what it is for; nothing where that is none.
Parts quotients(const RunAccount& account, Counter amount, Counter over, double per) {
  Parts quotients;
  const Parts all = latest_by_subject(account, over, per);
  for (const auto& [subject, value] : latest_by_subject(account, amount, 1.0)) {
    const double divisor = all.at(subject);
    if (divisor > 0.0) quotients[subject] = value / divisor;
  }
  return quotients;
}

/// Only where services lend.
void add_lending(const RunAccount& account, std::vector<Indicator>& into) {
  const Parts hours = latest_by_subject(account, Counter::LentNodeHours, 1.0);
  if (hours.empty()) return;
  add_split({"lent_node_hours", "h"}, "pool", hours, into);
  add_split({"training_on_lent", "1e21 FLOP"}, "pool",
            latest_by_subject(account, Counter::LentFlops, 1e21), into);
  add_split({"gangs_taken_back", "gangs"}, "pool",
            latest_by_subject(account, Counter::GangsTakenBack, 1.0), into);
  add_split({"tokens_unmet_in_return", "1e12 tokens"}, "service",
            latest_by_subject(account, Counter::UnmetInReturn, kTokensPerUnit), into);
}

/// Only of sites that state costs.
void add_costs(const RunAccount& account, std::vector<Indicator>& into) {
  const std::string unit = "million USD";
  const Parts serving = latest_by_subject(account, Counter::CostOfServing, 1e6);
  if (serving.empty()) return;
  add_split({"serving_cost", unit}, "site", serving, into);
  add_split({"training_cost", unit}, "site",
            latest_by_subject(account, Counter::CostOfTraining, 1e6), into);
  add_split({"idle_cost", unit}, "site", latest_by_subject(account, Counter::CostOfIdle, 1e6),
            into);
  add_parts({"cost_of_tokens", "USD/1e6 tokens"}, "site",
            quotients(account, Counter::CostOfServing, Counter::TokensServedThere, 1e6), into);
  add_parts({"cost_of_training_flops", "USD/1e18 FLOP"}, "site",
            quotients(account, Counter::CostOfTraining, Counter::TrainingFlopsThere, 1e18), into);
}

void add_work(const RunAccount& account, std::vector<Indicator>& into) {
  add_split({"tokens_served", "1e12 tokens"}, "service",
            latest_by_subject(account, Counter::TokensServed, kTokensPerUnit), into);
  add_split({"tokens_unmet", "1e12 tokens"}, "service",
            latest_by_subject(account, Counter::TokensUnmet, kTokensPerUnit), into);
  const auto trained = latest_by_subject(account, Counter::TrainingTokens, kTokensPerUnit);
  add_split({"training_tokens", "1e12 tokens"}, "job", trained, into);
  Parts progress;
  for (const TrainingJob& job : account.world->training_jobs) {
    const auto tokens = trained.find(job.name);
    if (tokens == trained.end()) continue;
    progress[job.name] = 100.0 * tokens->second * kTokensPerUnit / job.tokens.value.value;
  }
  add_parts({"training_progress", "% of job"}, "job", progress, into);
  add_parts({"training_goodput", "% of time"}, "job", goodput_of(account), into);
  add_lending(account, into);
  add_split({"energy", "GWh"}, "site",
            latest_by_subject(account, Counter::SiteEnergy, kJoulesPerGwh), into);
}

void add_money(const RunAccount& account, std::vector<Indicator>& into) {
  const std::string unit = "million USD";
  const auto vendor = [&](const DeliveryKey& key) {
    return name_of(*account.world, account.world->devices[key.device.value].vendor);
  };
  const auto in_millions = [](double DeliveryMonth::*amount) {
    return [amount](const DeliveryMonth& month) { return month.*amount / 1e6; };
  };
  add_split({"revenue", unit}, "vendor",
            deliveries_by(account, vendor, in_millions(&DeliveryMonth::revenue_usd)), into);
  add_split({"revenue_refused", unit}, "vendor",
            deliveries_by(account, vendor, in_millions(&DeliveryMonth::refused_usd)), into);
  double receipts = 0.0;
  for (const auto& [key, month] : account.deliveries) receipts += month.government_receipts_usd;
  into.push_back({"government_receipts", "", "", unit, receipts / 1e6});
  add_costs(account, into);
}

}  // namespace

std::vector<Indicator> indicators_of(const RunAccount& account) {
  std::vector<Indicator> all;
  add_deliveries(account, all);
  add_compute(account, all);
  add_work(account, all);
  add_money(account, all);
  return all;
}

}  // namespace chokepoint
