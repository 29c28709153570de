#include "tools/estimate/training/run_outlook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/find_named.hpp"
#include "models/workload/training_job.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

template <class Spec>
Misunderstanding no_such(const char* kind, const std::vector<Spec>& all, const std::string& name) {
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const Spec& one : all) names.push_back(one.name);
  return {concat("no ", kind, " ", in_quotes(name), " in the catalogue"),
          did_you_mean(name, names, "see scenarios/catalog/failures.textproto")};
}

int devices_of_server(const TrainingCase& known, const TrainingWorld& world) {
  constexpr int kUsual = 8;
  const auto node = std::ranges::find_if(world.nodes, [&](const NodeSpec& one) {
    return &world.devices[one.device.value] == known.device;
  });
  return node == world.nodes.end() ? kUsual : node->devices_per_node;
}

RunTask task_of_run(const RunQuestion& question, const TrainingSubject& subject, Seconds step,
                    const TrainingWorld& world) {
  const TrainingCase& known = subject.known;
  const Seconds work = Tokens{question.tokens} / tokens_per_second(known.plan, step);
  return {{known.plan.devices(), devices_of_server(known, world)},
          step,
          work,
          checkpoint_size(known.model)};
}

}  // namespace

std::variant<RunOutlook, Misunderstanding> outlook_of(const RunQuestion& question,
                                                      const TrainingSubject& subject, Seconds step,
                                                      const TrainingWorld& world) {
  const ReliabilitySpec* reliability =
      question.reliability.empty()
          ? reliability_for(world.reliabilities, subject.known.device->stack)
          : find_named(world.reliabilities, question.reliability);
  if (reliability == nullptr) {
    return no_such("reliability", world.reliabilities, question.reliability);
  }
  const RecoverySpec* recovery = question.recovery.empty() && !world.recoveries.empty()
                                     ? &world.recoveries.front()
                                     : find_named(world.recoveries, question.recovery);
  if (recovery == nullptr) return no_such("recovery", world.recoveries, question.recovery);
  RunOutlook made;
  made.asked = question;
  made.reliability = reliability->name, made.recovery = recovery->name;
  made.idle_power_share = recovery->idle_power_share.value;
  made.task = task_of_run(question, subject, step, world);
  LongRunSettings& settings = made.asked.settings;
  settings.network_per_node = subject.known.links.scaleout * made.task.gang.devices_per_node;
  const auto expected = [&](const ReliabilitySpec& spec) {
    return expected_run(long_run(made.task, spec, *recovery, settings));
  };
  made.run = long_run(made.task, *reliability, *recovery, settings);
  made.expected = made.rarely = made.often = expected_run(made.run);
  if (!settings.mean_to_interruption) {
    made.rarely = expected(at_bound(*reliability, world.inputs, RateBound::Low));
    made.often = expected(at_bound(*reliability, world.inputs, RateBound::High));
  }
  if (question.seed) made.played = play_run(made.run, *question.seed);
  return made;
}

RunBill bill_of(const RunOutlook& outlook, const DeviceUpkeep& upkeep) {
  const RunExpectation& all = outlook.expected;
  const double idle = all.restarting + all.unnoticed + all.waiting + all.planned;
  const GangSize& gang = outlook.task.gang;
  const double spares = static_cast<double>(outlook.run.spares) * gang.devices_per_node;
  const double busy_devices = gang.devices * (1 - idle + idle * outlook.idle_power_share) +
                              spares * outlook.idle_power_share;
  RunBill bill;
  bill.wall = all.wall;
  const Seconds device_time = all.wall * (gang.devices + spares);
  bill.device_hours = device_time / 1_hours;
  bill.energy = upkeep.power * (upkeep.pue * busy_devices) * all.wall;
  if (upkeep.price) {
    bill.cost = bill.energy * upkeep.electricity + *upkeep.price * (device_time / upkeep.life);
  }
  return bill;
}

}  // namespace chokepoint
